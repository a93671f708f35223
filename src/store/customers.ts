import { sql } from "kysely";
import { CASE_LINE, type Customer, type CustomerId, type TranscriptLine } from "../desk/types.ts";
import type { Conversation, Snapshot, Stored } from "../dialogue/types.ts";
import { readConversation } from "./json.ts";
import { lock } from "./locks.ts";
import { remindersOf } from "./reminders.ts";
import { readCustomer, readLine } from "./rows.ts";
import type { Scope } from "./schema.ts";
import { agentServing, nextTicket, ticketOf, waitingAhead } from "./tickets.ts";

export async function snapshot(scope: Scope, customerId: CustomerId, recentLines: number): Promise<Snapshot> {
  const row = await lockedRow(scope, customerId);
  // First: whoever opens a ticket after this takes the number, so that the place read with it is still right where it's free.
  const number = await nextTicket(scope);
  const ticket = row ? await ticketOf(scope, customerId) : null;
  const conversation = readConversation(row?.conversation ?? null);
  const reminders = row ? await remindersOf(scope, customerId) : [];
  return {
    customer: readCustomer(row, customerId),
    conversation,
    ticket,
    waitingAhead: await waitingAhead(scope, ticket),
    ...(ticket?.status === "waiting" ? { waiting: await waitingAhead(scope, null) } : {}),
    ...(ticket?.status === "closed" && ticket.agent !== null
      ? { agentServing: await agentServing(scope, ticket.agent.id) }
      : {}),
    nextTicket: number,
    ...(reminders.length > 0 ? { reminders } : {}),
    ...(conversation?.logged === true ? { caseLog: await caseLogOf(scope, customerId) } : {}),
    recent: row ? await linesBehind(scope, customerId, recentLines) : [],
  };
}

/** The customer, who is this transaction's until it ends; so is one who is new. */
async function lockedRow(scope: Scope, customerId: CustomerId) {
  const look = () =>
    scope.db
      .selectFrom("customers")
      .selectAll()
      .where("id", "=", customerId)
      .$if(scope.rowLocks, (query) => query.forUpdate())
      .executeTakeFirst();
  const row = await look();
  if (row !== undefined || !scope.rowLocks) return row;
  await lock(scope, customerId);
  return look();
}

/** How much is kept of a customer. */
export async function storedOf({ db }: Scope, customerId: CustomerId): Promise<Stored> {
  const spoken = await db
    .selectFrom("transcript")
    .select((q) => [
      q.fn.countAll<number>().as("all"),
      q.fn.countAll<number>().filterWhere("speaker", "=", sql.lit("note")).as("notes"),
    ])
    .where("customer_id", "=", customerId)
    .executeTakeFirstOrThrow();
  const { tickets } = await db
    .selectFrom("tickets")
    .select((q) => q.fn.countAll<number>().as("tickets"))
    .where("customer_id", "=", customerId)
    .executeTakeFirstOrThrow();
  return { lines: spoken.all - spoken.notes, notes: spoken.notes, tickets };
}

/** As many messages from before the last lines a new ticket brings along. */
const BROUGHT = 50;

/**
 * The last lines; and before them, where none of them belongs to a ticket, what the customer sent since their last
 * one that no words can quote: a ticket opened now brings it along.
 */
async function linesBehind(
  scope: Scope,
  customerId: CustomerId,
  limit: number,
): Promise<readonly TranscriptLine[]> {
  const last = await recentLinesOf(scope, customerId, limit);
  if (limit <= 0 || last.length < limit || last.some(({ ticket }) => ticket !== null)) return last;
  const rows = await scope.db
    .selectFrom("transcript as sent")
    .selectAll()
    .where("sent.customer_id", "=", customerId)
    .where("sent.speaker", "=", sql.lit("customer"))
    .where("sent.kind", "<>", sql.lit("text"))
    .where("sent.ref_message", "is not", null)
    .where("sent.id", ">", (eb) =>
      eb
        .selectFrom("transcript as served")
        .select((s) => s.fn.coalesce(s.fn.max("served.id"), sql.lit(0)).as("id"))
        .where("served.customer_id", "=", customerId)
        .where("served.ticket", "is not", null),
    )
    .orderBy("sent.id", "desc")
    .limit(BROUGHT)
    .execute();
  const known = new Set(last.map(({ ref }) => ref?.messageId));
  const earlier = rows.reverse().map(readLine);
  return [...earlier.filter(({ ref }) => !known.has(ref?.messageId)), ...last];
}

/** Writes who the customer is and where the conversation stands. */
export async function saveCustomer(
  { db }: Scope,
  customer: Customer,
  conversation: Conversation,
  now: number,
): Promise<void> {
  const columns = {
    name: customer.name,
    username: customer.username,
    blocked: customer.blocked ? 1 : 0,
    banned: customer.banned ? 1 : 0,
    conversation: JSON.stringify(conversation),
    seen_at: now,
  };
  await db
    .insertInto("customers")
    .values({ id: customer.id, first_seen_at: now, ...columns })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(columns))
    .execute();
}

export async function writeLines(
  { db }: Scope,
  customerId: CustomerId,
  lines: readonly TranscriptLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await db
    .insertInto("transcript")
    .values(
      lines.map(({ ref, at, speaker, name, kind, text, ticket, file, album }) => ({
        customer_id: customerId,
        at,
        speaker,
        name,
        kind,
        text,
        ticket,
        ref_chat: ref?.chatId ?? null,
        ref_message: ref?.messageId ?? null,
        file_id: file ?? null,
        album_id: album ?? null,
      })),
    )
    .execute();
}

/** Everything said with a customer, oldest first. */
export async function transcript({ db }: Scope, customerId: CustomerId): Promise<readonly TranscriptLine[]> {
  const rows = await db
    .selectFrom("transcript")
    .selectAll()
    .where("customer_id", "=", customerId)
    .orderBy("id")
    .execute();
  return rows.map(readLine);
}

/** The entries of a customer's case log, oldest first. */
async function caseLogOf({ db }: Scope, customerId: CustomerId): Promise<readonly TranscriptLine[]> {
  const rows = await db
    .selectFrom("transcript")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("kind", "=", CASE_LINE)
    .orderBy("id")
    .execute();
  return rows.map(readLine);
}

/** The last lines of a customer's transcript, oldest first. */
export async function recentLinesOf(
  { db }: Scope,
  customerId: CustomerId,
  limit: number,
): Promise<readonly TranscriptLine[]> {
  if (limit <= 0) return [];
  const rows = await db
    .selectFrom("transcript")
    .selectAll()
    .where("customer_id", "=", customerId)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.reverse().map(readLine);
}
