import { html, raw } from "hono/html";
import type { Say } from "../knowledge/say.ts";
import { type Markup, pageOf } from "./page.ts";
import type { TranscriptDocument } from "./transcript.ts";
import type { Seal } from "./transcript-seal.ts";
import type { RECORD_STRINGS } from "./transcript-strings.ts";

type RecordSay = Say<typeof RECORD_STRINGS>;
const TRANSCRIPT_OPENS = '<script type="application/json" id="transcript">';
const SEAL_OPENS = '<script type="application/json" id="seal">';
const CLOSES = "</script>";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", sans-serif; }
body { margin: 0 auto; max-width: 44rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin-top: 2rem; }
ol { list-style: none; padding: 0; }
li { margin: .6rem 0; padding: .5rem .8rem; border-radius: .8rem; background: #8882; }
li.customer { margin-left: 12%; background: #3a82f62e; }
li.agent { border-left: 4px solid #2a9d5c; }
small { display: block; opacity: .75; } p { white-space: pre-wrap; margin: .2rem 0; }
code { font-size: .85em; } .missed { color: #c0392b; font-weight: 600; }
@media print { li { background: none; border: 1px solid #8888; } }`;

/**
 * The transcript as a page of its own: readable on a phone, no script runs, nothing is loaded. Every word in it is
 * escaped; the data is in it once more for `zhida verify`. Its seal is still empty.
 */
export function transcriptPage(document: TranscriptDocument, say: RecordSay): string {
  const { lines, tickets, case_log: log } = document;
  const body = html`<h1>${say("record.title", { service: document.service })}</h1>
<p>${say("record.intro", { exported: plain(document.exported_at), zone: document.time_zone }).trim()}</p>
<p>${say("record.customer", { name: document.customer.name, id: document.customer.telegram_id })}</p>
<h2>${say("record.lines")}</h2>
<ol>
${lines.map((line) => lineOf(line, say))}</ol>
${section(say("record.tickets"), tickets, (ticket) => ticketOf(ticket, document, say))}
${section(say("record.case_log"), log, (entry) => html`<li><small>${plain(entry.at)} · ${say(`record.speaker.${entry.by}`)}</small><p>${entry.text}</p></li>`)}
<h2>${say("record.proof")}</h2>
<p>${say("record.proof.how").trim()}</p>
<p>${say("record.proof.limits").trim()}</p>
${raw(TRANSCRIPT_OPENS)}${raw(inScript(document))}${raw(CLOSES)}
${raw(SEAL_OPENS)}${raw(CLOSES)}`;
  return pageOf({
    lang: document.language,
    title: say("record.title", { service: document.service }),
    style: STYLE,
    body,
  });
}

function lineOf(line: TranscriptDocument["lines"][number], say: RecordSay): Markup {
  const who =
    line.speaker === "agent"
      ? say("record.speaker.agent", { agent: line.name ?? "" })
      : say(`record.speaker.${line.speaker}`);
  return html`<li class="${line.speaker}"><small>${plain(line.at)} · ${who}${line.ticket === null ? "" : ` · #${line.ticket}`}</small>
${line.kind === "text" ? "" : html`<p>${say("record.file", { kind: kindInWords(line.kind, say) })}</p>`}
${line.telegram_file_id === null ? "" : html`<small>${say("record.file_id", { id: line.telegram_file_id })}</small>`}
${line.text === "" ? "" : html`<p>${line.text}</p>`}
${line.withdrawn_at === null ? "" : html`<small>${say("record.withdrawn", { at: plain(line.withdrawn_at) })}</small>`}
</li>
`;
}

function ticketOf(
  ticket: TranscriptDocument["tickets"][number],
  { promises }: TranscriptDocument,
  say: RecordSay,
): Markup {
  const { number, opened_at: opened, claimed_at: claimed, closed_at: closed, closed_by: by } = ticket;
  const steps = [
    say("record.opened", { at: plain(opened) }),
    claimed === null ? null : say("record.claimed", { at: plain(claimed), agent: ticket.agent ?? "" }),
    closed === null ? null : say(`record.closed.${by ?? "agent"}`, { at: plain(closed) }),
    ticket.score === null ? null : say("record.scored", { score: ticket.score }),
    ticket.comment,
  ];
  return html`<li><small>${say("record.ticket", { number })}</small>
${steps.filter((step) => step !== null).map((step) => html`<p>${step}</p>`)}
${promises.filter((promise) => promise.ticket === number).map((promise) => promiseOf(promise, say))}
</li>
`;
}

function promiseOf(promise: TranscriptDocument["promises"][number], say: RecordSay): Markup {
  const settled = { at: plain(promise.settled_at ?? promise.due_at) };
  const outcome =
    promise.outcome === "kept" || promise.outcome === "missed"
      ? say(`record.promise.${promise.outcome}`, settled)
      : say(`record.promise.${promise.outcome}`);
  return html`<p class="${promise.outcome}">${say("record.promised", { at: plain(promise.due_at) })} ${outcome}</p>`;
}

function section<Entry>(
  title: string,
  entries: readonly Entry[],
  show: (entry: Entry) => Markup,
): Markup | "" {
  if (entries.length === 0) return "";
  return html`<h2>${title}</h2>
<ol>
${entries.map(show)}</ol>`;
}

/** The kinds of content that have a name in words. */
const NAMED_KINDS = [
  "photo",
  "video",
  "voice",
  "audio",
  "document",
  "sticker",
  "location",
  "contact",
] as const;

/** What was sent, in words: a photo, a voice message. */
export function kindInWords(kind: string, say: RecordSay): string {
  return say(`record.kind.${NAMED_KINDS.find((named) => named === kind) ?? "other"}`);
}

/** `2026-11-23 12:00:05 +08:00`. */
function plain(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} ${iso.slice(19)}`;
}

/** JSON that no word in it can end the element of. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** Puts the seal into a page that was made without. */
export function sealPage(page: string, seal: Seal): string {
  return page.replace(SEAL_OPENS, () => `${SEAL_OPENS}${inScript(seal)}`);
}

/** The parts of a sealed page; undefined for any other. */
export function readPage(
  content: string,
): { readonly transcript: string; readonly seal: string; readonly page: string } | undefined {
  const transcript = between(content, TRANSCRIPT_OPENS);
  const seal = between(content, SEAL_OPENS);
  if (transcript === undefined || seal === undefined) return undefined;
  return {
    transcript: content.slice(...transcript),
    seal: content.slice(...seal),
    page: content.slice(0, seal[0]) + content.slice(seal[1]),
  };
}

/** Where the one element that opens like this has its content. */
function between(content: string, opens: string): readonly [from: number, to: number] | undefined {
  const at = content.indexOf(opens);
  const to = content.indexOf(CLOSES, at);
  if (at < 0 || to < 0 || content.includes(opens, at + 1)) return undefined;
  return [at + opens.length, to];
}
