import type { OpenRange, Schedule } from "../knowledge/types.ts";

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

/** A calendar day in the business's zone; month from 1. */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly date: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
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
    day = after(day);
  }
  if (pending !== undefined) yield pending;
}

/** A day named by itself goes before its day of the week. */
function rangesOn({ weekly, days }: Schedule, day: Day): readonly OpenRange[] {
  const iso = isoOf(day);
  const named = days.find(({ from, to }) => from <= iso && iso <= to);
  return named?.open ?? weekly[new Date(utcOf(day)).getUTCDay()] ?? [];
}

/** The moment a clock on the wall shows so many minutes after midnight of that day. */
function instantOf(day: Day, minutes: number, timeZone: string): number {
  const wall = utcOf(day) + minutes * MINUTE_MS;
  const before = wall - offsetAt(wall - DAY_MS, timeZone);
  const later = wall - offsetAt(wall + DAY_MS, timeZone);
  // When clocks go back the hour comes twice and the first counts; when they go forward it is skipped, and what
  // was to begin in it begins as much later.
  if (before + offsetAt(before, timeZone) === wall) return before;
  return later + offsetAt(later, timeZone) === wall ? later : before;
}

/** How far the zone's clocks are ahead of UTC at that moment, ms. */
function offsetAt(at: number, timeZone: string): number {
  const { year, month, date, ms } = wallClock(at, timeZone);
  return utcOf({ year, month, date }) + ms - Math.floor(at / 1000) * 1000;
}

/** The calendar day of a moment in a zone. */
function dayOf(at: number, timeZone: string): Day {
  const { year, month, date } = wallClock(at, timeZone);
  return { year, month, date };
}

/** How many midnights lie between two moments in a zone: 1 is tomorrow. */
export function daysBetween(from: number, to: number, timeZone: string): number {
  return Math.round((utcOf(dayOf(to, timeZone)) - utcOf(dayOf(from, timeZone))) / DAY_MS);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(at: number, timeZone: string): Day & { readonly ms: number } {
  // Making a format takes a hundred times as long as using it.
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en", {
      timeZone,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  formats.set(timeZone, format);
  const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
  const ms = ((of("hour") * 60 + of("minute")) * 60 + of("second")) * 1000;
  return { year: of("year"), month: of("month"), date: of("day"), ms };
}

function utcOf({ year, month, date }: Day): number {
  return Date.UTC(year, month - 1, date);
}

function after(day: Day): Day {
  const next = new Date(utcOf(day) + DAY_MS);
  return { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, date: next.getUTCDate() };
}

function isoOf(day: Day): string {
  return new Date(utcOf(day)).toISOString().slice(0, 10);
}
