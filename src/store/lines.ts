import { type ExpressionBuilder, sql } from "kysely";
import type { Outgoing } from "../dialogue/types.ts";
import { readDelivery } from "./rows.ts";
import { PENDING, type Scope, type Tables } from "./schema.ts";
import type { Delivery, Quiet } from "./types.ts";

// What the sender asks of the outbox besides what is due: who waits behind whom, and for which chat.

/** A row whose chat takes nothing now. A pressed button is answered whatever the chat's limits say. */
export const isQuiet =
  ({ chats, newTopics }: Quiet) =>
  (eb: ExpressionBuilder<Tables & { o: Tables["outbox"] }, "o">) => {
    const placed = eb.selectFrom("topics").select("staff_chat_id").whereRef("customer_id", "=", "o.to_id");
    const held = [];
    if (chats.length > 0)
      held.push(
        eb.and([eb("o.to_kind", "<>", "topic"), eb("o.to_id", "in", chats)]),
        eb.and([eb("o.to_kind", "=", "topic"), eb.exists(placed.where("staff_chat_id", "in", chats))]),
      );
    if (newTopics === "wait") held.push(eb.and([eb("o.to_kind", "=", "topic"), eb.not(eb.exists(placed))]));
    return eb.and([eb("o.queue", "not like", "cb:%"), eb.or(held)]);
  };

/** Pending deliveries of the same queue and lane that come right after this one, oldest first. */
export async function deliveriesBehind(
  { db }: Scope,
  { id, queue }: Pick<Delivery, "id" | "queue">,
  limit: number,
): Promise<readonly Delivery[]> {
  const rows = await db
    .selectFrom("outbox")
    .selectAll()
    .where("queue", "=", queue)
    .where("state", "=", PENDING)
    .where("id", ">", id)
    .where("lane", "=", (eb) =>
      eb.selectFrom("outbox as first").select("first.lane").where("first.id", "=", id),
    )
    .orderBy("id")
    .limit(limit)
    .execute();
  const behind: Delivery[] = [];
  for (const row of rows) {
    const read = readDelivery(row);
    // Found out, and put aside, when it is its turn.
    if ("error" in read) break;
    behind.push(read);
  }
  return behind;
}

/** A part of the message has arrived: this is what is left of it. */
export async function shortenDelivery({ db }: Scope, id: number, rest: Outgoing): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ message: JSON.stringify(rest) })
    .where("id", "=", id)
    .execute();
}

/** Makes everything for the staff groups due at once: they are back. */
export async function wakeTopics({ db }: Scope, now: number): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ run_at: now })
    .where("state", "=", PENDING)
    .where("run_at", ">", now)
    .where("to_kind", "in", ["topic", "general"])
    .execute();
}

/** Open tickets by the staff group in which they have their place. */
export async function openByGroup({ db }: Scope): Promise<ReadonlyMap<number, number>> {
  const rows = await db
    .selectFrom("tickets")
    .innerJoin("topics", "topics.customer_id", "tickets.customer_id")
    .select((eb) => ["topics.staff_chat_id as chatId", eb.fn.countAll<number>().as("open")])
    .where("tickets.status", "in", [sql.lit("waiting"), sql.lit("serving")])
    .groupBy("topics.staff_chat_id")
    .execute();
  return new Map(rows.map(({ chatId, open }) => [chatId, Number(open)]));
}

/** Takes back a place that was given and not yet moved into: another group may be free. */
export async function releasePlace({ db }: Scope, customerId: number): Promise<void> {
  await db
    .deleteFrom("topics")
    .where("customer_id", "=", customerId)
    .where("thread_id", "is", null)
    .where("card_message_id", "is", null)
    .execute();
}
