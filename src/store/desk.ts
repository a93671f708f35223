import { sql } from "kysely";
import type { DeskFacts, DeskRecord, QueueEntry } from "../desk/facts.ts";
import type { Agent, CustomerId, TranscriptLine } from "../desk/types.ts";
import type { MessageRef } from "../dialogue/types.ts";
import { agents, cannedReplies } from "./agents.ts";
import { recentLinesOf } from "./customers.ts";
import { heldCounts } from "./held.ts";
import { readCounted, readLine, readQueueEntry, readSettled, readTicket } from "./rows.ts";
import type { Scope } from "./schema.ts";

/** How much of a customer's past an agent's command can see. */
const TICKETS = 10;
const LINES = 20;

/**
 * What an agent's command about a customer is answered from.
 * @param said the agent's message that is meant; null for the last one they wrote
 */
export async function deskFacts(
  scope: Scope,
  customerId: CustomerId,
  { agent, said }: { agent: Agent; said: MessageRef | null },
): Promise<DeskFacts> {
  const tickets = await scope.db
    .selectFrom("tickets")
    .selectAll()
    .where("customer_id", "=", customerId)
    .orderBy("number", "desc")
    .limit(TICKETS)
    .execute();
  const meant = await lineOf(scope, customerId, agent, said);
  return {
    agents: await agents(scope),
    canned: await cannedReplies(scope),
    tickets: tickets.map(readTicket),
    lines: await recentLinesOf(scope, customerId, LINES),
    said: meant,
    saidTogether: meant?.album === undefined ? [] : await partsOf(scope, customerId, meant.album),
  };
}

async function partsOf({ db }: Scope, customerId: CustomerId, album: string): Promise<TranscriptLine[]> {
  const rows = await db
    .selectFrom("transcript")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("speaker", "=", sql.lit("agent"))
    .where("album_id", "=", album)
    .where("ref_message", "is not", null)
    .orderBy("id")
    .execute();
  return rows.map(readLine);
}

/** What was withdrawn once has a note that says so, and isn't meant again. */
async function lineOf(
  { db }: Scope,
  customerId: CustomerId,
  agent: Agent,
  ref: MessageRef | null,
): Promise<TranscriptLine | null> {
  const row = await db
    .selectFrom("transcript as said")
    .selectAll("said")
    .where("said.customer_id", "=", customerId)
    .where("said.speaker", "=", sql.lit("agent"))
    .where("said.ref_message", "is not", null)
    .$if(ref !== null, (query) =>
      query.where("said.ref_chat", "=", ref?.chatId ?? 0).where("said.ref_message", "=", ref?.messageId ?? 0),
    )
    .$if(ref === null, (query) => query.where("said.name", "=", agent.name))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("transcript as note")
            .select("note.id")
            .where("note.customer_id", "=", customerId)
            .where("note.kind", "=", "withdrawn")
            .whereRef("note.ref_chat", "=", "said.ref_chat")
            .whereRef("note.ref_message", "=", "said.ref_message"),
        ),
      ),
    )
    .orderBy("said.id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? readLine(row) : null;
}

/** Waiting and serving tickets, first come first, with whose they are. */
export async function deskQueue({ db }: Scope): Promise<readonly QueueEntry[]> {
  const rows = await db
    .selectFrom("tickets")
    .innerJoin("customers", "customers.id", "tickets.customer_id")
    .selectAll("tickets")
    .select("customers.name as customer")
    .select((eb) =>
      eb
        .selectFrom("transcript as asked")
        .select((t) => t.fn.min("asked.at").as("at"))
        .whereRef("asked.ticket", "=", "tickets.number")
        .whereRef("asked.customer_id", "=", "tickets.customer_id")
        .where("asked.speaker", "=", sql.lit("customer"))
        .where("asked.id", ">", (t) =>
          t
            .selectFrom("transcript as said")
            .select((s) => s.fn.coalesce(s.fn.max("said.id"), sql.lit(0)).as("id"))
            .whereRef("said.customer_id", "=", "tickets.customer_id")
            .where("said.speaker", "=", sql.lit("agent")),
        )
        .as("unanswered_since"),
    )
    .where("tickets.status", "<>", sql.lit("closed"))
    .orderBy("tickets.number")
    .execute();
  return rows.map(readQueueEntry);
}

/** What was opened, closed, promised and held since a time (epoch ms); forgotten customers' still count. */
export async function deskRecord(scope: Scope, since: number): Promise<DeskRecord> {
  const { db } = scope;
  const tickets = await db
    .selectFrom("tickets")
    .select(["number", "status", "reason", "about", "score"])
    .select(["opened_at", "first_reply_at", "closed_at", "closed_by"])
    .where((eb) => eb.or([eb("opened_at", ">=", since), eb("closed_at", ">=", since)]))
    .orderBy("number")
    .execute();
  const promises = await db
    .selectFrom("promises")
    .innerJoin("tickets", "tickets.number", "promises.ticket")
    .select(["promises.state", "promises.settled_at", "promises.due_at"])
    .select(["tickets.about", "tickets.opened_at", "tickets.first_reply_at"])
    .where("promises.promise", "=", "first_reply")
    .where("promises.state", "in", ["kept", "missed"])
    .where("promises.settled_at", ">=", since)
    .orderBy("promises.id")
    .execute();
  return {
    tickets: tickets.map(readCounted),
    promises: promises.map(readSettled),
    held: await heldCounts(scope, since),
  };
}
