import type { Deadline, Ladder, TimeLimit } from "../../knowledge/ladders.ts";
import { addWorkdays } from "../../nlu/workdays.ts";
import { addDays, addMonths, type Day } from "../../nlu/zone.ts";
import type { Sector } from "./case.ts";

/** The time limits of a sector; those of the sector that it is climbed as, where it has none. */
export function limitsOf(ladders: readonly Ladder[], sector: Sector): readonly TimeLimit[] {
  const ladder = ladders.find((each) => each.sector === sector);
  const as = ladder?.steps.find(({ same_as }) => same_as !== undefined)?.same_as;
  return ladder?.time_limits ?? (as === undefined ? [] : limitsOf(ladders, as));
}

/** A day that a period ends on; `provisional` where public holidays not yet announced may move it. */
export interface LastDay {
  readonly day: Day;
  readonly provisional: boolean;
}

/** The last day of a period that begins the day after `from`. */
export function lastDay({ days, unit }: Pick<Deadline, "days" | "unit">, from: Day): LastDay {
  return unit === "working" ? addWorkdays(from, days) : { day: addDays(from, days), provisional: false };
}

/** The last day of a time limit that runs from an event. */
export function limitDay({ months }: Pick<TimeLimit, "months">, event: Day): Day {
  return addMonths(event, months);
}
