import { sql } from "kysely";
import type { CustomerId } from "../desk/types.ts";
import type { Reminder } from "../dialogue/downgrade/reminder.ts";
import type { Effect } from "../dialogue/types.ts";
import { readReminder } from "./rows.ts";
import { PENDING, type Scope } from "./schema.ts";
import type { DueReminder } from "./types.ts";

const LIVE = [PENDING, sql.lit<"fired">("fired")] as const;
/** As many as a decision sees: more than a customer may have pending, and some that wait for their word. */
const SEEN = 60;

export async function setReminder(
  { db }: Scope,
  customerId: CustomerId,
  { about, dueAt }: Extract<Effect, { kind: "reminder.set" }>,
  now: number,
): Promise<void> {
  await db
    .insertInto("reminders")
    .values({
      customer_id: customerId,
      kind: about.kind,
      about: JSON.stringify(about),
      due_at: dueAt,
      created_at: now,
      state: "pending",
    })
    .execute();
}

export async function moveReminder(
  { db }: Scope,
  customerId: CustomerId,
  { reminder, dueAt }: Extract<Effect, { kind: "reminder.move" }>,
): Promise<void> {
  await db
    .updateTable("reminders")
    .set({ due_at: dueAt })
    .where("id", "=", reminder)
    .where("customer_id", "=", customerId)
    .where("state", "=", PENDING)
    .execute();
}

/** One that is over keeps its dates to be counted, and nothing of what it was about. */
export async function settleReminder(
  { db }: Scope,
  customerId: CustomerId,
  { reminder, outcome }: Extract<Effect, { kind: "reminder.settle" }>,
  now: number,
): Promise<void> {
  await db
    .updateTable("reminders")
    .set({ state: outcome, ...(outcome === "fired" ? {} : { about: "", settled_at: now }) })
    .where("id", "=", reminder)
    .where("customer_id", "=", customerId)
    .where("state", "in", LIVE)
    .execute();
}

/** A customer's reminders to come and those that wait for their word, the earliest first. */
export async function remindersOf({ db }: Scope, customerId: CustomerId): Promise<readonly Reminder[]> {
  const rows = await db
    .selectFrom("reminders")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("state", "in", LIVE)
    .orderBy("due_at", "desc")
    .orderBy("id", "desc")
    .limit(SEEN)
    .execute();
  return rows.reverse().flatMap((row) => readReminder(row) ?? []);
}

export async function dueReminders(
  { db, rowLocks }: Scope,
  now: number,
  limit: number,
): Promise<readonly DueReminder[]> {
  return await db
    .selectFrom("reminders")
    .select(["id", "customer_id as customerId"])
    .where("state", "=", PENDING)
    .where("due_at", "<=", now)
    .orderBy("due_at")
    .orderBy("id")
    .limit(limit)
    .$if(rowLocks, (query) => query.forUpdate().skipLocked())
    .execute();
}

/** Promise 6: nothing of it stays, not even that there was one. */
export async function forgetReminders({ db }: Scope, customerId: CustomerId): Promise<void> {
  await db.deleteFrom("reminders").where("customer_id", "=", customerId).execute();
}
