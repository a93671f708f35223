import { casual } from "chrono-node/en";
import type { TimeContext, TimeInText, TimePart } from "./time.ts";
import { leaning } from "./time-lean.ts";
import { addWorkdays } from "./workdays.ts";
import { addDays, addMonths, type Day, dayOf, instantOf, lastDateOf, minuteOf, offsetAt } from "./zone.ts";

const NOON = 12 * 60;
const MINUTE_MS = 60_000;
const DAY: readonly TimePart[] = ["year", "month", "day"];
const PARTS: readonly TimePart[] = ["year", "month", "day", "weekday", "hour", "minute"];

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  fifteen: 15,
};
const NUMBER = `\\d{1,4}|${Object.keys(NUMBERS).join("|")}`;

const WORKDAYS = new RegExp(
  `\\b(within |in |after )?(${NUMBER})[ -](?:working|business|work)[ -]days?\\b`,
  "giu",
);
const DATE_OF_MONTH =
  /\b(?:on )?the (\d{1,2})(?:st|nd|rd|th)(?: of (last|this|next) month)?\b(?! of [a-z])/giu;
const LENGTH = new RegExp(`\\b(half an?|${NUMBER})[ -](minute|hour|day|week|month|year)s?\\b`, "giu");
/** "from 129 to 8" and "at 8" are as often prices as hours. */
const CLOCK = /:|[ap]\.?m\b|o'clock|noon|midnight|hour|minute|morning|afternoon|evening|night|now/iu;
/** "for tomorrow 9am" is when. */
const NAMES_DAY = /\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/iu;
const BY = /\b(?:by|before|until|till|within|no later than|not later than)\s+(?:the\s+|end of\s+)?$/iu;

/** The times in an English text: chrono-node's, and what it misses. */
export function englishTimes(text: string, context: TimeContext): readonly TimeInText[] {
  const found: TimeInText[] = [];
  const add = (times: readonly TimeInText[]) => {
    for (const time of times) if (found.every((other) => apart(time, other))) found.push(time);
  };
  add(workdaysIn(text, context));
  add(datesOfMonthIn(text, context));
  add(chronoTimes(text, context));
  add(lengthsIn(text, context));
  return found.toSorted((one, other) => one.index - other.index);
}

function apart(one: TimeInText, other: TimeInText): boolean {
  return one.index + one.text.length <= other.index || other.index + other.text.length <= one.index;
}

function workdaysIn(text: string, { at, timeZone }: TimeContext): readonly TimeInText[] {
  return [...text.matchAll(WORKDAYS)].map((match): TimeInText => {
    const [said, direction, count] = match;
    const { day, provisional } = addWorkdays(dayOf(at, timeZone), numberOf(count));
    const word = direction?.trim().toLowerCase();
    return {
      text: said,
      index: match.index,
      at: instantOf(day, minuteOf(at, timeZone), timeZone),
      certain: DAY,
      kind: word === undefined ? "length" : word === "within" ? "deadline" : "moment",
      provisional,
    };
  });
}

function datesOfMonthIn(text: string, context: TimeContext): readonly TimeInText[] {
  const { at, timeZone } = context;
  const first: Day = { ...dayOf(at, timeZone), date: 1 };
  return [...text.matchAll(DATE_OF_MONTH)].flatMap((match): TimeInText[] => {
    const [said, word, which] = match;
    const shifts = which === undefined ? [-1, 0, 1] : [which === "last" ? -1 : which === "next" ? 1 : 0];
    const date = Number(word);
    const days = shifts.map((shift) => ({ ...addMonths(first, shift), date }));
    const real = days.filter((day) => date >= 1 && date <= lastDateOf(day));
    const day = which === undefined ? leaning(real, context) : real[0];
    if (day === undefined) return [];
    const certain = which === undefined ? (["day"] as const) : DAY;
    return [onDay(text, { said, index: match.index, day, certain }, timeZone)];
  });
}

