import { MORNING } from "../../desk/reminders.ts";
import type { Deadline, Ladder, LadderStep } from "../../knowledge/ladders.ts";
import { addDays, dayOf, instantOf } from "../../nlu/zone.ts";
import type { Sector } from "./case.ts";
import { lastDay } from "./climb.ts";

/** A step that has its own time for an answer: what a reminder can wait for. */
export type Rung = LadderStep & { readonly deadline: Deadline };

/** What to do next: steps that need no waiting, and the first that does; none left is an empty list. */
export interface NextSteps {
  readonly steps: readonly LadderStep[];
  readonly rung: Rung | null;
}

/** The sectors whose ladders differ: what stands for all where a customer's isn't known. */
export const EITHER_SECTOR: readonly Sector[] = ["telecom", "membership"];

/**
 * The steps that follow on one, the first ones where none was taken yet.
 * @param after the step taken; undefined results are an empty list: the ladder ends there
 */
export function nextSteps(ladders: readonly Ladder[], sector: Sector, after: string | null): NextSteps {
  const all = stepsOf(ladders, sector);
  const left = all.slice(after === null ? 0 : all.findIndex(({ id }) => id === after) + 1);
  const waits = left.findIndex(({ deadline }) => deadline !== null);
  const rung = left[waits];
  if (rung === undefined || rung.deadline === null) return { steps: left, rung: null };
  return { steps: left.slice(0, waits + 1), rung: { ...rung, deadline: rung.deadline } };
}

export function stepOf(ladders: readonly Ladder[], sector: Sector, id: string): LadderStep | undefined {
  return stepsOf(ladders, sector).find((step) => step.id === id);
}

/** A sector's steps in their order; `same_as` stands for another sector's. */
export function stepsOf(ladders: readonly Ladder[], sector: Sector): readonly LadderStep[] {
  const ladder = ladders.find((each) => each.sector === sector);
  return (ladder?.steps ?? []).flatMap((step) =>
    step.same_as === undefined || step.same_as === sector ? [step] : stepsOf(ladders, step.same_as),
  );
}

/**
 * The last day of a time limit that runs from a day (epoch ms): that day itself isn't counted. `at` is its noon.
 * `provisional`: working days in a year whose public holidays aren't announced.
 */
export function deadlineDay(
  deadline: Deadline,
  since: number,
  timeZone: string,
): { readonly at: number; readonly provisional: boolean } {
  const { day, provisional } = lastDay(deadline, dayOf(since, timeZone));
  return { at: instantOf(day, 12 * 60, timeZone), provisional };
}

/** The morning after the last day: only then is it over without an answer. */
export function afterDeadline(deadline: Deadline, since: number, timeZone: string): number {
  const { at } = deadlineDay(deadline, since, timeZone);
  return instantOf(addDays(dayOf(at, timeZone), 1), MORNING, timeZone);
}
