/** A calendar day; month from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly date: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The calendar day of a moment in a zone (IANA name). */
export function dayOf(at: number, timeZone: string): Day {
  const { year, month, date } = wallClock(at, timeZone);
  return { year, month, date };
}

/** Minutes after midnight that clocks in a zone show at a moment. */
export function minuteOf(at: number, timeZone: string): number {
  return Math.floor(wallClock(at, timeZone).ms / MINUTE_MS);
}

/** The moment, epoch ms, at which a clock in the zone shows so many minutes after midnight of that day. */
export function instantOf(day: Day, minutes: number, timeZone: string): number {
  const wall = utcOf(day) + minutes * MINUTE_MS;
  const before = wall - offsetAt(wall - DAY_MS, timeZone);
  const later = wall - offsetAt(wall + DAY_MS, timeZone);
  // When clocks go back the hour comes twice and the first counts; when they go forward it is skipped, and what
  // was to begin in it begins as much later.
  if (before + offsetAt(before, timeZone) === wall) return before;
  return later + offsetAt(later, timeZone) === wall ? later : before;
}

export function addDays(day: Day, days: number): Day {
  return fromUtc(utcOf(day) + days * DAY_MS);
}

/** The same date so many months on; the month's last day where it has no such date. */
export function addMonths({ year, month, date }: Day, months: number): Day {
  const first = fromUtc(Date.UTC(year, month - 1 + months, 1));
  return { ...first, date: Math.min(date, lastDateOf(first)) };
}

export function lastDateOf({ year, month }: Pick<Day, "year" | "month">): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** How many midnights lie between two days: 1 is the next day. */
export function daysApart(from: Day, to: Day): number {
  return Math.round((utcOf(to) - utcOf(from)) / DAY_MS);
}

/** Sunday is 0, as JavaScript counts. */
export function weekdayOf(day: Day): number {
  return new Date(utcOf(day)).getUTCDay();
}

/** 2026-11-23. */
export function isoOf(day: Day): string {
  return new Date(utcOf(day)).toISOString().slice(0, 10);
}

/** How far the zone's clocks are ahead of UTC at that moment, ms. */
export function offsetAt(at: number, timeZone: string): number {
  const { year, month, date, ms } = wallClock(at, timeZone);
  return utcOf({ year, month, date }) + ms - Math.floor(at / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How dates are written, each way made once: making one takes a hundred times as long as using it. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format;
}

function wallClock(at: number, timeZone: string): Day & { readonly ms: number } {
  const format = dateFormat("en", {
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
  const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
  const ms = ((of("hour") * 60 + of("minute")) * 60 + of("second")) * 1000;
  return { year: of("year"), month: of("month"), date: of("day"), ms };
}

function utcOf({ year, month, date }: Day): number {
  return Date.UTC(year, month - 1, date);
}

function fromUtc(ms: number): Day {
  const at = new Date(ms);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
}
