import { sql } from "kysely";
import type { CustomerId } from "../desk/types.ts";
import { forgetHeld } from "./held.ts";
import { readOutgoing } from "./json.ts";
import { queueOf } from "./outbox.ts";
import { forgetReminders } from "./reminders.ts";
import { DEAD, PENDING, type Scope } from "./schema.ts";

/**
 * Deletes what a customer wrote and who they are (promise 6). Closed tickets and their promises stay and name
 * nobody. What stays of the customer is the bare id, as long as the staff group's topic goes with it, and an open
 * ticket: somebody is still to answer it.
 */
export async function forget(scope: Scope, customerId: CustomerId): Promise<void> {
  const { db } = scope;
  await forgetReminders(scope, customerId);
  await db.deleteFrom("transcript").where("customer_id", "=", customerId).execute();
  await forgetHeld(scope, customerId);
  await db.deleteFrom("links").where("customer_id", "=", customerId).execute();
  await db.deleteFrom("outbox").where("customer_id", "=", customerId).where("state", "=", DEAD).execute();
  await db
    .updateTable("inbox")
    .set({ payload: "" })
    .where("queue", "=", String(customerId))
    .where("state", "=", DEAD)
    .execute();
  await db
    .updateTable("customers")
    .set({ name: "", username: null, conversation: null })
    .where("id", "=", customerId)
    .execute();

  const open = await db
    .selectFrom("tickets")
    .select("number")
    .where("customer_id", "=", customerId)
    .where("status", "<>", sql.lit("closed"))
    .executeTakeFirst();
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
  if (open) return;
  await db.deleteFrom("cards").where("customer_id", "=", customerId).execute();
  // Words on their way to the staff group stop here; what tells the group about the topic itself goes on.
  const onTheWay = await db
    .selectFrom("outbox")
    .select(["id", "message"])
    .where("queue", "=", queueOf({ kind: "topic", customerId }))
    .where("state", "=", PENDING)
    .execute();
  const words = onTheWay.filter(({ message }) => !isAboutTopic(message)).map(({ id }) => id);
  if (words.length > 0) await db.deleteFrom("outbox").where("id", "in", words).execute();
}

function isAboutTopic(stored: string): boolean {
  const read = readOutgoing(stored);
  return "message" in read && read.message.kind.startsWith("topic.");
}
