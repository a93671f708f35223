import { sql } from "kysely";
import { forget } from "./forget.ts";
import { forgetHeld } from "./held.ts";
import { lockOut } from "./locks.ts";
import { enqueue } from "./outbox.ts";
import { DEAD, DONE, PENDING, type Scope } from "./schema.ts";
import { topic } from "./topics.ts";
import type { Cutoffs } from "./types.ts";

/**
 * Deletes, or makes nameless, what is older than it may get: at most `limit` rows, so that nobody waits long for
 * the database. What an open ticket or a pending reminder is about stays, however old.
 * @returns how many rows it was; 0 when there is nothing left to do
 */
export async function expire(scope: Scope, before: Cutoffs, limit: number): Promise<number> {
  await lockOut(scope);
  for (const step of STEPS) {
    const rows = await step(scope, before, limit);
    if (rows === 0) continue;
    scope.erase();
    return rows;
  }
  return 0;
}

type Step = (scope: Scope, before: Cutoffs, limit: number) => Promise<number>;

/** These customers still wait for a person, or for a reminder: nothing of theirs goes. */
const stillServed = ({ db }: Scope) =>
  db
    .selectFrom("tickets")
    .select("customer_id")
    .where("status", "<>", sql.lit("closed"))
    .where("customer_id", "is not", null)
    .$narrowType<{ customer_id: number }>()
    .union(db.selectFrom("reminders").select("customer_id").where("state", "=", PENDING));

const oldLines: Step = async (scope, { transcript }, limit) => {
  const old = scope.db
    .selectFrom("transcript")
    .select("id")
    .where("at", "<", transcript)
    .where("customer_id", "not in", stillServed(scope))
    .orderBy("at")
    .limit(limit);
  const { numDeletedRows } = await scope.db
    .deleteFrom("transcript")
    .where("id", "in", old)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
};

/** Nobody has heard of them for so long: their name goes, and what is left of them in the staff group. */
const idleCustomers: Step = async (scope, { transcript }, limit) => {
  const idle = await scope.db
    .selectFrom("customers")
    .select("id")
    .where("seen_at", "<", transcript)
    .where("conversation", "is not", null)
    .where("id", "not in", stillServed(scope))
    .orderBy("seen_at")
    .limit(limit)
    .execute();
  for (const { id } of idle) {
    await forget(scope, id);
    if ((await topic(scope, id)) === undefined) continue;
    const to = { kind: "topic", customerId: id } as const;
    const message = { kind: "topic.delete", ticket: null } as const;
    await enqueue(scope, id, [{ kind: "send", to, lane: "notice", message }], scope.now());
  }
  return idle.length;
};

const oldReminders: Step = async ({ db }, { transcript }, limit) => {
  const old = db
    .selectFrom("reminders")
    .select("id")
    .where("state", "<>", PENDING)
    .where("due_at", "<", transcript)
    .limit(limit);
  const { numDeletedRows } = await db
    .deleteFrom("reminders")
    .where("id", "in", old)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
};

const oldHeld: Step = async (scope, { transcript }, limit) => {
  const old = await scope.db
    .selectFrom("held")
    .select("customer_id")
    .distinct()
    .where("at", "<", transcript)
    .where("customer_id", "is not", null)
    .$narrowType<{ customer_id: number }>()
    .where("customer_id", "not in", stillServed(scope))
    .limit(limit)
    .execute();
  for (const { customer_id: id } of old) await forgetHeld(scope, id);
  return old.length;
};

const oldTickets: Step = async ({ db }, { tickets }, limit) => {
  const old = await db
    .selectFrom("tickets")
    .select("number")
    .where("closed_at", "<", tickets)
    .where("status", "=", sql.lit("closed"))
    .where("customer_id", "is not", null)
    .orderBy("closed_at")
    .limit(limit)
    .execute();
  if (old.length === 0) return 0;
  const numbers = old.map(({ number }) => number);
  await db
    .updateTable("tickets")
    .set({ customer_id: null, asked: "", comment: null })
    .where("number", "in", numbers)
    .execute();
  await db.updateTable("promises").set({ customer_id: null }).where("ticket", "in", numbers).execute();
  return old.length;
};

const IDS = ["ref_message", "file_id", "album_id"] as const;

/** Telegram's numbers of messages and files: without them what was said stays, and leads to nothing there. */
const oldIds: Step = async (scope, { ids }, limit) => {
  const { db } = scope;
  const lines = db
    .selectFrom("transcript")
    .select("id")
    .where("at", "<", ids)
    .where((eb) => eb.or(IDS.map((id) => eb(id, "is not", null))))
    .where("customer_id", "not in", stillServed(scope))
    .orderBy("at")
    .limit(limit);
  const { numUpdatedRows } = await db
    .updateTable("transcript")
    .set({ ref_chat: null, ref_message: null, file_id: null, album_id: null })
    .where("id", "in", lines)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0) return Number(numUpdatedRows);
  const links = await db
    .selectFrom("links")
    .select(["origin_chat", "origin_message", "copy_chat", "copy_message"])
    .where("at", "<", ids)
    .where("customer_id", "not in", stillServed(scope))
    .orderBy("at")
    .limit(limit)
    .execute();
  for (const link of links)
    await db
      .deleteFrom("links")
      .where("origin_chat", "=", link.origin_chat)
      .where("origin_message", "=", link.origin_message)
      .where("copy_chat", "=", link.copy_chat)
      .where("copy_message", "=", link.copy_message)
      .execute();
  return links.length;
};

const finishedUpdates: Step = async ({ db, botId }, { finished, transcript }, limit) => {
  const old = db
    .selectFrom("inbox")
    .select("update_id")
    .where("bot_id", "=", botId)
    .where((eb) =>
      eb.or([
        eb.and([eb("state", "=", DONE), eb("finished_at", "<", finished)]),
        // One that was given up holds the customer's words: no longer than the transcript does.
        eb.and([eb("state", "=", DEAD), eb("received_at", "<", transcript)]),
      ]),
    )
    .limit(limit);
  const { numDeletedRows } = await db
    .deleteFrom("inbox")
    .where("bot_id", "=", botId)
    .where("update_id", "in", old)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
};

const finishedDeliveries: Step = async (scope, { finished, transcript }, limit) => {
  const old = scope.db
    .selectFrom("outbox")
    .select("id")
    .where((eb) =>
      eb.or([
        eb.and([eb("state", "=", DONE), eb("finished_at", "<", finished)]),
        eb.and([eb("state", "=", DEAD), eb("created_at", "<", transcript)]),
        // Never delivered, to somebody who blocked the bot for instance.
        eb.and([
          eb("state", "=", PENDING),
          eb("created_at", "<", transcript),
          eb("customer_id", "not in", stillServed(scope)),
        ]),
      ]),
    )
    .limit(limit);
  const { numDeletedRows } = await scope.db
    .deleteFrom("outbox")
    .where("id", "in", old)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
};

const STEPS: readonly Step[] = [
  finishedUpdates,
  finishedDeliveries,
  idleCustomers,
  oldLines,
  oldReminders,
  oldHeld,
  oldTickets,
  oldIds,
];
