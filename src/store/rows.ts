import type { Selectable } from "kysely";
import { z } from "zod";
import type { Canned, CountedTicket, KnownAgent, QueueEntry, SettledPromise } from "../desk/facts.ts";
import type { Customer, CustomerId, Ticket, TranscriptLine } from "../desk/types.ts";
import type { Reminder } from "../dialogue/downgrade/reminder.ts";
import type { Address, Lane, PromiseKind } from "../dialogue/types.ts";
import { INTENT_IDS } from "../knowledge/types.ts";
import { readAbout, readOutgoing } from "./json.ts";
import type { Tables } from "./schema.ts";
import type { Delivery, DuePromise, InboxRow, Topic } from "./types.ts";

// SQLite keeps whatever is put into a column, so no row is believed. A value that can't be right becomes the
// one that costs the customer least; a delivery that can't be read becomes a dead letter.

type Row<T extends keyof Tables> = Selectable<Tables[T]>;

/** Lanes by rank: the outbox holds the index. */
const LANES = ["human", "relay", "answer", "notice"] as const satisfies readonly Lane[];
export const rankOf = (lane: Lane): number => LANES.indexOf(lane);

const count = z.int().nonnegative().catch(0);
const time = z.int().catch(0);
const text = z.string().catch("");
const textOrNull = z.string().nullable().catch(null);
const intOrNull = z.int().nullable().catch(null);

const customerRow = z.object({
  id: z.int(),
  name: text,
  username: textOrNull,
  blocked: z.unknown().transform((value) => value === 1),
  banned: z.unknown().transform((value) => value === 1),
});

/** A customer's row; one with an empty name where there's none yet. */
export function readCustomer(row: Row<"customers"> | undefined, id: CustomerId): Customer {
  if (!row) return { id, name: "", username: null, blocked: false };
  const { banned, ...customer } = customerRow.parse(row);
  return banned ? { ...customer, banned } : customer;
}

const ticketRow = z.object({
  number: z.int(),
  customer_id: z.int(),
  status: z.enum(["waiting", "serving", "closed"]).catch("waiting"),
  reason: z.enum(["asked", "missed_twice", "asked_thrice", "button", "command", "repair"]).catch("asked"),
  asked: text,
  about: z.enum(INTENT_IDS).nullable().catch(null),
  opened_at: time,
  agent_id: intOrNull,
  agent_name: text,
  claimed_at: intOrNull,
  first_reply_at: intOrNull,
  closed_at: intOrNull,
  closed_by: z.enum(["agent", "customer"]).nullable().catch(null),
  score: z.int().min(1).max(5).nullable().catch(null),
  comment: textOrNull,
});

/** With `agent_username` its agent can be called out. */
export function readTicket(row: Row<"tickets"> & { agent_username?: string | null }): Ticket {
  const read = ticketRow.parse(row);
  const username = textOrNull.parse(row.agent_username ?? null);
  return {
    number: read.number,
    customerId: read.customer_id,
    status: read.status,
    reason: read.reason,
    asked: read.asked,
    about: read.about,
    openedAt: read.opened_at,
    agent:
      read.agent_id === null
        ? null
        : { id: read.agent_id, name: read.agent_name, ...(username === null ? {} : { username }) },
    claimedAt: read.claimed_at,
    firstReplyAt: read.first_reply_at,
    closedAt: read.closed_at,
    closedBy: read.closed_by,
    score: read.score,
    comment: read.comment,
  };
}

export function ticketColumns(ticket: Ticket) {
  return {
    number: ticket.number,
    customer_id: ticket.customerId,
    status: ticket.status,
    reason: ticket.reason,
    asked: ticket.asked,
    about: ticket.about,
    opened_at: ticket.openedAt,
    agent_id: ticket.agent?.id ?? null,
    agent_name: ticket.agent?.name ?? null,
    claimed_at: ticket.claimedAt,
    first_reply_at: ticket.firstReplyAt,
    closed_at: ticket.closedAt,
    closed_by: ticket.closedBy,
    score: ticket.score,
    comment: ticket.comment,
  } satisfies Row<"tickets">;
}

const lineRow = z.object({
  at: time,
  speaker: z.enum(["customer", "bot", "agent", "note"]).catch("note"),
  name: textOrNull,
  kind: text,
  text,
  ticket: intOrNull,
  ref_chat: intOrNull,
  ref_message: intOrNull,
  file_id: textOrNull,
  album_id: textOrNull,
});

export function readLine(row: Row<"transcript">): TranscriptLine {
  const read = lineRow.parse(row);
  const { ref_chat: chatId, ref_message: messageId, file_id: file, album_id: album, ...line } = read;
  return {
    ...line,
    ref: chatId === null || messageId === null ? null : { chatId, messageId },
    ...(file === null ? {} : { file }),
    ...(album === null ? {} : { album }),
  };
}

const inboxRow = z.object({
  update_id: z.int(),
  queue: text,
  payload: text,
  received_at: time,
  attempts: count,
});

export function readUpdate(row: Row<"inbox">): InboxRow {
  const read = inboxRow.parse(row);
  return {
    updateId: read.update_id,
    queue: read.queue,
    payload: read.payload,
    receivedAt: read.received_at,
    attempts: read.attempts,
  };
}