function chronoTimes(text: string, context: TimeContext): readonly TimeInText[] {
  const { at, timeZone, lean } = context;
  const reference = { instant: new Date(at), timezone: offsetAt(at, timeZone) / MINUTE_MS };
  return casual.parse(text, reference, { forwardDate: lean === "future" }).flatMap((result): TimeInText[] => {
    const { start, index, text: said } = result;
    const certain = PARTS.filter((part) => start.isCertain(part));
    const timed = certain.includes("hour");
    // "on hold for 40 minutes" is how long, not when.
    if (/^for\b/iu.test(said) || (timed && !NAMES_DAY.test(said) && /\bfor\s+$/iu.test(text.slice(0, index))))
      return [];
    if (timed && !certain.includes("day") && !certain.includes("weekday") && !CLOCK.test(said)) return [];
    if (timed)
      return [
        {
          text: said,
          index,
          at: start.date().getTime(),
          certain,
          kind: kindOf(text, index, said),
          provisional: false,
        },
      ];
    const day = { year: start.get("year"), month: start.get("month"), date: start.get("day") };
    const { year, month, date } = day;
    if (year === null || month === null || date === null) return [];
    const chosen = certain.includes("year")
      ? { year, month, date }
      : lent({ year, month, date }, certain, said, context);
    const minutes = (start.get("hour") ?? 12) * 60 + (start.get("minute") ?? 0);
    return [onDay(text, { said, index, day: chosen, certain, minutes }, timeZone)];
  });
}

/** Which year's May 3, which week's Friday. */
function lent(day: Day, certain: readonly TimePart[], said: string, context: TimeContext): Day {
  if (certain.includes("month"))
    return (
      leaning(
        [-1, 0, 1].map((years) => addMonths(day, years * 12)),
        context,
      ) ?? day
    );
  if (!certain.includes("weekday") || /\b(?:last|next|this)\b/iu.test(said)) return day;
  return (
    leaning(
      [-7, 0, 7].map((days) => addDays(day, days)),
      context,
    ) ?? day
  );
}

function lengthsIn(text: string, { at, timeZone }: TimeContext): readonly TimeInText[] {
  const today = dayOf(at, timeZone);
  const minute = minuteOf(at, timeZone);
  return [...text.matchAll(LENGTH)].map((match): TimeInText => {
    const [said, word = "", unit] = match;
    const count = /^half/iu.test(word) ? 0.5 : numberOf(word);
    const on = (day: Day) => instantOf(day, minute, timeZone);
    const ahead = () => {
      switch (unit?.toLowerCase()) {
        case "minute":
          return at + count * MINUTE_MS;
        case "hour":
          return at + count * 60 * MINUTE_MS;
        case "day":
          return on(addDays(today, Math.round(count)));
        case "week":
          return on(addDays(today, Math.round(count * 7)));
        case "month":
          return on(count < 1 ? addDays(today, 15) : addMonths(today, count));
        default:
          return on(addMonths(today, Math.round(count * 12)));
      }
    };
    const clock = /minute|hour/iu.test(unit ?? "");
    return {
      text: said,
      index: match.index,
      at: ahead(),
      certain: clock ? [...DAY, "hour", "minute"] : DAY,
      kind: "length",
      provisional: false,
    };
  });
}

interface Written {
  readonly said: string;
  readonly index: number;
  readonly day: Day;
  readonly certain: readonly TimePart[];
  /** After midnight. */
  readonly minutes?: number;
}

function onDay(
  text: string,
  { said, index, day, certain, minutes = NOON }: Written,
  timeZone: string,
): TimeInText {
  const at = instantOf(day, minutes, timeZone);
  return { text: said, index, at, certain, kind: kindOf(text, index, said), provisional: false };
}

function kindOf(text: string, index: number, said: string): TimeInText["kind"] {
  return BY.test(text.slice(0, index)) || /^(?:within|by)\b/iu.test(said) ? "deadline" : "moment";
}

function numberOf(word: string | undefined): number {
  return NUMBERS[word?.toLowerCase() ?? ""] ?? Number(word);
}
