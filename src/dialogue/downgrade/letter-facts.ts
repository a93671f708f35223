import { replyLang } from "../../nlu/language.ts";
import { timesIn } from "../../nlu/time.ts";
import { dayOf, isoOf } from "../../nlu/zone.ts";
import { isOneOf } from "../repair/lexicon.ts";
import { phoneIn } from "../repair/slots.ts";
import { converse, type Turn } from "../turn.ts";
import type { Utterance } from "../understand.ts";
import { CASE_FACTS, type CaseFact, type DowngradeCase, newCase } from "./case.ts";
import { stampOf } from "./days.ts";
import { hearCase, toldNow } from "./hear.ts";
import type { LetterSlot } from "./letter-draft.ts";

type Facts = DowngradeCase["facts"];

/** Longer than any answer needs to be; the letter is read by people. */
const LONGEST = 500;

/** Takes what a message tells of the case, whatever was asked. Returns what is new. */
export function noteFacts(turn: Turn, heard: Utterance, asked: LetterSlot | null): readonly CaseFact[] {
  const before = turn.conversation.downgrade ?? newCase(turn.at);
  const told = toldBy(turn, heard, before);
  // Another provider named in passing isn't another dispute: the letter is about this one.
  const same = told.startedAt === before.startedAt;
  const taken = same ? told : { ...before, ...(asked === "provider" ? providerOf(told, before) : {}) };
  const phone = asked === "name" ? phoneIn(heard.text) : undefined;
  const facts = {
    ...withoutPassing(taken.facts, before.facts, asked),
    ...(phone === undefined ? {} : { phone }),
    ...labelledFacts(turn, heard.text),
  };
  converse(turn, { downgrade: { ...taken, facts } });
  return CASE_FACTS.filter((fact) => facts[fact] !== before.facts[fact]);
}

/**
 * What can only be the answer, whatever else the message says: a name or a phone number; a day as a date, since
 * "yesterday" says nothing to whoever reads it later.
 */
export function foundFor(turn: Turn, slot: CaseFact, { text, lang }: Utterance): string | undefined {
  if (slot === "phone") return phoneIn(text);
  if (slot === "name") return nameIn(text);
  if (slot !== "happened" && slot !== "by") return undefined;
  const { timeZone } = turn.mind.knowledge.business.agents;
  const spoken = lang === undefined ? turn.conversation.lang : replyLang(lang);
  const [time] = timesIn(text, spoken, turn.at, timeZone, slot === "by" ? "future" : "past");
  if (time === undefined || time.kind === "length") return undefined;
  if (slot === "by") return isoOf(dayOf(time.at, timeZone));
  const rest = tidy(text).replace(time.text, "").trim();
  const stamp = stampOf(time, timeZone);
  return rest.length <= 1 ? stamp : `${stamp}（${tidy(text)}）`;
}

/** An answer as it stands in the letter: in the customer's words, on one line. */
export function tidy(text: string): string {
  return text
    .trim()
    .replaceAll(/\s+/gu, " ")
    .replace(/[。.；;，,]+$/u, "")
    .slice(0, LONGEST);
}

function toldBy(turn: Turn, { text, lang }: Utterance, before: DowngradeCase): DowngradeCase {
  const spoken = lang === undefined ? turn.conversation.lang : replyLang(lang);
  const told = { ...toldNow(turn, text, spoken), intent: null };
  return hearCase(told, before, turn.mind.knowledge.downgradeLexicon);
}

/** Asked for the provider, another one is a correction. */
function providerOf(told: DowngradeCase, before: DowngradeCase): Pick<DowngradeCase, "sector" | "facts"> {
  const { provider } = told.facts;
  return provider === undefined
    ? before
    : { sector: told.sector ?? before.sector, facts: { ...before.facts, provider } };
}

/** Read from sentences: what the answer to another question says of them in passing corrects nothing. */
export const IN_PASSING: ReadonlySet<string> = new Set<CaseFact>([
  "channel",
  "waited",
  "attempts",
  "happened",
  "words",
  "promised",
  "elsewhere",
]);
/** Where these are asked for, 电话 is how to reach the customer, not by which way they spoke to the provider. */
const PERSONAL: ReadonlySet<string | null> = new Set<CaseFact>(["name", "phone", "account"]);

function withoutPassing(told: Facts, before: Facts, asked: LetterSlot | null): Facts {
  if (asked === null) return told;
  const stays = (fact: CaseFact) =>
    fact !== asked && IN_PASSING.has(fact) && (PERSONAL.has(asked) || before[fact] !== undefined);
  return Object.fromEntries(
    CASE_FACTS.flatMap((fact) => {
      const value = stays(fact) ? before[fact] : told[fact];
      return value === undefined ? [] : [[fact, value]];
    }),
  );
}

/** 姓名：…；工单号：…: facts under their names. */
function labelledFacts(turn: Turn, text: string): Facts {
  const { slots } = turn.mind.knowledge.letter.template;
  const pairs = text.split(/[\n；;，,]+/u).flatMap((part) => {
    const [, label = "", value = ""] = /^\s*([^:：]{1,16})\s*[:：]\s*(\S.*)$/su.exec(part) ?? [];
    const slot = slots.find(({ said }) => said !== undefined && isOneOf(label, said))?.slot;
    return slot === undefined ? [] : [[slot, tidy(value)] as const];
  });
  return Object.fromEntries(pairs);
}

/** 我叫王丽，电话139…; beside a number, what stands before it. */
function nameIn(text: string): string | undefined {
  const named = /(?:我叫|我的名字[是叫]|姓名是|my name is|i am|i'm)\s*([\p{L}·.' ]{1,30})/iu.exec(text)?.[1];
  if (named !== undefined) return tidy(named);
  const phone = phoneIn(text);
  const [before = ""] = phone === undefined ? [] : text.split(phone);
  return before.match(/^[\s,，]*([\p{Script=Han}·]{2,4}|[A-Za-z][A-Za-z.' ]{1,30}?)[\s,，]/u)?.[1];
}
