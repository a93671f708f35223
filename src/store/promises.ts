import { sql } from "kysely";
import type { Effect } from "../dialogue/types.ts";
import { readPromise } from "./rows.ts";
import { PENDING, type Scope } from "./schema.ts";
import type { DuePromise } from "./types.ts";

/** A promise already given keeps one row; giving it again moves its time. */
export async function setPromise(
  { db }: Scope,
  customerId: number,
  { ticket, promise, dueAt }: Extract<Effect, { kind: "promise.set" }>,
): Promise<void> {
  await db
    .insertInto("promises")
    .values({ customer_id: customerId, ticket, promise, due_at: dueAt, state: "pending" })
    .onConflict((conflict) =>
      conflict
        .columns(["ticket", "promise"])
        .where("state", "=", PENDING)
        .doUpdateSet((eb) => ({ due_at: eb.ref("excluded.due_at") })),
    )
    .execute();
}

export async function settlePromise(
  { db }: Scope,
  { ticket, promise, outcome }: Extract<Effect, { kind: "promise.settle" }>,
  now: number,
): Promise<void> {
  await db
    .updateTable("promises")
    .set({ state: outcome, settled_at: now })
    .where("ticket", "=", ticket)
    .where("promise", "=", promise)
    .where("state", "=", PENDING)
    .execute();
}

/** Those in front who will want to hear that somebody before them is gone. */
const NUDGED = 3;

/**
 * Somebody left the queue: the first in it look at their places at once. The others look every minute by
 * themselves, so that a step of five hundred doesn't become five hundred decisions.
 */
export async function nudgeQueue({ db, rowLocks }: Scope, now: number): Promise<void> {
  await db
    .updateTable("promises")
    .set({ due_at: now })
    .where("id", "in", (eb) =>
      eb
        .selectFrom("promises as looks")
        .select("looks.id")
        .where("looks.promise", "=", "queue.position")
        .where("looks.state", "=", PENDING)
        .where("looks.due_at", ">", now)
        .where("looks.ticket", "in", (front) =>
          front
            .selectFrom("tickets")
            .select("number")
            .where("status", "=", sql.lit("waiting"))
            .orderBy("number")
            .limit(NUDGED),
        )
        // Whoever is being decided about just now hears of it by that, or looks within a minute.
        .$if(rowLocks, (query) => query.forUpdate().skipLocked()),
    )
    .execute();
}

export async function duePromises(
  { db, rowLocks }: Scope,
  now: number,
  limit: number,
): Promise<readonly DuePromise[]> {
  const rows = await db
    .selectFrom("promises")
    .selectAll()
    .where("state", "=", PENDING)
    .where("due_at", "<=", now)
    .orderBy("due_at")
    .orderBy("id")
    .limit(limit)
    .$if(rowLocks, (query) => query.forUpdate().skipLocked())
    .execute();
  return rows.map(readPromise);
}

/** When the next promise or reminder is due; undefined where there is none. */
export async function nextTimeOf(
  { db }: Scope,
  table: "promises" | "reminders",
): Promise<number | undefined> {
  const row = await db
    .selectFrom(table)
    .select("due_at")
    .where("state", "=", PENDING)
    .orderBy("due_at")
    .limit(1)
    .executeTakeFirst();
  return row?.due_at;
}
