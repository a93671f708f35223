import type { Canned, DeskFacts, DeskRecord, KnownAgent, QueueEntry } from "../desk/facts.ts";
import type { CustomerRecord } from "../desk/transcript.ts";
import type { Agent, CustomerId, TicketNumber, TranscriptLine } from "../desk/types.ts";
import type { HeldMessage } from "../dialogue/agent/held.ts";
import type { ReminderId } from "../dialogue/downgrade/reminder.ts";
import type {
  Address,
  Decision,
  Effect,
  Lane,
  MessageRef,
  Outgoing,
  PromiseKind,
  Snapshot,
  Stored,
} from "../dialogue/types.ts";

/**
 * Whose turn to be decided comes first: who asks for a person, and agents; then customers with an open ticket, whom
 * the store knows; then the rest. A chat keeps its order: all of its earlier updates go before its urgent one.
 */
export type InboxLane = "person" | "rest";

/** A Telegram update, kept until its consequences are committed. */
export interface NewUpdate {
  readonly updateId: number;
  /** Updates with one key are handled in order: the chat's id, or the update's own where it has no chat. */
  readonly queue: string;
  readonly lane: InboxLane;
  /** The update as Telegram sent it (JSON). */
  readonly payload: string;
  readonly receivedAt: number;
}
export interface InboxRow extends Omit<NewUpdate, "lane"> {
  readonly attempts: number;
}

/** A message waiting to be sent. */
export interface Delivery {
  readonly id: number;
  /** Deliveries with one key are sent in order of lane, then id. */
  readonly queue: string;
  readonly to: Address;
  readonly lane: Lane;
  readonly message: Outgoing;
  readonly customerId: CustomerId;
  readonly attempts: number;
  readonly createdAt: number;
}

/** A customer's place in the staff group. */
export interface Topic {
  readonly customerId: CustomerId;
  readonly staffChatId: number;
  /** Null in a group without topics. */
  readonly threadId: number | null;
  /** The last card sent, replied to in a group without topics. */
  readonly cardMessageId: number | null;
}

export interface DuePromise {
  readonly id: number;
  readonly customerId: CustomerId;
  readonly promise: PromiseKind;
  readonly ticket: TicketNumber;
  readonly dueAt: number;
}

/** A customer's reminder whose time has come. */
export interface DueReminder {
  readonly id: ReminderId;
  readonly customerId: CustomerId;
}

/** To whom nothing can be sent at the moment. */
export interface Quiet {
  /** Chats that Telegram's limits, or Telegram itself, close for now. */
  readonly chats: readonly number[];
  /** Queues with a message on its way. */
  readonly queues: readonly string[];
  /** `wait`: no staff group takes a customer who hasn't a place in one yet. */
  readonly newTopics: "go" | "wait";
}

/** An update or a message that was given up: kept, and tried again only when asked. */
export interface DeadLetter {
  readonly box: "inbox" | "outbox";
  /** Unique within its box. */
  readonly id: number;
  readonly queue: string;
  readonly customerId: CustomerId | null;
  /** When it came, epoch ms. */
  readonly at: number;
  readonly error: string;
}
export interface DeadLetterIds {
  readonly inbox?: readonly number[];
  readonly outbox?: readonly number[];
}

/** What is older than these times goes; epoch ms. */
export interface Cutoffs {
  /** Lines of transcripts, and customers not seen since. */
  readonly transcript: number;
  /** Who had a ticket closed before, and what they wrote in it. */
  readonly tickets: number;
  /** Telegram's numbers of messages and files. */
  readonly ids: number;
  /** Updates handled and messages sent. */
  readonly finished: number;
}

/** Rows by state, for health and metrics. */
export interface Counts {
  readonly inboxPending: number;
  readonly inboxDead: number;
  readonly outboxPending: number;
  readonly outboxDead: number;
  readonly ticketsWaiting: number;
  readonly ticketsServing: number;
  readonly ticketsClosed: number;
}

