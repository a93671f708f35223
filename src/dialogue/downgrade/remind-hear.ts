import { EVENING, MORNING, onDay } from "../../desk/reminders.ts";
import type { Lang } from "../../knowledge/types.ts";
import { normalise } from "../../nlu/normalise.ts";
import { type TimeInText, timesIn } from "../../nlu/time.ts";
import { dayOf, daysApart } from "../../nlu/zone.ts";
import { hasWord } from "../repair/lexicon.ts";
import { isBroken, type ReminderLexicon } from "./remind-lexicon.ts";

/** Something in a customer's words that has its time. Epoch ms; null where the day itself wasn't said. */
export type Plan =
  | { readonly kind: "callback"; readonly by: number }
  /** `lead`: so many days before the term ends. */
  | { readonly kind: "window"; readonly opens: number | null; readonly lead: number }
  | { readonly kind: "charge"; readonly on: number }
  /** They have complained to the provider, then. */
  | { readonly kind: "complained"; readonly since: number };

/** What a message says of reminders. */
export interface HeardReminder {
  /** They ask to be reminded, in so many words. */
  readonly asked: boolean;
  readonly plan: Plan | null;
  /** The time to come that the message names, whatever it is for. */
  readonly time: OwnTime | null;
  /** It is that time they ask to be reminded at: it stands with the asking. */
  readonly atTime: boolean;
  /** The message without that time and the asking: what to be reminded of. */
  readonly what: string;
  /** They want to see, or be rid of, the reminders they have. */
  readonly list: boolean;
}

export interface OwnTime {
  /** Epoch ms; a day without an hour is its morning. */
  readonly at: number;
  /** The hour was said. */
  readonly named: boolean;
}

/** What a text is written in and when: all that its times depend on. */
export interface HearingContext {
  readonly lang: Lang;
  readonly at: number;
  readonly timeZone: string;
}

/** Whether a normalised text speaks of reminders at all: cheap, before its times are looked for. */
export function mentionsReminders(said: string, { asked, asked_at, list }: ReminderLexicon): boolean {
  return hasWord(said, [...asked, ...asked_at, ...list]);
}

/** Reads what a message says of a provider's promise, a charge, a term's end, and of being reminded. */
export function hearReminders(
  text: string,
  context: HearingContext,
  lexicon: ReminderLexicon,
): HeardReminder {
  const said = normalise(text);
  const times = timesIn(text, context.lang, context.at, context.timeZone, "future");
  const list = hasWord(said, lexicon.list);
  const moments = times.filter((time) => time.kind !== "length");
  const words = moments.length === 0 ? lexicon.asked : [...lexicon.asked, ...lexicon.asked_at];
  const coming = moments.filter((time) => ownTime(time, context).at > context.at);
  const named = coming.find((time) => isWithAsking(text, time, words, lexicon)) ?? coming[0] ?? moments[0];
  const asked = !list && asksFor(said, words, lexicon);
  return {
    asked,
    plan: planIn(text, said, times, context, lexicon),
    time: named === undefined ? null : ownTime(named, context),
    atTime: asked && named?.kind === "moment" && isWithAsking(text, named, words, lexicon),
    what: whatIn(text, named, words),
    list,
  };
}

function planIn(
  text: string,
  said: string,
  times: readonly TimeInText[],
  context: HearingContext,
  lexicon: ReminderLexicon,
): Plan | null {
  const day = times.find(
    (time) => time.kind === "moment" && time.certain.includes("day") && isAhead(time, context),
  );
  if (hasWord(said, lexicon.window)) return windowIn(times, day, context);
  const isNear = (time: TimeInText, words: readonly string[]) =>
    hasWord(wordsAround(text, time, context.lang), words);
  const promise = promiseIn(times, context);
  const isCharge = promise !== undefined && promise === day && isNear(promise, lexicon.charge);
  if (promise !== undefined && !isCharge && isNear(promise, lexicon.callback) && !isBroken(text, lexicon)) {
    const by = promisedBy(promise, times, context);
    if (by !== undefined) return { kind: "callback", by };
  }
  const charged = day !== undefined && CHARGED.test(clauseAround(text, day));
  if (day !== undefined && !charged && isNear(day, [...lexicon.charge, ...lexicon.ends]))
    return { kind: "charge", on: onDay(day.at, 0, MORNING, context.timeZone) };
  if (hasWord(said, lexicon.complained)) return { kind: "complained", since: complainedAt(text, context) };
  return null;
}

/** It has been charged: a day without its year is one that has been. */
const CHARGED =
  /(?<![要会将快得])[扣收续](?:费|款|钱|我|了|掉|走)*[的了过掉走](?!时候|日)|被扣|多扣|(?<!\b(?:be|being|get|gets) )\b(?:charged|billed|renewed)\b/iu;

/** Letters within which a word belongs to a time: who tells a long story names many of both. */
const NEAR = { zh: 20, en: 60 } as const satisfies Record<Lang, number>;

function wordsAround(text: string, time: TimeInText, lang: Lang): string {
  const end = time.index + time.text.length;
  return normalise(text.slice(Math.max(0, time.index - NEAR[lang]), end + NEAR[lang]));
}

/** “Three days before it ends”: with the day it ends, the day to try again. */
function windowIn(
  times: readonly TimeInText[],
  end: TimeInText | undefined,
  { at, timeZone }: HearingContext,
): Plan {
  const lead = times.find((time) => time !== end && (time.kind === "length" || time.at < at));
  const today = dayOf(at, timeZone);
  const days = lead === undefined ? 1 : Math.abs(daysApart(today, dayOf(lead.at, timeZone)));
  const opens = end === undefined ? null : onDay(end.at, -days, MORNING, timeZone);
  return { kind: "window", opens, lead: days };
}

