import { sql } from "kysely";
import { z } from "zod";
import type { CustomerId } from "../desk/types.ts";
import { forgetHeld } from "./held.ts";
import { forgetReminders } from "./reminders.ts";
import { DEAD, DONE, PENDING, type Scope } from "./schema.ts";
import { topic } from "./topics.ts";

/**
 * Deletes what a customer wrote and who they are (promise 6). Closed tickets and their promises stay and name
 * nobody. An open ticket stays as it is: somebody is still to answer it. Where the customer has a place in a staff
 * group, the numbers of its messages stay until `forgetPlace`: what is to be deleted there is found by them.
 */
export async function forget(scope: Scope, customerId: CustomerId): Promise<void> {
  const { db, now, erase } = scope;
  erase();
  await forgetReminders(scope, customerId);
  await db.deleteFrom("transcript").where("customer_id", "=", customerId).execute();
  await forgetHeld(scope, customerId);
  await forgetUpdates(scope, customerId);
  await db
    .deleteFrom("outbox")
    .where("customer_id", "=", customerId)
    .where("state", "in", [DONE, DEAD])
    .execute();
  await db
    .updateTable("customers")
    .set({ name: "", username: null, conversation: null })
    .where("id", "=", customerId)
    .execute();
  await forgetTickets(scope, customerId);

  if (await hasOpenTicket(scope, customerId)) return;
  // Words on their way to agents stop here. What is being sent at this moment ends as it would have.
  await db
    .deleteFrom("outbox")
    .where("customer_id", "=", customerId)
    .where("state", "=", PENDING)
    .where("to_kind", "<>", "customer")
    .where("leased_until", "<=", now())
    .execute();
  if ((await topic(scope, customerId)) === undefined) await forgetPlace(scope, customerId);
}

/** Forgets where a customer's messages in the staff group were, and with it the last that names a forgotten one. */
export async function forgetPlace(scope: Scope, customerId: CustomerId): Promise<void> {
  const { db, erase } = scope;
  // What was being sent while the rest was forgotten has been by now: its words are still in the file.
  erase();
  await db.deleteFrom("links").where("customer_id", "=", customerId).execute();
  await db.deleteFrom("cards").where("customer_id", "=", customerId).execute();
  await db.deleteFrom("topics").where("customer_id", "=", customerId).execute();
  await db
    .deleteFrom("customers")
    .where("id", "=", customerId)
    .where("conversation", "is", null)
    // A ban outlives what was said: or else it would end with /forget.
    .where("banned", "=", 0)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom("tickets").select("number").whereRef("tickets.customer_id", "=", "customers.id"),
        ),
      ),
    )
    .execute();
}

/** The messages in one chat that carry something of a customer's, or stand in their place there. */
export async function messagesOf(
  { db }: Scope,
  customerId: CustomerId,
  chatId: number,
): Promise<readonly number[]> {
  const rows = await db
    .selectFrom("links")
    .select("copy_message as id")
    .where("customer_id", "=", customerId)
    .where("copy_chat", "=", chatId)
    .union((eb) =>
      eb
        .selectFrom("links")
        .select("origin_message as id")
        .where("customer_id", "=", customerId)
        .where("origin_chat", "=", chatId),
    )
    .union((eb) =>
      eb
        .selectFrom("cards")
        .select("message_id as id")
        .where("customer_id", "=", customerId)
        .where("chat_id", "=", chatId),
    )
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

async function hasOpenTicket({ db }: Scope, customerId: CustomerId): Promise<boolean> {
  const open = await db
    .selectFrom("tickets")
    .select("number")
    .where("customer_id", "=", customerId)
    .where("status", "<>", sql.lit("closed"))
    .executeTakeFirst();
  return open !== undefined;
}

/** Closed tickets and what was promised for them still count, and name nobody. */
async function forgetTickets({ db, now }: Scope, customerId: CustomerId): Promise<void> {
  const closed = db
    .selectFrom("tickets")
    .select("number")
    .where("customer_id", "=", customerId)
    .where("status", "=", sql.lit("closed"));
  await db
    .updateTable("promises")
    .set({ state: "dropped", settled_at: now() })
    .where("ticket", "in", closed)
    .where("state", "=", PENDING)
    .execute();
  await db
    .updateTable("promises")
    .set({ customer_id: null })
    .where("customer_id", "=", customerId)
    .where("state", "<>", PENDING)
    .execute();
  await db
    .updateTable("tickets")
    .set({ customer_id: null, asked: "", comment: null })
    .where("customer_id", "=", customerId)
    .where("status", "=", sql.lit("closed"))
    .execute();
}

const quoting = z.looseObject({
  message: z.looseObject({ reply_to_message: z.looseObject({ message_id: z.int() }) }),
});

/**
 * Of updates that were given up only the number stays. An agent's holds the customer's words too where it answers
 * them: Telegram puts what is replied to into the reply.
 */
async function forgetUpdates(scope: Scope, customerId: CustomerId): Promise<void> {
  const { db } = scope;
  const blank = { payload: "", error: "forgotten" };
  // Kept to know the update when it comes again; whose it was needn't be.
  await db
    .updateTable("inbox")
    .set({ queue: "" })
    .where("queue", "=", String(customerId))
    .where("state", "=", DONE)
    .execute();
  await db
    .updateTable("inbox")
    .set(blank)
    .where("queue", "=", String(customerId))
    .where("state", "=", DEAD)
    .execute();
  const place = await topic(scope, customerId);
  if (place === undefined) return;
  const { staffChatId, threadId } = place;
  await db
    .updateTable("inbox")
    .set(blank)
    .where("queue", "=", `${staffChatId}:${threadId}`)
    .where("state", "=", DEAD)
    .execute();
  const inGroup = await db
    .selectFrom("inbox")
    .select(["bot_id", "update_id", "payload"])
    .where("queue", "=", `${staffChatId}`)
    .where("state", "=", DEAD)
    .execute();
  if (inGroup.length === 0) return;
  const theirs = new Set(await messagesOf(scope, customerId, staffChatId));
  for (const { bot_id, update_id, payload } of inGroup)
    if (theirs.has(repliedTo(payload) ?? 0))
      await db
        .updateTable("inbox")
        .set(blank)
        .where("bot_id", "=", bot_id)
        .where("update_id", "=", update_id)
        .execute();
}

function repliedTo(payload: string): number | undefined {
  try {
    return quoting.parse(JSON.parse(payload)).message.reply_to_message.message_id;
  } catch {
    return undefined;
  }
}
