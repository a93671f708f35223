import { MORNING } from "../../desk/reminders.ts";
import { normalise, simplify } from "../../nlu/normalise.ts";
import { timesIn } from "../../nlu/time.ts";
import { NUMBER, numberOf } from "../../nlu/time-zh-number.ts";
import {
  addDays,
  addMonths,
  type Day,
  dateFormat,
  dayOf,
  instantOf,
  lastDateOf,
  minuteOf,
  weekdayOf,
} from "../../nlu/zone.ts";
import { hasWord } from "../repair/lexicon.ts";
import { type Hearer, sayTo } from "../turn.ts";
import { asksFor, type HearingContext, whatIn } from "./remind-hear.ts";
import type { ReminderLexicon } from "./remind-lexicon.ts";
import type { Repeat } from "./reminder.ts";

const MONTHLY = new RegExp(
  `每个?月的?\\s?(?:(?<last>底|末|最后一天)|(?<zh>${NUMBER})\\s?[号日])|每个?月(?=都?提醒)|(?<=提醒我)每个?月|\\b(?:on )?(?:the )?(?<before>\\d{1,2})(?:st|nd|rd|th)? of (?:every|each) month\\b|\\b(?:every|each) month on the (?:(?<end>last day)|(?<after>\\d{1,2})(?:st|nd|rd|th)?)\\b|\\bmonthly on the (?<monthly>\\d{1,2})(?:st|nd|rd|th)?\\b|\\bevery (?<every>\\d{1,2})(?:st|nd|rd|th)\\b|\\b(?:every|each) month(?=,? (?:please )?remind)|(?<=remind me )(?:every|each) month\\b`,
  "iu",
);
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const WEEKLY = new RegExp(
  `每个?(?:周|星期|礼拜)(?<zh>[一二三四五六日天])|每个?(?:周|星期|礼拜)(?=都?提醒)|\\b(?:every|each)(?: week on)? (?<en>${WEEKDAYS.join("|")})\\b|\\b(?:every|each) week(?=,? (?:please )?remind)|(?<=remind me )(?:every|each) week\\b`,
  "iu",
);
const HAN_WEEKDAYS = "日一二三四五六";
/** A month has no more: in shorter ones it is the last day. */
const LAST_DATE = 31;

/** What to be reminded of again and again; `named`: the hour was said. */
export interface HeardRepeat {
  readonly every: Repeat;
  readonly what: string;
  readonly named: boolean;
}

/**
 * 每个月25号提醒我取消, "remind me every Monday at 3pm". Null where nothing of the kind is asked, or where a day of its
 * own is named besides: then that day is meant.
 */
export function hearRepeat(
  text: string,
  { lang, at, timeZone }: HearingContext,
  lexicon: ReminderLexicon,
): HeardRepeat | null {
  const said = simplify(text);
  const today = dayOf(at, timeZone);
  const match = MONTHLY.exec(said) ?? WEEKLY.exec(said);
  if (match === null) return null;
  const rest = said.slice(0, match.index) + said.slice(match.index + match[0].length);
  const plain = normalise(rest);
  const words = [...lexicon.asked, ...lexicon.asked_at];
  if (!asksFor(plain, words, lexicon) || hasWord(plain, [...lexicon.back, ...lexicon.list])) return null;
  const times = timesIn(rest, lang, at, timeZone, "future").filter(({ kind }) => kind !== "length");
  const clock = times.find(({ certain }) => certain.includes("hour"));
  if (times.some(({ certain }) => certain.includes("day") || certain.includes("weekday"))) return null;
  const minutes = clock === undefined ? MORNING : minuteOf(clock.at, timeZone);
  const every = repeatOf(match, today, minutes);
  return every === null ? null : { every, what: whatIn(rest, clock, words), named: clock !== undefined };
}

/** Without a day of its own it is today's. */
function repeatOf({ 0: said, groups = {} }: RegExpExecArray, today: Day, minutes: number): Repeat | null {
  if (/周|星期|礼拜|week|day\b/iu.test(said) && groups.end === undefined) {
    const weekday =
      groups.zh !== undefined
        ? HAN_WEEKDAYS.indexOf(groups.zh.replace("天", "日"))
        : groups.en !== undefined
          ? WEEKDAYS.indexOf(groups.en.toLowerCase())
          : weekdayOf(today);
    return { kind: "weekly", weekday, minutes };
  }
  const word = groups.zh ?? groups.before ?? groups.after ?? groups.monthly ?? groups.every;
  const isLast = groups.last !== undefined || groups.end !== undefined;
  const date = isLast ? LAST_DATE : word === undefined ? today.date : numberOf(word);
  return date === undefined || date < 1 || date > LAST_DATE ? null : { kind: "monthly", date, minutes };
}

/** When it comes next after a moment, epoch ms; in a month without that date, on its last day. */
export function nextTime(every: Repeat, after: number, timeZone: string): number {
  const today = dayOf(after, timeZone);
  const days =
    every.kind === "weekly"
      ? [0, 7].map((later) => addDays(today, ((every.weekday - weekdayOf(today) + 7) % 7) + later))
      : [0, 1].map((later) => {
          const month = addMonths({ ...today, date: 1 }, later);
          return { ...month, date: Math.min(every.date, lastDateOf(month)) };
        });
  const [first = after, second = after] = days.map((day) => instantOf(day, every.minutes, timeZone));
  return first > after ? first : second;
}

/** 每月25号, every Monday. */
export function everyWords(hearer: Hearer, every: Repeat): string {
  const say = sayTo(hearer);
  if (every.kind === "monthly") {
    const { date } = every;
    return say(date > 28 ? "remind.every.monthly_or_last" : "remind.every.monthly", { date });
  }
  // The first of November 2026 was a Sunday.
  const name = dateFormat(hearer.conversation.lang, { weekday: "long", timeZone: "UTC" });
  return say("remind.every.weekly", { weekday: name.format(Date.UTC(2026, 10, 1 + every.weekday)) });
}
