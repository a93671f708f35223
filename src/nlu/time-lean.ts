import type { TimeContext } from "./time.ts";
import { type Day, dayOf, daysApart } from "./zone.ts";

/** Of the days that words may mean, the one that the context leans to. */
export function leaning(candidates: readonly Day[], { at, timeZone, lean }: TimeContext): Day | undefined {
  const today = dayOf(at, timeZone);
  const fitting = candidates.filter((day) => {
    const away = daysApart(today, day);
    return lean === "nearest" || (lean === "past" ? away <= 0 : away >= 0);
  });
  const distance = (day: Day) => Math.abs(daysApart(today, day));
  return fitting.toSorted((one, other) => distance(one) - distance(other))[0];
}
