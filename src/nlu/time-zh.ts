import { simplify } from "./normalise.ts";
import type { TimeContext, TimeInText } from "./time.ts";
import { type Clock, clocksIn } from "./time-zh-clock.ts";
import { daysIn, type FoundDay } from "./time-zh-day.ts";
import { spansIn } from "./time-zh-span.ts";
import { dayOf, instantOf, minuteOf } from "./zone.ts";

const NOON = 12 * 60;
/** 周三之前, 12月5日前: the day itself still counts. */
const BY = /^\s?(?:之前|以前|前(?![天面台后])|截止|为止)/u;

/**
 * The times in a Chinese text. Read here because the parser at hand, chrono-node's for Chinese, misses most of what
 * people write (上个月15号, 去年11月, 3个工作日, 半个月) and counts 48小时内 by the clocks of UTC.
 */
export function chineseTimes(text: string, context: TimeContext): readonly TimeInText[] {
  // Character by character, so that places in it are places in the text.
  const simple = simplify(text);
  const days = daysIn(simple, context);
  const clocks = clocksIn(simple).filter((clock) => days.every((day) => isApart(day, clock)));
  const dated = days.map((day) => withClock(simple, day, clocks, context));
  const spans = spansIn(simple, context).filter((span) =>
    dated.every((found) => isApart(endOf(found), endOf(span))),
  );
  const taken = [...dated, ...spans].map(endOf);
  const lone = clocks
    .filter((clock) => !clock.weak && taken.every((found) => isApart(found, clock)))
    .map((clock) => onToday(simple, clock, context));
  const found = [...dated, ...spans, ...lone].toSorted((one, other) => one.index - other.index);
  return found.map((time) => ({ ...time, text: text.slice(time.index, time.index + time.text.length) }));
}

interface Place {
  readonly index: number;
  readonly end: number;
}

function isApart(one: Place, other: Place): boolean {
  return one.end <= other.index || other.end <= one.index;
}

function endOf({ index, text }: TimeInText): Place {
  return { index, end: index + text.length };
}

/** A day, with the time of day right behind it and the 之前 that makes it a deadline. */
function withClock(
  text: string,
  day: FoundDay,
  clocks: readonly Clock[],
  { timeZone }: TimeContext,
): TimeInText {
  const clock = clocks.find(
    ({ index }) => index >= day.end && /^[的,，\s]{0,2}$/u.test(text.slice(day.end, index)),
  );
  const end = clock?.end ?? day.end;
  const by = BY.exec(text.slice(end))?.[0] ?? "";
  return {
    text: text.slice(day.index, end + by.length),
    index: day.index,
    at: instantOf(day.day, clock?.minutes ?? day.minutes ?? NOON, timeZone),
    certain: [...day.certain, ...(clock?.certain ?? [])],
    kind: by === "" ? "moment" : "deadline",
    provisional: false,
  };
}

/** 下午三点 with no day: today; tomorrow where it is over and what is to come is meant. */
function onToday(text: string, clock: Clock, { at, timeZone, lean }: TimeContext): TimeInText {
  const over = clock.minutes <= minuteOf(at, timeZone);
  const minutes = clock.minutes + (lean === "future" && over ? 24 * 60 : 0);
  const by = BY.exec(text.slice(clock.end))?.[0] ?? "";
  return {
    text: text.slice(clock.index, clock.end + by.length),
    index: clock.index,
    at: instantOf(dayOf(at, timeZone), minutes, timeZone),
    certain: clock.certain,
    kind: by === "" ? "moment" : "deadline",
    provisional: false,
  };
}
