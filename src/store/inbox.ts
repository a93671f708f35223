import { type ExpressionBuilder, sql } from "kysely";
import { readUpdate } from "./rows.ts";
import { PENDING, type Scope, type Tables } from "./schema.ts";
import type { InboxRow, NewUpdate } from "./types.ts";

/** Rows written by one statement; the databases bound the parameters of one (SQLite 32,766, PostgreSQL 65,535). */
const BATCH = 500;

/**
 * After a week without updates Telegram begins a new, random count (Bot API, `Update.update_id`), perhaps below
 * the old one, and an offset above it would confirm updates nobody has seen. So an offset this old is forgotten:
 * without one Telegram repeats what wasn't confirmed, and what we have already is ignored.
 */
const OFFSET_GOOD_FOR_MS = 6 * 24 * 3600 * 1000;

export async function receiveUpdates({ db, botId }: Scope, updates: readonly NewUpdate[]): Promise<number> {
  let stored = 0;
  for (let from = 0; from < updates.length; from += BATCH) {
    const result = await db
      .insertInto("inbox")
      .values(
        updates.slice(from, from + BATCH).map((update) => ({
          bot_id: botId,
          update_id: update.updateId,
          queue: update.queue,
          payload: update.payload,
          received_at: update.receivedAt,
          state: "pending" as const,
          attempts: 0,
          run_at: update.receivedAt,
        })),
      )
      .onConflict((conflict) => conflict.columns(["update_id", "bot_id"]).doNothing())
      .executeTakeFirst();
    stored += Number(result.numInsertedOrUpdatedRows ?? 0);
  }
  const [first] = updates;
  if (first === undefined) return 0;
  const next = updates.reduce((highest, { updateId }) => Math.max(highest, updateId), 0) + 1;
  await db
    .insertInto("offsets")
    .values({ bot_id: botId, next_offset: next, moved_at: first.receivedAt })
    .onConflict((conflict) =>
      conflict
        .column("bot_id")
        .doUpdateSet((eb) => ({
          next_offset: eb.ref("excluded.next_offset"),
          moved_at: eb.ref("excluded.moved_at"),
        }))
        .where((eb) =>
          eb.or([
            eb("excluded.next_offset", ">", eb.ref("offsets.next_offset")),
            eb("offsets.moved_at", "<", first.receivedAt - OFFSET_GOOD_FOR_MS),
          ]),
        ),
    )
    .execute();
  return stored;
}

export async function nextOffset({ db, botId, now }: Scope): Promise<number | undefined> {
  const row = await db.selectFrom("offsets").selectAll().where("bot_id", "=", botId).executeTakeFirst();
  return row && row.moved_at >= now() - OFFSET_GOOD_FOR_MS ? row.next_offset : undefined;
}

const isFirstInQueue = (eb: ExpressionBuilder<Tables & { u: Tables["inbox"] }, "u">) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom("inbox as older")
        .select("older.update_id")
        .whereRef("older.bot_id", "=", "u.bot_id")
        .whereRef("older.queue", "=", "u.queue")
        .where("older.state", "=", PENDING)
        .whereRef("older.update_id", "<", "u.update_id"),
    ),
  );

export async function nextUpdate({ db, botId, rowLocks }: Scope, now: number): Promise<InboxRow | undefined> {
  const row = await db
    .selectFrom("inbox as u")
    .selectAll("u")
    .where("u.bot_id", "=", botId)
    .where("u.state", "=", PENDING)
    .where("u.run_at", "<=", now)
    .where(isFirstInQueue)
    .orderBy("u.update_id")
    .limit(1)
    .$if(rowLocks, (query) => query.forUpdate().skipLocked())
    .executeTakeFirst();
  return row && readUpdate(row);
}

/** When the first pending update that was put off is to be tried again; undefined when none is pending. */
export async function nextUpdateAt({ db, botId }: Scope): Promise<number | undefined> {
  const row = await db
    .selectFrom("inbox as u")
    .select((eb) => eb.fn.min<number | null>("u.run_at").as("at"))
    .where("u.bot_id", "=", botId)
    .where("u.state", "=", PENDING)
    .where(isFirstInQueue)
    .executeTakeFirst();
  return row?.at ?? undefined;
}

export async function finishUpdate({ db, botId }: Scope, updateId: number, now: number): Promise<void> {
  await db
    .updateTable("inbox")
    // What was said is in the transcript; the row stays only to recognise the update when it comes again.
    .set({ state: "done", finished_at: now, payload: "", error: null })
    .where("bot_id", "=", botId)
    .where("update_id", "=", updateId)
    .execute();
}

export async function failUpdate(
  { db, botId }: Scope,
  updateId: number,
  error: string,
  retryAt: number | null,
): Promise<void> {
  await db
    .updateTable("inbox")
    .set({
      error,
      attempts: sql`attempts + 1`,
      ...(retryAt === null ? { state: "dead" as const } : { run_at: retryAt }),
    })
    .where("bot_id", "=", botId)
    .where("update_id", "=", updateId)
    .execute();
}
