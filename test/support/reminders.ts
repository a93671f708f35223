import type { Reminder } from "../../src/dialogue/downgrade/reminder.ts";
import type { Effect } from "../../src/dialogue/types.ts";

/** What a store would hold after these effects, of what it held before. */
export function remindersAfter(
  before: readonly Reminder[],
  effects: readonly Effect[],
  at: number,
): readonly Reminder[] {
  let kept = effects.some(({ kind }) => kind === "forget") ? [] : before;
  for (const effect of effects) {
    if (effect.kind === "reminder.set") {
      const { about, dueAt } = effect;
      lastId += 1;
      kept = [...kept, { id: lastId, about, dueAt, createdAt: at, state: "pending" }];
    }
    if (effect.kind === "reminder.move")
      kept = kept.map((each) => (each.id === effect.reminder ? { ...each, dueAt: effect.dueAt } : each));
    if (effect.kind === "reminder.settle")
      kept = kept.flatMap((each): Reminder[] => {
        if (each.id !== effect.reminder) return [each];
        return effect.outcome === "fired" ? [{ ...each, state: "fired" }] : [];
      });
  }
  return kept;
}

/** Ids are never used again, whoever they are given to. */
let lastId = 0;
