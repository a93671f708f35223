import type { OpenRange, Schedule } from "../knowledge/types.ts";
import { addDays, type Day, dayOf, daysApart, instantOf, isoOf, weekdayOf } from "../nlu/zone.ts";

/** When agents answer. Without a schedule, around the clock. */
export interface AgentHours {
  /** IANA name. */
  readonly timeZone: string;
  readonly schedule: Schedule | null;
}

export const AROUND_THE_CLOCK: AgentHours = { timeZone: "UTC", schedule: null };

/** Epoch ms; the end is the first moment that is closed again. */
interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Longer without an opening than any holiday: the schedule then promises nothing. */
const SEARCH_DAYS = 400;

export function isOpenAt(hours: AgentHours, at: number): boolean {
  if (hours.schedule === null) return true;
  const [current] = openFrom(hours, at);
  return current !== undefined && current.from <= at;
}

/** The next moment after `at` when agents begin; undefined around the clock, and where there is none in a year. */
export function nextOpening(hours: AgentHours, at: number): number | undefined {
  for (const { from } of openFrom(hours, at)) if (from > at) return from;
  return undefined;
}

/**
 * When `ms` of open time have gone by since `at`: a promise made at night counts from the opening. Where the
 * schedule never opens again, time counts as if it were open, so that a promise is still due some day.
 */
export function addOpenTime(hours: AgentHours, at: number, ms: number): number {
  if (hours.schedule === null) return at + ms;
  let left = ms;
  for (const { from, to } of openFrom(hours, at)) {
    const start = Math.max(from, at);
    if (start + left <= to) return start + left;
    left -= to - start;
  }
  return at + ms;
}

/** What ended in a span may have begun before it; holidays are no longer than this. */
const MARGIN_MS = 14 * 24 * 3_600_000;

/**
 * Measures the open time between two moments around a span; around the clock, all of the time. The schedule is laid
 * out once, so that thousands of waits can be measured.
 */
export function openClock(
  hours: AgentHours,
  span: { readonly from: number; readonly to: number },
): (from: number, to: number) => number {
  if (hours.schedule === null) return (from, to) => to - from;
  const open: (Interval & { readonly before: number })[] = [];
  let before = 0;
  for (const interval of openFrom(hours, span.from - MARGIN_MS)) {
    if (interval.from > span.to + MARGIN_MS) break;
    open.push({ ...interval, before });
    before += interval.to - interval.from;
  }
  const openUntil = (at: number) => {
    const last = open[firstWhere(open.length, (index) => (open[index]?.from ?? at) > at) - 1];
    return last === undefined ? 0 : last.before + Math.min(at, last.to) - last.from;
  };
  return (from, to) => openUntil(to) - openUntil(from);
}

/** The first index below `length` from which on it holds; `length` where it never does. */
function firstWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The open intervals that end after `at`, in order; those that touch are one. */
function* openFrom(hours: AgentHours, at: number): Generator<Interval> {
  const { schedule, timeZone } = hours;
  if (schedule === null) return;
  let pending: Interval | undefined;
  let day = dayOf(at, timeZone);
  for (let count = 0; count < SEARCH_DAYS; count += 1) {
    for (const { from, to } of rangesOn(schedule, day)) {
      const interval = { from: instantOf(day, from, timeZone), to: instantOf(day, to, timeZone) };
      if (interval.to <= at || interval.to <= interval.from) continue;
      if (pending !== undefined && pending.to >= interval.from) {
        pending = { from: pending.from, to: Math.max(pending.to, interval.to) };
        continue;
      }
      if (pending !== undefined) yield pending;
      pending = interval;
    }
    day = addDays(day, 1);
  }
  if (pending !== undefined) yield pending;
}

/** A day named by itself goes before its day of the week. */
function rangesOn({ weekly, days }: Schedule, day: Day): readonly OpenRange[] {
  const iso = isoOf(day);
  const named = days.find(({ from, to }) => from <= iso && iso <= to);
  return named?.open ?? weekly[weekdayOf(day)] ?? [];
}

/** How many midnights lie between two moments in a zone: 1 is tomorrow. */
export function daysBetween(from: number, to: number, timeZone: string): number {
  return daysApart(dayOf(from, timeZone), dayOf(to, timeZone));
}