/** The first time to come, lengths among them: “wait 24 hours” begins now. */
function promiseIn(times: readonly TimeInText[], context: HearingContext): TimeInText | undefined {
  return times.find((time) => isAhead(time, context));
}

function isAhead({ at }: TimeInText, context: HearingContext): boolean {
  return daysApart(dayOf(context.at, context.timeZone), dayOf(at, context.timeZone)) >= 0;
}

/**
 * When the promise has run out; undefined where it has already. A length that was promised on another day (“yesterday
 * they said within 48 hours”) counts from then.
 */
function promisedBy(
  promise: TimeInText,
  times: readonly TimeInText[],
  { at, timeZone }: HearingContext,
): number | undefined {
  const before = times.find((time) => time.kind === "moment" && time.index < promise.index && time.at < at);
  const length = promise.kind !== "moment" && promise.certain.includes("year");
  const ends = before !== undefined && length ? promise.at - (at - before.at) : promise.at;
  const by = promise.certain.includes("hour") ? ends : onDay(ends, 0, EVENING, timeZone);
  if (by > at) return by;
  // Said in the evening, for the same day: over when the day is.
  return daysApart(dayOf(at, timeZone), dayOf(by, timeZone)) === 0
    ? onDay(at, 1, MORNING, timeZone)
    : undefined;
}

/** The day they complained: one that has been, else today. */
function complainedAt(text: string, { lang, at, timeZone }: HearingContext): number {
  const past = timesIn(text, lang, at, timeZone, "past").find(
    (time) => time.kind === "moment" && time.certain.includes("day") && time.at <= at,
  );
  return past?.at ?? at;
}

/** The part of the sentence that a time stands in, normalised. */
function clauseAround(text: string, time: TimeInText): string {
  const breaks = /[,，。．!！?？;；\n]/u;
  const start =
    text
      .slice(0, time.index)
      .split("")
      .findLastIndex((letter) => breaks.test(letter)) + 1;
  const rest = text.slice(time.index + time.text.length).search(breaks);
  const end = rest === -1 ? text.length : time.index + time.text.length + rest;
  const clause = normalise(text.slice(start, end));
  // “48小时内，一定给您回电”: the time stands alone.
  return clause === normalise(time.text) ? normalise(text.slice(start)) : clause;
}

/** Hours and minutes are theirs; a day alone is its morning. */
function ownTime({ at, certain }: TimeInText, { timeZone }: HearingContext): OwnTime {
  const named = certain.includes("hour");
  // “下周三上午” says when, though not the hour: only noon is filled in for a whole day.
  const whole = onDay(at, 0, 12 * 60, timeZone) === at;
  return { at: named || !whole ? at : onDay(at, 0, MORNING, timeZone), named };
}

/** “12月5日提醒我关自动续费”; but in “12月5日自动续费，到时候提醒我” the day is the charge's. */
function isWithAsking(
  text: string,
  time: TimeInText,
  asked: readonly string[],
  { back }: ReminderLexicon,
): boolean {
  const clause = clauseAround(text, time);
  return hasWord(clause, asked) && !hasWord(clause, back);
}

/** Not where it tells of somebody who reminded, or didn't: “扣费前没人提醒我”. */
export function asksFor(
  said: string,
  asked: readonly string[],
  { not_asked, told_of }: ReminderLexicon,
): boolean {
  return asked.some((word) => {
    for (let at = said.indexOf(word); at !== -1; at = said.indexOf(word, at + 1)) {
      const before = said.slice(0, at).trimEnd();
      const after = said.slice(at + word.length).trimStart();
      const denied = not_asked.some((denial) => endsWithWord(before, denial));
      if (!denied && !told_of.some((ending) => after.startsWith(ending))) return true;
    }
    return false;
  });
}

function endsWithWord(text: string, word: string): boolean {
  if (!text.endsWith(word)) return false;
  return (
    !/^[a-z]/u.test(word) || text.length === word.length || /[^a-z']$/u.test(text.slice(0, -word.length))
  );
}

/** Longer than any errand: what else they wrote is in the transcript. */
const LONGEST = 100;

/** What is left of a message without a time and the asking. */
export function whatIn(text: string, time: TimeInText | undefined, asked: readonly string[]): string {
  const untimed =
    time === undefined ? text : text.slice(0, time.index) + text.slice(time.index + time.text.length);
  const lower = untimed.toLowerCase();
  const word = asked.toSorted((a, b) => b.length - a.length).find((each) => lower.includes(each)) ?? "";
  const start = lower.indexOf(word);
  return `${untimed.slice(0, start)} ${untimed.slice(start + word.length)}`
    .replace(FILLER_BEFORE, "")
    .replace(FILLER_AFTER, "")
    .trim()
    .slice(0, LONGEST);
}

const FILLER_BEFORE =
  /^(?:[\s,，。:：、]|请|在|于|麻烦|帮我|帮忙|记得|你们?|您|能不能|能|可以|可不可以|要|我要|我想|到时候?|please|pls|can you|could you|will you|would you|to\b|at\b|on\b|for\b|about\b|that\b)+/iu;
const FILLER_AFTER =
  /(?:[\s,，。．.!！?？~]|吧|哦|啊|呀|吗|好吗|行吗|可以吗|谢谢|谢了|多谢|please|pls|thanks|thank you|\bto\b|\bat\b|\bon\b)+$/iu;
