import type { ExpressionBuilder } from "kysely";
import type { CustomerId } from "../desk/types.ts";
import type { MessageRef } from "../dialogue/types.ts";
import type { Scope, Tables } from "./schema.ts";

export async function link(
  { db, now }: Scope,
  customerId: CustomerId,
  origin: MessageRef,
  copy: MessageRef,
): Promise<void> {
  // A message belongs to one conversation. One that seems to belong to another bears a number that a migrated
  // group has given out anew, and what is sent in answer to it must not reach that other customer.
  await db
    .deleteFrom("links")
    .where("customer_id", "<>", customerId)
    .where((eb) =>
      eb.or(
        [origin, copy].flatMap(({ chatId, messageId }) => [
          eb.and({ origin_chat: chatId, origin_message: messageId }),
          eb.and({ copy_chat: chatId, copy_message: messageId }),
        ]),
      ),
    )
    .execute();
  await db
    .insertInto("links")
    .values({
      customer_id: customerId,
      origin_chat: origin.chatId,
      origin_message: origin.messageId,
      copy_chat: copy.chatId,
      copy_message: copy.messageId,
      at: now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function counterparts(
  { db }: Scope,
  { chatId, messageId }: MessageRef,
): Promise<readonly MessageRef[]> {
  return await db
    .selectFrom("links")
    .select(["copy_chat as chatId", "copy_message as messageId"])
    .where("origin_chat", "=", chatId)
    .where("origin_message", "=", messageId)
    .union((eb) =>
      eb
        .selectFrom("links")
        .select(["origin_chat as chatId", "origin_message as messageId"])
        .where("copy_chat", "=", chatId)
        .where("copy_message", "=", messageId),
    )
    .orderBy("chatId")
    .orderBy("messageId")
    .execute();
}

/** Where the new group has given out a message's number already, the new message keeps it. */
export async function moveLinks({ db }: Scope, from: number, to: number): Promise<void> {
  await db
    .deleteFrom("links")
    .where("origin_chat", "=", from)
    .where("origin_message", "in", (eb) => takenIn(eb, to))
    .execute();
  await db
    .deleteFrom("links")
    .where("copy_chat", "=", from)
    .where("copy_message", "in", (eb) => takenIn(eb, to))
    .execute();
  await db.updateTable("links").set({ origin_chat: to }).where("origin_chat", "=", from).execute();
  await db.updateTable("links").set({ copy_chat: to }).where("copy_chat", "=", from).execute();
}

const takenIn = (eb: ExpressionBuilder<Tables, "links">, chat: number) =>
  eb
    .selectFrom("links as l")
    .select("l.origin_message as message")
    .where("l.origin_chat", "=", chat)
    .unionAll(
      eb.selectFrom("links as m").select("m.copy_message as message").where("m.copy_chat", "=", chat),
    );
