import { type ExpressionBuilder, sql } from "kysely";
import type { Address, Effect } from "../dialogue/types.ts";
import { isQuiet } from "./lines.ts";
import { lock } from "./locks.ts";
import { rankOf, readDelivery } from "./rows.ts";
import { PENDING, type Scope, type Tables } from "./schema.ts";
import type { Delivery, Quiet } from "./types.ts";

/** The key of the queue in which messages to an address wait for one another. */
export function queueOf(to: Address): string {
  switch (to.kind) {
    case "customer":
      return `c:${to.customerId}`;
    case "topic":
      return `t:${to.customerId}`;
    case "oncall":
      return `o:${to.userId}`;
    case "general":
      return `g:${to.chatId}`;
  }
}

function idOf(to: Address): number {
  switch (to.kind) {
    case "customer":
    case "topic":
      return to.customerId;
    case "oncall":
      return to.userId;
    case "general":
      return to.chatId;
  }
}

/** Queues messages in the order given. */
export async function enqueue(
  { db }: Scope,
  customerId: number,
  sends: readonly Extract<Effect, { kind: "send" }>[],
  now: number,
): Promise<void> {
  if (sends.length === 0) return;
  await db
    .insertInto("outbox")
    .values(
      sends.map(({ to, lane, message }) => ({
        // A pressed button is answered at once: Telegram forgets it within seconds.
        queue: message.kind === "callback" ? `cb:${message.callbackId}` : queueOf(to),
        lane: rankOf(lane),
        state: "pending" as const,
        run_at: now,
        leased_until: 0,
        attempts: 0,
        album: message.kind === "copy" ? message.album : null,
        customer_id: customerId,
        to_kind: to.kind,
        to_id: idOf(to),
        message: JSON.stringify(message),
        created_at: now,
      })),
    )
    .execute();
}

const NOBODY_QUIET: Quiet = { chats: [], queues: [], newTopics: "go" };

const isFirstInQueue = (eb: ExpressionBuilder<Tables & { o: Tables["outbox"] }, "o">) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom("outbox as before")
        .select("before.id")
        .whereRef("before.queue", "=", "o.queue")
        .where("before.state", "=", PENDING)
        .where((row) => row(row.refTuple("before.lane", "before.id"), "<", row.refTuple("o.lane", "o.id"))),
    ),
  );

export async function dueDeliveries(
  scope: Scope,
  now: number,
  limit: number,
  quiet: Quiet = NOBODY_QUIET,
): Promise<readonly Delivery[]> {
  // Two senders who look at once could take two of one queue, and lose their order.
  await lock(scope, "senders");
  const rows = await scope.db
    .selectFrom("outbox as o")
    .selectAll("o")
    .where("o.state", "=", PENDING)
    .where("o.run_at", "<=", now)
    .where(isFirstInQueue)
    .where((eb) => eb.not(isQuiet(quiet)(eb)))
    .$if(quiet.queues.length > 0, (query) => query.where("o.queue", "not in", quiet.queues))
    .where("o.queue", "not in", (eb) =>
      eb
        .selectFrom("outbox as leased")
        .select("leased.queue")
        .where("leased.state", "=", PENDING)
        .where("leased.leased_until", ">", sql.lit(0))
        .where("leased.leased_until", ">", now),
    )
    .orderBy("o.lane")
    .orderBy("o.id")
    .limit(limit)
    .execute();
  const due: Delivery[] = [];
  for (const row of rows) {
    const read = readDelivery(row);
    if ("error" in read) await failDelivery(scope, row.id, read.error, null, true);
    else due.push(read);
  }
  return due;
}

export async function leaseDeliveries(
  { db }: Scope,
  ids: readonly number[],
  now: number,
  until: number,
): Promise<readonly number[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .updateTable("outbox")
    .set({ leased_until: until })
    .where("id", "in", ids)
    .where("state", "=", PENDING)
    // Not this one, nor another of its queue that somebody else took: two at once would lose their order.
    .where("queue", "not in", (eb) =>
      eb
        .selectFrom("outbox as leased")
        .select("leased.queue")
        .where("leased.state", "=", PENDING)
        .where("leased.leased_until", ">", sql.lit(0))
        .where("leased.leased_until", ">", now),
    )
    .returning("id")
    .execute();
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

export async function albumDeliveries(
  scope: Scope,
  queue: string,
  album: string,
): Promise<readonly Delivery[]> {
  const rows = await scope.db
    .selectFrom("outbox")
    .selectAll()
    .where("queue", "=", queue)
    .where("state", "=", PENDING)
    .where("album", "=", album)
    .orderBy("id")
    .execute();
  return rows.map(readDelivery).filter((read): read is Delivery => !("error" in read));
}

export async function finishDeliveries({ db }: Scope, ids: readonly number[], now: number): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable("outbox")
    // What was said is in the transcript, and at Telegram.
    .set({ state: "done", finished_at: now, leased_until: 0, message: "", error: null })
    .where("id", "in", ids)
    .execute();
}

export async function failDelivery(
  { db }: Scope,
  id: number,
  error: string,
  retryAt: number | null,
  countAttempt: boolean,
): Promise<void> {
  await db
    .updateTable("outbox")
    .set({
      error,
      leased_until: 0,
      ...(countAttempt ? { attempts: sql`attempts + 1` } : {}),
      ...(retryAt === null ? { state: "dead" as const } : { run_at: retryAt }),
    })
    .where("id", "=", id)
    .execute();
}

export async function wakeQueue({ db }: Scope, queue: string, now: number): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ run_at: now })
    .where("queue", "=", queue)
    .where("state", "=", PENDING)
    .where("run_at", ">", now)
    .execute();
}

export async function releaseLeases({ db }: Scope): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ leased_until: 0 })
    .where("state", "=", PENDING)
    .where("leased_until", ">", sql.lit(0))
    .execute();
}