const deliveryRow = z.object({
  id: z.int(),
  queue: z.string(),
  lane: z.unknown().transform((rank): Lane => LANES.find((_, index) => index === rank) ?? "notice"),
  to_kind: z.enum(["customer", "topic", "oncall", "general"]),
  to_id: z.int(),
  message: z.string(),
  customer_id: z.int(),
  attempts: count,
  created_at: time,
});

/** A delivery, or why it can never be made. */
export function readDelivery(row: Row<"outbox">): Delivery | { readonly error: string } {
  const result = deliveryRow.safeParse(row);
  if (!result.success)
    return { error: `unreadable row: ${result.error.issues.map((i) => i.path.join(".")).join(", ")}` };
  const read = result.data;
  const outgoing = readOutgoing(read.message);
  if ("error" in outgoing) return outgoing;
  return {
    id: read.id,
    queue: read.queue,
    to: address(read.to_kind, read.to_id),
    lane: read.lane,
    message: outgoing.message,
    customerId: read.customer_id,
    attempts: read.attempts,
    createdAt: read.created_at,
  };
}

function address(kind: Address["kind"], id: number): Address {
  switch (kind) {
    case "customer":
    case "topic":
      return { kind, customerId: id };
    case "oncall":
      return { kind, userId: id };
    case "general":
      return { kind, chatId: id };
  }
}

const PROMISES = [
  "first_reply.warning",
  "first_reply",
  "first_reply.escalation",
  "queue.position",
  "poor_score",
] as const satisfies readonly PromiseKind[];

const promiseRow = z.object({
  id: z.int(),
  customer_id: z.int(),
  // Unknown to this version: the customer was promised something, so let it be the plain one.
  promise: z.enum(PROMISES).catch("first_reply"),
  ticket: z.int(),
  due_at: time,
});

export function readPromise(row: Row<"promises">): DuePromise {
  const read = promiseRow.parse(row);
  return {
    id: read.id,
    customerId: read.customer_id,
    promise: read.promise,
    ticket: read.ticket,
    dueAt: read.due_at,
  };
}

const reminderRow = z.object({
  id: z.int(),
  due_at: time,
  created_at: time,
  state: z.enum(["pending", "fired"]).catch("fired"),
});

/** Undefined where what it is about can't be read: there is nothing to remind of. */
export function readReminder(row: Row<"reminders">): Reminder | undefined {
  const about = readAbout(row.about);
  if (about === undefined) return undefined;
  const { id, due_at: dueAt, created_at: createdAt, state } = reminderRow.parse(row);
  return { id, about, dueAt, createdAt, state };
}

const topicRow = z.object({
  customer_id: z.int(),
  staff_chat_id: z.int(),
  thread_id: intOrNull,
  card_message_id: intOrNull,
});

export function readTopic(row: Row<"topics">): Topic {
  const read = topicRow.parse(row);
  return {
    customerId: read.customer_id,
    staffChatId: read.staff_chat_id,
    threadId: read.thread_id,
    cardMessageId: read.card_message_id,
  };
}

const agentRow = z.object({ id: z.int(), name: text, username: textOrNull, seen_at: time });

export function readAgent(row: Row<"agents">): KnownAgent {
  const { id, name, username, seen_at: seenAt } = agentRow.parse(row);
  return { id, name, seenAt, ...(username === null ? {} : { username }) };
}

const cannedRow = z.object({ name: text, text });

export function readCanned(row: Row<"canned">): Canned {
  return cannedRow.parse(row);
}

const whoseRow = z.object({ customer: text, unanswered_since: intOrNull });

export function readQueueEntry(
  row: Row<"tickets"> & { customer: string; unanswered_since: number | null },
): QueueEntry {
  const { customer, unanswered_since: unansweredSince } = whoseRow.parse(row);
  return { ticket: readTicket(row), customer, unansweredSince };
}

const countedRow = ticketRow.omit({
  customer_id: true,
  asked: true,
  agent_id: true,
  agent_name: true,
  claimed_at: true,
  comment: true,
});

/** A ticket as far as it is counted: whose it was, and what they said, isn't looked at. */
export function readCounted(row: unknown): CountedTicket {
  const {
    opened_at: openedAt,
    first_reply_at: firstReplyAt,
    closed_at: closedAt,
    closed_by: closedBy,
    ...rest
  } = countedRow.parse(row);
  return { ...rest, openedAt, firstReplyAt, closedAt, closedBy };
}

const settledRow = z.object({
  state: z.enum(["kept", "missed"]).catch("missed"),
  settled_at: time,
  about: z.enum(INTENT_IDS).nullable().catch(null),
  opened_at: time,
  first_reply_at: intOrNull,
  due_at: time,
});

export function readSettled(row: unknown): SettledPromise {
  const read = settledRow.parse(row);
  return {
    outcome: read.state,
    settledAt: read.settled_at,
    about: read.about,
    openedAt: read.opened_at,
    firstReplyAt: read.first_reply_at,
    dueAt: read.due_at,
  };
}
