import type { OpenRange } from "../knowledge/types.ts";
import { addDays, dayOf, instantOf, minuteOf } from "../nlu/zone.ts";

/** As many as one customer may have to come: more would be a diary. */
export const MOST_REMINDERS = 20;
/** Farther off than any contract year and its notice. */
export const FARTHEST_DAYS = 400;
/** When a day without an hour begins, minutes after midnight. */
export const MORNING = 9 * 60;
/** When a day that somebody promised to call on is as good as over: minutes after midnight. */
export const EVENING = 18 * 60;

const DAY_MS = 86_400_000;

/** So many calendar days from the day of `at` (epoch ms), at that minute of the day in the zone. */
export function onDay(at: number, days: number, minutes: number, timeZone: string): number {
  return instantOf(addDays(dayOf(at, timeZone), days), minutes, timeZone);
}

/** The end of the quiet time that a moment falls into; outside of it, the moment itself. Epoch ms. */
export function afterQuiet(at: number, quiet: OpenRange | null, timeZone: string): number {
  if (quiet === null) return at;
  const minute = minuteOf(at, timeZone);
  const { from, to } = quiet;
  const overMidnight = from > to;
  const isQuiet = overMidnight ? minute >= from || minute < to : minute >= from && minute < to;
  if (!isQuiet) return at;
  return onDay(at, overMidnight && minute >= from ? 1 : 0, to, timeZone);
}

export function isTooFar(dueAt: number, now: number): boolean {
  return dueAt - now > FARTHEST_DAYS * DAY_MS;
}
