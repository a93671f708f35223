import { CASE_LINE, type TranscriptLine } from "../../desk/types.ts";
import { say } from "../answer.ts";
import { stamp } from "../clock.ts";
import { humanButton } from "../handoff.ts";
import { hasWord, isOneOf } from "../repair/lexicon.ts";
import { converse, sayTo, type Turn, writeLine } from "../turn.ts";
import type { InlineButton, MessageRef } from "../types.ts";
import type { Utterance } from "../understand.ts";
import { type DowngradeCase, newCase } from "./case.ts";
import type { LetterLexicon } from "./letter-lexicon.ts";
import { type LogFact, lineWords } from "./log-facts.ts";

/** Adds the customer's own words to the case log of their dispute. */
export function ownEntry(turn: Turn, text: string, ref: MessageRef): void {
  caseEntry(turn, { speaker: "customer", text, ref });
}

/** Adds what the flows keep for the customer, such as a provider's promise and what became of it. */
export function factEntry(turn: Turn, fact: LogFact): void {
  caseEntry(turn, { speaker: "bot", text: JSON.stringify(fact) });
}

/** A dated line of the transcript, so that it is exported with it, goes with the letter, and is gone after /forget. */
function caseEntry(turn: Turn, entry: Pick<TranscriptLine, "speaker" | "text"> & { ref?: MessageRef }): void {
  writeLine(turn, { ...entry, kind: CASE_LINE });
  if (!turn.conversation.downgrade) converse(turn, { downgrade: newCase(turn.at) });
  if (turn.conversation.logged !== true) converse(turn, { logged: true });
}

/** What the provider promised goes into the log when it is first told: who promised what, and when it was said. */
export function logPromise(turn: Turn, before: DowngradeCase | null): void {
  const promised = turn.conversation.downgrade?.facts.promised;
  if (promised === undefined || promised === before?.facts.promised) return;
  factEntry(turn, { of: "promise", promised });
}

/** The case log as it stands after this event, oldest first. */
export function caseLog(turn: Turn): readonly TranscriptLine[] {
  return [...(turn.snapshot.caseLog ?? []), ...turn.lines.filter(({ kind }) => kind === CASE_LINE)];
}

/** What "记录：今天又被劝留" adds to the log; undefined for a message that doesn't begin like that. */
export function entryIn(text: string, { entry }: LetterLexicon): string | undefined {
  const [, label, words] = /^\s*([\p{L} ]{1,12})\s*[:：]\s*(\S.*)$/su.exec(text) ?? [];
  return label !== undefined && words !== undefined && isOneOf(label, entry) ? words.trim() : undefined;
}

/** Letters of a request for a person that says nothing else. */
const BARE = 20;

/** Promise 1: an entry that only asks for a person is a request; one that tells of a request is a record. */
export function asksForPerson({ text, human }: Utterance, { told }: LetterLexicon): boolean {
  return human.kind === "request" && text.length <= BARE && !hasWord(text, told);
}

/** Tells that an entry was taken, and how many there are now. */
export function confirmEntry(turn: Turn): void {
  say(turn, sayTo(turn)("log.noted", { count: caseLog(turn).length }), [
    [entriesButton(turn)],
    [humanButton(turn)],
  ]);
}

/** The whole log, with the times of the business's zone. */
export function showEntries(turn: Turn): void {
  const words = sayTo(turn);
  const entries = caseLog(turn);
  const { timeZone } = turn.mind.knowledge.business.agents;
  const { lang } = turn.conversation;
  const lines = entries.map((entry, index) =>
    words("log.line", {
      number: index + 1,
      time: stamp(entry.at, timeZone),
      text: lineWords(entry, turn.mind, lang),
    }),
  );
  const text =
    lines.length === 0
      ? words("log.empty")
      : words("log.list", { count: lines.length, entries: lines.join("\n") });
  say(turn, text, [[humanButton(turn)]]);
}

export function entriesButton(turn: Turn): InlineButton {
  return { label: sayTo(turn)("button.entries"), button: { kind: "entries" } };
}

/** The strings of the case log in `data/strings/letter.yaml`, with the parameters each needs. */
export const LOG_STRINGS = {
  "button.entries": [],
  "log.noted": ["count"],
  "log.list": ["count", "entries"],
  "log.line": ["number", "time", "text"],
  "log.empty": [],
  "log.promised": ["promised"],
} as const satisfies Record<string, readonly string[]>;
