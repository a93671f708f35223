import type { Selectable } from "kysely";
import { sql } from "kysely";
import { z } from "zod";
import type { HeldCount } from "../desk/facts.ts";
import type { CustomerId } from "../desk/types.ts";
import type { HeldMessage } from "../dialogue/agent/held.ts";
import type { Content, Effect } from "../dialogue/types.ts";
import type { Scope, Tables } from "./schema.ts";

/** As many of a customer's held messages as one agent's act can see. */
const SEEN = 50;

/** Held already, it keeps its row and takes the new words. */
export async function keepHeld(
  { db }: Scope,
  customerId: CustomerId,
  { held }: Extract<Effect, { kind: "held.keep" }>,
  now: number,
): Promise<void> {
  const columns = {
    content: JSON.stringify(held.content),
    phrase: held.phrase,
    agent_id: held.agent.id,
    agent_name: held.agent.name,
  };
  await db
    .insertInto("held")
    .values({
      customer_id: customerId,
      ticket: held.ticket,
      chat_id: held.ref.chatId,
      message_id: held.ref.messageId,
      way: held.way,
      reply_chat: held.replyTo?.chatId ?? null,
      reply_message: held.replyTo?.messageId ?? null,
      at: now,
      outcome: PENDING,
      ...columns,
    })
    .onConflict((conflict) =>
      conflict.columns(["chat_id", "message_id"]).where("outcome", "=", PENDING).doUpdateSet(columns),
    )
    .execute();
}

/** Only that it was held, why, and what became of it is kept; the words themselves are with the customer, or nowhere. */
export async function settleHeld(
  { db }: Scope,
  { ref, outcome }: Extract<Effect, { kind: "held.settle" }>,
  now: number,
): Promise<void> {
  await db
    .updateTable("held")
    .set({ outcome, settled_at: now, content: "" })
    .where("chat_id", "=", ref.chatId)
    .where("message_id", "=", ref.messageId)
    .where("outcome", "in", [PENDING, DROPPED])
    .execute();
}

/** A customer's held messages that were not sent, those that wait first, then the newest first. */
export async function heldOf({ db }: Scope, customerId: CustomerId): Promise<readonly HeldMessage[]> {
  const rows = await db
    .selectFrom("held")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("outcome", "in", [PENDING, DROPPED])
    .orderBy((eb) => eb.case().when("outcome", "=", PENDING).then(sql.lit(0)).else(sql.lit(1)).end())
    .orderBy("id", "desc")
    .limit(SEEN)
    .execute();
  return rows.flatMap((row) => readHeld(row) ?? []);
}

/** What was held since a time (epoch ms); of an album only the part with the words. */
export async function heldCounts({ db }: Scope, since: number): Promise<readonly HeldCount[]> {
  const rows = await db
    .selectFrom("held")
    .select(["at", "outcome"])
    .where("at", ">=", since)
    .where("phrase", "is not", null)
    .orderBy("id")
    .execute();
  return rows.map((row) => countRow.parse(row));
}

/** Deletes the words and whose they were for; that something was held still counts. */
export async function forgetHeld({ db }: Scope, customerId: CustomerId): Promise<void> {
  await db
    .updateTable("held")
    .set((eb) => ({
      customer_id: null,
      content: "",
      phrase: eb.case().when("phrase", "is", null).then(null).else("").end(),
      outcome: eb.case().when("outcome", "=", PENDING).then(DROPPED).else(eb.ref("outcome")).end(),
    }))
    .where("customer_id", "=", customerId)
    .execute();
}

const PENDING = sql.lit("pending" as const);
const DROPPED = sql.lit("dropped" as const);

const countRow = z.object({
  at: z.int().catch(0),
  // Of a row that can't be read, only that it was held is sure.
  outcome: z.enum(["pending", "sent", "changed", "dropped"]).catch("pending"),
});

const content: z.ZodType<Content> = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("text"), text: z.string() }),
  z.looseObject({
    kind: z.literal("media"),
    media: z.string(),
    caption: z.string(),
    album: z.string().nullable(),
  }),
  z.looseObject({ kind: z.literal("location"), latitude: z.number(), longitude: z.number() }),
  z.looseObject({ kind: z.literal("contact"), phone: z.string(), name: z.string() }),
]);

const heldRow = z.object({
  ticket: z.int(),
  chat_id: z.int(),
  message_id: z.int(),
  agent_id: z.int(),
  agent_name: z.string().catch(""),
  way: z.enum(["message", "edit"]),
  content: z.string(),
  reply_chat: z.int().nullable().catch(null),
  reply_message: z.int().nullable().catch(null),
  phrase: z.string().nullable().catch(""),
  outcome: z.enum(["pending", "dropped"]),
});

/** A held message; undefined where it can't be read: then there is nothing that could be sent. */
function readHeld(row: Selectable<Tables["held"]>): HeldMessage | undefined {
  const parsed = heldRow.safeParse(row);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const said = data.outcome === "dropped" ? NOTHING : readContent(data.content);
  if (said === undefined) return undefined;
  const { reply_chat: replyChat, reply_message: replyMessage } = data;
  return {
    ref: { chatId: data.chat_id, messageId: data.message_id },
    agent: { id: data.agent_id, name: data.agent_name },
    content: said,
    replyTo:
      replyChat === null || replyMessage === null ? null : { chatId: replyChat, messageId: replyMessage },
    way: data.way,
    phrase: data.phrase,
    ticket: data.ticket,
    state: data.outcome,
  };
}

const NOTHING: Content = { kind: "text", text: "" };

function readContent(text: string): Content | undefined {
  try {
    return content.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