/** What can be done within one transaction. */
export interface Tx {
  /** Stores updates, ignoring those already stored, and the offset to poll from next. Returns how many were new. */
  receiveUpdates(updates: readonly NewUpdate[]): Promise<number>;
  /**
   * One past the highest update ever stored; undefined before the first, and after six days without any:
   * Telegram counts anew after a week. Needs the clock that `receivedAt` comes from (`openStore`'s `now`).
   */
  nextOffset(): Promise<number | undefined>;
  /** The first pending update of the queue whose turn it is (`InboxLane`), locked until the transaction ends. */
  nextUpdate(now: number): Promise<InboxRow | undefined>;
  finishUpdate(updateId: number, now: number): Promise<void>;
  /** Put off until `retryAt`, or dead (kept, counted, never tried by itself) when that is null. */
  failUpdate(updateId: number, error: string, retryAt: number | null): Promise<void>;

  /** All that `decide` may know of a customer; for an unknown one, a customer with an empty name. Locks the customer. */
  snapshot(customerId: CustomerId, recentLines: number): Promise<Snapshot>;
  /** Whether a ticket opened now still gets this number, which is then nobody else's until the transaction ends. */
  holdNumber(number: TicketNumber): Promise<boolean>;
  /** How much is kept of a customer: for who asks. */
  storedOf(customerId: CustomerId): Promise<Stored>;
  /** Writes the new state, transcript lines, promises and outbox rows of a decision. */
  apply(decision: Decision, now: number): Promise<void>;

  topic(customerId: CustomerId): Promise<Topic | undefined>;
  saveTopic(topic: Topic): Promise<void>;
  forgetThread(customerId: CustomerId): Promise<void>;
  customerOfThread(staffChatId: number, threadId: number): Promise<CustomerId | undefined>;
  /** The customer whose conversation a message in the staff group belongs to (it is a copy, or the card). */
  customerOfMessage(ref: MessageRef): Promise<CustomerId | undefined>;
  /** A group became a supergroup: every row that names it follows. */
  migrateChat(from: number, to: number): Promise<void>;

  /** Remembers that `copy` carries `origin`, in both directions. */
  link(customerId: CustomerId, origin: MessageRef, copy: MessageRef): Promise<void>;
  /** The counterparts of a message in another chat, whichever of the two was the copy. */
  counterparts(ref: MessageRef): Promise<readonly MessageRef[]>;

  /**
   * First in line of each queue that isn't leased, is due and isn't `quiet`; best lane first. No other sender looks
   * before the transaction ends.
   */
  dueDeliveries(now: number, limit: number, quiet?: Quiet): Promise<readonly Delivery[]>;
  /** Pending deliveries of the same queue and lane right behind this one, oldest first. */
  deliveriesBehind(delivery: Pick<Delivery, "id" | "queue">, limit: number): Promise<readonly Delivery[]>;
  /** A part of the message has arrived: this is what is left of it. */
  shortenDelivery(id: number, rest: Outgoing): Promise<void>;
  /** Queues messages that follow from no event of the customer's. */
  enqueue(
    customerId: CustomerId,
    sends: readonly Extract<Effect, { kind: "send" }>[],
    now: number,
  ): Promise<void>;
  /** Makes all that waits for the staff groups due at once. */
  wakeTopics(now: number): Promise<void>;
  /** Open tickets by the staff group they have their place in; groups with none are left out. */
  openByGroup(): Promise<ReadonlyMap<number, number>>;
  /** Takes back a customer's place in a group, if nothing of theirs is there yet. */
  releasePlace(customerId: CustomerId): Promise<void>;
  /** The newest dead letters of both boxes. */
  deadLetters(limit: number): Promise<readonly DeadLetter[]>;
  /** Makes dead letters pending again, as if never tried. Returns how many there were. */
  retryDead(ids: DeadLetterIds, now: number): Promise<number>;
  /** Takes deliveries until `until` (epoch ms); returns those that nobody else had taken. */
  leaseDeliveries(ids: readonly number[], now: number, until: number): Promise<readonly number[]>;
  /** Pending deliveries of the same queue that carry parts of the album, oldest first. */
  albumDeliveries(queue: string, album: string): Promise<readonly Delivery[]>;
  finishDeliveries(ids: readonly number[], now: number): Promise<void>;
  /** Put off until `retryAt`, or dead when that is null. `countAttempt` false: it waited, nothing was wrong with it. */
  failDelivery(id: number, error: string, retryAt: number | null, countAttempt: boolean): Promise<void>;
  /** Makes the deliveries of a queue due at once (the staff group is back, the customer unblocked the bot). */
  wakeQueue(queue: string, now: number): Promise<void>;
  /** When the next promise or reminder is due; undefined when there's none. */
  nextDueAt(): Promise<number | undefined>;

