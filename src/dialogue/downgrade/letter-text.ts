import type { LetterKnowledge, Statute } from "../../knowledge/letter.ts";
import { fill, placeholdersOf } from "../../knowledge/placeholders.ts";
import type { Lang, Localized } from "../../knowledge/types.ts";
import { dayOf, isoOf, minuteOf } from "../../nlu/zone.ts";
import type { CaseFact, DowngradeCase } from "./case.ts";
import { inChinese } from "./letter-chinese.ts";
import type { LetterDraft } from "./letter-draft.ts";
import { type DowngradeLexicon, factAsRead } from "./lexicon.ts";

/** A letter as it reads, part by part: for the chat, and for its files. */
export interface Letter {
  readonly title: string;
  readonly addressed: string;
  readonly sections: readonly { readonly heading: string; readonly lines: readonly string[] }[];
  readonly closing: readonly string[];
}

/** What a letter is written from; only what was told stands in it. */
export interface LetterFacts {
  readonly dispute: DowngradeCase;
  readonly draft: Pick<LetterDraft, "recipient" | "without">;
  /** The case log, oldest first. */
  readonly log: readonly { readonly at: number; readonly text: Localized }[];
  /** How providers and ways to speak to them are called. */
  readonly lexicon: DowngradeLexicon;
  /** Epoch ms. */
  readonly at: number;
  /** IANA name of the zone in which its date and the log's times are given. */
  readonly timeZone: string;
}

/** Fills the letter; what wasn't told is a visible blank, what was said not to exist is left out. */
export function writeLetter(knowledge: LetterKnowledge, facts: LetterFacts, lang: Lang): Letter {
  const { template } = knowledge;
  const values = valuesOf(knowledge, facts, lang);
  const lineOf = (line: string) => fill(line, values.params);
  const says = (line: string) => placeholdersOf(line).every((name) => !values.left.has(name));
  const sections = template.blocks.map((block) => {
    const heading = block.heading[lang];
    if ("from" in block)
      return {
        heading,
        lines:
          block.from === "log"
            ? facts.log.map(({ at, text }) => `${stampOf(at, facts.timeZone)} ${text[lang]}`)
            : statutesFor(knowledge, facts.dispute).map((statute, at) => `${at + 1}. ${cite(statute, lang)}`),
      };
    const lines = block.lines.map((line) => line[lang]).filter(says);
    return {
      heading,
      lines: lines.map((line, at) => (block.numbered === true ? `${at + 1}. ${lineOf(line)}` : lineOf(line))),
    };
  });
  return {
    title: template.title[lang],
    addressed: lineOf(template.addressed[lang]),
    sections: sections.filter(({ lines }) => lines.length > 0),
    closing: template.closing.map((line) => lineOf(line[lang])),
  };
}

/** The whole letter as plain text. */
export function letterText({ title, addressed, sections, closing }: Letter): string {
  const parts = sections.map(({ heading, lines }) => [heading, ...lines].join("\n"));
  return [title, addressed, ...parts, closing.join("\n")].join("\n\n");
}

/** The rights that the letter cites, by sector; one that isn't known has those that always hold. */
export function statutesFor({ template, statutes }: LetterKnowledge, { sector }: DowngradeCase): Statute[] {
  return template.sectors[sector ?? "other"].statutes.flatMap((id) => statutes.get(id) ?? []);
}

/** Whom it goes to; where nobody was chosen, whoever comes first. */
export function recipientOf({ template }: LetterKnowledge, { dispute, draft }: LetterFacts) {
  const ids = template.sectors[dispute.sector ?? "other"].recipients;
  const id = draft.recipient !== null && ids.includes(draft.recipient) ? draft.recipient : ids[0];
  return template.recipients.find((recipient) => recipient.id === id);
}

/** The slots that are blanks in the letter. */
export function blanksIn({ template }: LetterKnowledge, { dispute, draft }: LetterFacts) {
  return template.slots.filter(
    ({ slot, ask }) =>
      ask !== undefined && dispute.facts[slot] === undefined && !draft.without.includes(slot),
  );
}

function valuesOf(knowledge: LetterKnowledge, facts: LetterFacts, lang: Lang) {
  const { template } = knowledge;
  const { dispute, draft, log, at, timeZone, lexicon } = facts;
  const blank = template.blank[lang];
  const params: Record<string, string> = {
    blank,
    entries: `${log.length}`,
    date: dateOf(at, timeZone, lang),
  };
  const left = new Set(log.length === 0 ? ["entries"] : []);
  for (const { slot, ask, none } of template.slots) {
    const told: string | undefined = dispute.facts[slot];
    const without = draft.without.includes(slot as CaseFact) && told === undefined;
    params[slot] =
      (told && inLetter(slot, told, lang, lexicon)) ?? (without ? none?.value?.[lang] : undefined) ?? blank;
    if (told === undefined && (ask === undefined || (without && none?.value === undefined))) left.add(slot);
  }
  const to = recipientOf(knowledge, facts)?.to[lang] ?? blank;
  return { params: { ...params, to: fill(to, params) }, left };
}

function inLetter(slot: CaseFact, told: string, lang: Lang, lexicon: DowngradeLexicon): string {
  return lang === "zh" ? inChinese(slot, told, lexicon) : factAsRead(slot, told, lang, lexicon);
}

/** 《消费者权益保护法》第八条：“…”; in English its translated title, beside the name it is called by. */
function cite({ law, lawInEnglish, article, text, title }: Statute, lang: Lang): string {
  const name = article === "" ? law : `《${law}》${article}`;
  return lang === "zh" ? `${name}：“${text}”` : `${title.en}: ${lawInEnglish} (${name})`;
}

function dateOf(at: number, timeZone: string, lang: Lang): string {
  const locale = lang === "zh" ? "zh-CN" : "en-GB";
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(at);
}

/** 2026-11-23 10:05. */
function stampOf(at: number, timeZone: string): string {
  const minute = minuteOf(at, timeZone);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${isoOf(dayOf(at, timeZone))} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
