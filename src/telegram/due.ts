import type { Event } from "../dialogue/types.ts";
import type { Tx } from "../store/types.ts";

/** Something whose time has come, and the event that it is to the customer's conversation. */
export interface Due {
  /** The same for the same row each time it is looked at. */
  readonly key: string;
  readonly customerId: number;
  readonly event: Extract<Event, { kind: "promise.due" | "reminder.due" }>;
}

export async function duePromises(tx: Tx, now: number, limit: number): Promise<readonly Due[]> {
  const rows = await tx.duePromises(now, limit);
  return rows.map(({ id, customerId, promise, ticket }) => ({
    key: `promise ${id}`,
    customerId,
    event: { kind: "promise.due", promise, ticket },
  }));
}

export async function dueReminders(tx: Tx, now: number, limit: number): Promise<readonly Due[]> {
  const rows = await tx.dueReminders(now, limit);
  return rows.map(({ id, customerId }) => ({
    key: `reminder ${id}`,
    customerId,
    event: { kind: "reminder.due", reminder: id },
  }));
}