  /** Somebody has left the queue: the first waiting customers' `queue.position` is due at once. */
  nudgeQueue(now: number): Promise<void>;
  duePromises(now: number, limit: number): Promise<readonly DuePromise[]>;
  dueReminders(now: number, limit: number): Promise<readonly DueReminder[]>;
  /** Waiting and serving tickets, first come first. */
  openTickets(): Promise<readonly NonNullable<Snapshot["ticket"]>[]>;
  transcript(customerId: CustomerId): Promise<readonly TranscriptLine[]>;

  /** Writes what follows from something that is about no one customer. */
  applyDesk(effects: readonly Effect[], now: number): Promise<void>;
  /** Remembers who acts in a staff group, under the name they go by now. */
  rememberAgent(agent: Agent, now: number): Promise<void>;
  /** Everyone who has acted in a staff group, the last seen first. */
  agents(): Promise<readonly KnownAgent[]>;
  /** Replies kept ready, by name. */
  cannedReplies(): Promise<readonly Canned[]>;
  /**
   * What an agent's command about a customer is answered from.
   * @param meant whose command it is, and which of their messages it means; null for their last
   */
  deskFacts(
    customerId: CustomerId,
    meant: { readonly agent: Agent; readonly said: MessageRef | null },
  ): Promise<DeskFacts>;
  /** Waiting and serving tickets, first come first, with whose they are. */
  deskQueue(): Promise<readonly QueueEntry[]>;
  /** A customer's messages from agents that were held and not sent; those that wait come first. */
  heldOf(customerId: CustomerId): Promise<readonly HeldMessage[]>;
  /** What was opened, closed, promised and held since a time (epoch ms). */
  deskRecord(since: number): Promise<DeskRecord>;

  /** Locks the settings. */
  setting(key: string): Promise<string | undefined>;
  saveSetting(key: string, value: string): Promise<void>;
  counts(): Promise<Counts>;

  /** All that the customer may take away as evidence. */
  customerRecord(customerId: CustomerId): Promise<CustomerRecord>;
  /** Messages in a staff group that carry something of the customer's, or stand in their place there. */
  messagesOf(customerId: CustomerId, chatId: number): Promise<readonly number[]>;
  /** Forgets where the customer's messages in the staff group were; the next card gets a new place. */
  forgetPlace(customerId: CustomerId): Promise<void>;
  /**
   * Deletes, or makes nameless, at most `limit` rows that are older than they may get. Returns how many it was;
   * 0 when nothing is left.
   */
  expire(before: Cutoffs, limit: number): Promise<number>;
}

export interface Store {
  /** Where the rows are: a SQLite file of this machine's, or a PostgreSQL server. */
  readonly storage: "file" | "server";
  /**
   * Runs `work` in one transaction: all of it is committed or none. On PostgreSQL others go on beside it; what it
   * reads to change it is locked by the reading (`locks.ts` says what). It is run again where two got in each
   * other's way all the same, so `work` must do nothing outside the transaction.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Gives back what a former run of this process had leased. Only where no other process shares the database. */
  releaseLeases(): Promise<void>;
  close(): Promise<void>;
}
