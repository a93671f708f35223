import { sql } from "kysely";
import { DEAD, type Scope } from "./schema.ts";
import type { DeadLetter, DeadLetterIds } from "./types.ts";

/** What was given up, the newest first: updates nobody could handle, messages Telegram refused for good. */
export async function deadLetters({ db, botId }: Scope, limit: number): Promise<readonly DeadLetter[]> {
  const updates = await db
    .selectFrom("inbox")
    .select(["update_id", "queue", "received_at", "error"])
    .where("bot_id", "=", botId)
    .where("state", "=", DEAD)
    .orderBy("update_id", "desc")
    .limit(limit)
    .execute();
  const deliveries = await db
    .selectFrom("outbox")
    .select(["id", "queue", "customer_id", "created_at", "error"])
    .where("state", "=", DEAD)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return [
    ...updates.map((row) => ({
      box: "inbox" as const,
      id: row.update_id,
      queue: row.queue,
      customerId: null,
      at: row.received_at,
      error: row.error ?? "",
    })),
    ...deliveries.map((row) => ({
      box: "outbox" as const,
      id: row.id,
      queue: row.queue,
      customerId: row.customer_id,
      at: row.created_at,
      error: row.error ?? "",
    })),
  ]
    .sort((a, b) => b.at - a.at)
    .slice(0, limit);
}

/** Makes dead letters pending again, as if never tried. Returns how many there were. */
export async function retryDead(
  { db, botId }: Scope,
  { inbox = [], outbox = [] }: DeadLetterIds,
  now: number,
): Promise<number> {
  let revived = 0;
  const again = { attempts: 0, run_at: now, error: null };
  if (inbox.length > 0) {
    const { numUpdatedRows } = await db
      .updateTable("inbox")
      .set({ state: sql.lit("pending"), ...again })
      .where("bot_id", "=", botId)
      .where("update_id", "in", inbox)
      .where("state", "=", DEAD)
      // A forgotten customer's update is kept without its words: there is nothing left to handle.
      .where("payload", "<>", "")
      .executeTakeFirst();
    revived += Number(numUpdatedRows);
  }
  if (outbox.length > 0) {
    const { numUpdatedRows } = await db
      .updateTable("outbox")
      .set({ state: sql.lit("pending"), leased_until: 0, ...again })
      .where("id", "in", outbox)
      .where("state", "=", DEAD)
      .executeTakeFirst();
    revived += Number(numUpdatedRows);
  }
  return revived;
}
