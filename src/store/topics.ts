import type { CustomerId } from "../desk/types.ts";
import type { MessageRef } from "../dialogue/types.ts";
import { moveLinks } from "./links.ts";
import { lockOut } from "./locks.ts";
import { readTopic } from "./rows.ts";
import { PENDING, type Scope } from "./schema.ts";
import type { Topic } from "./types.ts";

export async function topic({ db }: Scope, customerId: CustomerId): Promise<Topic | undefined> {
  const row = await db
    .selectFrom("topics")
    .selectAll()
    .where("customer_id", "=", customerId)
    .executeTakeFirst();
  return row && readTopic(row);
}

export async function saveTopic({ db }: Scope, topic: Topic): Promise<void> {
  const columns = {
    staff_chat_id: topic.staffChatId,
    thread_id: topic.threadId,
    card_message_id: topic.cardMessageId,
  };
  await db
    .insertInto("topics")
    .values({ customer_id: topic.customerId, ...columns })
    .onConflict((conflict) => conflict.column("customer_id").doUpdateSet(columns))
    .execute();
  if (topic.cardMessageId === null) return;
  await db
    .insertInto("cards")
    .values({ chat_id: topic.staffChatId, message_id: topic.cardMessageId, customer_id: topic.customerId })
    .onConflict((conflict) =>
      conflict.columns(["chat_id", "message_id"]).doUpdateSet({ customer_id: topic.customerId }),
    )
    .execute();
}

export async function forgetThread({ db }: Scope, customerId: CustomerId): Promise<void> {
  await db.updateTable("topics").set({ thread_id: null }).where("customer_id", "=", customerId).execute();
}

export async function customerOfThread(
  { db }: Scope,
  staffChatId: number,
  threadId: number,
): Promise<CustomerId | undefined> {
  const row = await db
    .selectFrom("topics")
    .select("customer_id")
    .where("staff_chat_id", "=", staffChatId)
    .where("thread_id", "=", threadId)
    .executeTakeFirst();
  return row?.customer_id;
}

export async function customerOfMessage(
  { db }: Scope,
  { chatId, messageId }: MessageRef,
): Promise<CustomerId | undefined> {
  const row = await db
    .selectFrom("links")
    .select("customer_id")
    .where("copy_chat", "=", chatId)
    .where("copy_message", "=", messageId)
    .unionAll((eb) =>
      eb
        .selectFrom("links")
        .select("customer_id")
        .where("origin_chat", "=", chatId)
        .where("origin_message", "=", messageId),
    )
    .unionAll((eb) =>
      eb
        .selectFrom("cards")
        .select("customer_id")
        .where("chat_id", "=", chatId)
        .where("message_id", "=", messageId),
    )
    .unionAll((eb) =>
      eb
        .selectFrom("held")
        .select((held) => held.ref("customer_id").$notNull().as("customer_id"))
        .where("chat_id", "=", chatId)
        .where("message_id", "=", messageId)
        .where("customer_id", "is not", null),
    )
    .limit(1)
    .executeTakeFirst();
  return row?.customer_id;
}

/** Every row that names a group follows it to its new id, messages still to be sent included. */
export async function migrateChat(scope: Scope, from: number, to: number): Promise<void> {
  const { db } = scope;
  await lockOut(scope);
  await db.updateTable("topics").set({ staff_chat_id: to }).where("staff_chat_id", "=", from).execute();
  await db.updateTable("transcript").set({ ref_chat: to }).where("ref_chat", "=", from).execute();
  await db.updateTable("held").set({ chat_id: to }).where("chat_id", "=", from).execute();
  await moveCards(scope, from, to);
  await moveLinks(scope, from, to);
  const rows = await db
    .selectFrom("outbox")
    .select(["id", "message"])
    .where("state", "=", PENDING)
    .where("message", "like", `%"chatId":${from}%`)
    .execute();
  for (const { id, message } of rows)
    await db
      .updateTable("outbox")
      .set({ message: message.replaceAll(new RegExp(`"chatId":${from}(?=[,}])`, "gu"), `"chatId":${to}`) })
      .where("id", "=", id)
      .execute();
}

async function moveCards({ db }: Scope, from: number, to: number): Promise<void> {
  await db
    .deleteFrom("cards")
    .where("chat_id", "=", from)
    .where("message_id", "in", (eb) => eb.selectFrom("cards").select("message_id").where("chat_id", "=", to))
    .execute();
  await db.updateTable("cards").set({ chat_id: to }).where("chat_id", "=", from).execute();
}
