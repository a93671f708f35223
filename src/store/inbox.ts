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

/** Ranks of `InboxLane`, the lowest first. */
const [PERSON, WITH_TICKET, REST] = [0, 1, 2];

export async function receiveUpdates(scope: Scope, updates: readonly NewUpdate[]): Promise<number> {
  const { db, botId } = scope;
  let stored = 0;
  for (let from = 0; from < updates.length; from += BATCH) {
    const result = await db
      .insertInto("inbox")
      .values(
        updates.slice(from, from + BATCH).map((update) => ({
          bot_id: botId,
          update_id: update.updateId,
          queue: update.queue,
          lane: update.lane === "person" ? PERSON : REST,
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
  await putBeforeTheRest(scope, updates);
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

/** Who waits for an agent, or talks to one, isn't kept waiting by a crowd that asks the bot. */
async function putBeforeTheRest({ db, botId }: Scope, updates: readonly NewUpdate[]): Promise<void> {
  const ids = updates.map(({ updateId }) => updateId);
  for (let from = 0; from < ids.length; from += BATCH)
    await db
      .updateTable("inbox")
      .set({ lane: WITH_TICKET })
      .where("bot_id", "=", botId)
      .where("update_id", "in", ids.slice(from, from + BATCH))
      .where("state", "=", PENDING)
      .where("lane", "=", REST)
      .where("queue", "in", (eb) =>
        eb
          .selectFrom("tickets")
          .select((t) => t.cast<string>("customer_id", "text").as("queue"))
          .where("status", "<>", sql.lit("closed")),
      )
      .execute();
}

export async function nextOffset({ db, botId, now }: Scope): Promise<number | undefined> {
  const row = await db.selectFrom("offsets").selectAll().where("bot_id", "=", botId).executeTakeFirst();
  return row && row.moved_at >= now() - OFFSET_GOOD_FOR_MS ? row.next_offset : undefined;
}

/** The update with which the queue of another one goes on. */
const firstOf = (eb: ExpressionBuilder<Tables & { turn: Tables["inbox"] }, "turn">) =>
  eb
    .selectFrom("inbox as first")
    .select("first.update_id")
    .whereRef("first.bot_id", "=", "turn.bot_id")
    .whereRef("first.queue", "=", "turn.queue")
    .where("first.state", "=", PENDING)
    .orderBy("first.update_id")
    .limit(1);

export async function nextUpdate({ db, botId, rowLocks }: Scope, now: number): Promise<InboxRow | undefined> {
  const row = await db
    .selectFrom("inbox as turn")
    .innerJoin("inbox as u", (join) =>
      join.onRef("u.bot_id", "=", "turn.bot_id").on("u.update_id", "=", firstOf),
    )
    .selectAll("u")
    .where("turn.bot_id", "=", botId)
    .where("turn.state", "=", PENDING)
    .where("u.state", "=", PENDING)
    .where("u.run_at", "<=", now)
    .orderBy("turn.lane")
    .orderBy("turn.update_id")
    .limit(1)
    .$if(rowLocks, (query) => query.forUpdate("u").skipLocked())
    .executeTakeFirst();
  return row && readUpdate(row);
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
