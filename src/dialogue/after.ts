import { CASE_LINE, type CustomerId, type TicketNumber } from "../desk/types.ts";
import type { Reminder } from "./downgrade/reminder.ts";
import type { Decision, Effect, Snapshot } from "./types.ts";

const CUSTOMER = 1 as CustomerId;

/** A customer who has never written before. */
export function freshSnapshot(): Snapshot {
  return {
    customer: { id: CUSTOMER, name: "", username: null, blocked: false },
    conversation: null,
    ticket: null,
    waitingAhead: 0,
    nextTicket: 1 as TicketNumber,
    recent: [],
  };
}

/** What the next line of the same conversation finds: what a store would have kept of this one. `at`: epoch ms. */
export function snapshotAfter(before: Snapshot, { state, lines, effects }: Decision, at: number): Snapshot {
  if (effects.some(({ kind }) => kind === "forget")) return freshSnapshot();
  return {
    ...state,
    waitingAhead: 0,
    nextTicket: Math.max(before.nextTicket, (state.ticket?.number ?? 0) + 1) as TicketNumber,
    recent: [...before.recent, ...lines].slice(-10),
    caseLog: [...(before.caseLog ?? []), ...lines.filter(({ kind }) => kind === CASE_LINE)],
    reminders: effects.reduce((kept, effect) => remindersAfter(kept, effect, at), before.reminders ?? []),
  };
}

function remindersAfter(before: readonly Reminder[], effect: Effect, at: number): readonly Reminder[] {
  switch (effect.kind) {
    case "reminder.set": {
      const { about, dueAt } = effect;
      const id = Math.max(0, ...before.map((each) => each.id)) + 1;
      return [...before, { id, about, dueAt, createdAt: at, state: "pending" }];
    }
    case "reminder.settle":
      return before.filter(({ id }) => id !== effect.reminder);
    default:
      return before;
  }
}
