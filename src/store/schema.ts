import { type Generated, type Kysely, sql } from "kysely";

/** The tables as Kysely sees them. Times are epoch ms; JSON is text; a truth value is 0 or 1. */
export interface Tables {
  inbox: {
    bot_id: number;
    update_id: number;
    queue: string;
    lane: number;
    payload: string;
    received_at: number;
    state: RowState;
    attempts: number;
    run_at: number;
    error: string | null;
    finished_at: number | null;
  };
  /** Where polling goes on, for each bot. */
  offsets: { bot_id: number; next_offset: number; moved_at: number };
  customers: {
    id: number;
    name: string;
    username: string | null;
    blocked: number;
    banned: Generated<number>;
    conversation: string | null;
    first_seen_at: number;
    seen_at: number;
  };
  tickets: {
    number: number;
    /** Null once the customer had their data deleted: the ticket still counts, and names nobody. */
    customer_id: number | null;
    status: string;
    reason: string;
    asked: string;
    /** An intent's id. */
    about: string | null;
    opened_at: number;
    agent_id: number | null;
    agent_name: string | null;
    claimed_at: number | null;
    first_reply_at: number | null;
    closed_at: number | null;
    closed_by: string | null;
    score: number | null;
    comment: string | null;
  };
  counters: { name: string; value: number };
  promises: {
    id: Generated<number>;
    customer_id: number | null;
    ticket: number;
    promise: string;
    due_at: number;
    state: "pending" | "kept" | "missed" | "dropped";
    settled_at: number | null;
  };
  transcript: {
    id: Generated<number>;
    customer_id: number;
    at: number;
    speaker: string;
    name: string | null;
    kind: string;
    text: string;
    ticket: number | null;
    ref_chat: number | null;
    ref_message: number | null;
    /** What Telegram calls the file that was sent. */
    file_id: string | null;
    /** What Telegram calls the album it was a part of. */
    album_id: string | null;
  };
  topics: {
    customer_id: number;
    staff_chat_id: number;
    thread_id: number | null;
    card_message_id: number | null;
  };
  /** Every card ever sent: an agent may reply to an old one. */
  cards: { chat_id: number; message_id: number; customer_id: number };
  links: {
    customer_id: number;
    origin_chat: number;
    origin_message: number;
    copy_chat: number;
    copy_message: number;
    at: Generated<number>;
  };
  outbox: {
    id: Generated<number>;
    queue: string;
    lane: number;
    state: RowState;
    run_at: number;
    leased_until: number;
    attempts: number;
    album: string | null;
    customer_id: number;
    to_kind: string;
    to_id: number;
    message: string;
    created_at: number;
    error: string | null;
    finished_at: number | null;
  };
  /** Agents' words that look like talking a customer out of a downgrade. */
  held: {
    id: Generated<number>;
    /** Null once the customer had their data deleted: it still counts. */
    customer_id: number | null;
    ticket: number;
    chat_id: number;
    message_id: number;
    agent_id: number;
    agent_name: string;
    way: "message" | "edit";
    /** Empty once it is settled. */
    content: string;
    reply_chat: number | null;
    reply_message: number | null;
    phrase: string | null;
    at: number;
    outcome: "pending" | "sent" | "changed" | "dropped";
    settled_at: number | null;
  };
  settings: { key: string; value: string };
  /** Everyone who has acted in a staff group. */
  agents: { id: number; name: string; username: string | null; seen_at: number };
  canned: { name: string; text: string };
  reminders: {
    id: Generated<number>;
    customer_id: number;
    kind: string;
    /** What it is about; empty once it is over. */
    about: string;
    due_at: number;
    created_at: number;
    state: "pending" | "fired" | "done" | "dropped";
    settled_at: number | null;
  };
}

type RowState = "pending" | "done" | "dead";

/** A row state written into the SQL itself: a partial index isn't used for a bound parameter. */
export const PENDING = sql.lit<"pending">("pending");
export const DONE = sql.lit<"done">("done");
export const DEAD = sql.lit<"dead">("dead");

/** What a query of one transaction runs on. */
export interface Scope {
  /** Throws once the transaction is over. */
  readonly db: Kysely<Tables>;
  /** PostgreSQL locks rows; SQLite's transaction has the whole database to itself. */
  readonly rowLocks: boolean;
  /** Whose updates these are. */
  readonly botId: number;
  readonly now: () => number;
  /** What this transaction deletes was somebody's own: once committed, it goes from the journal too. */
  readonly erase: () => void;
}
