import { type Kysely, type Migration, sql } from "kysely";

/** How each database spells a key that counts up by itself and is never reused. */
export interface Dialect {
  readonly identity: string;
}
export const SQLITE: Dialect = { identity: "INTEGER PRIMARY KEY AUTOINCREMENT" };
export const POSTGRES: Dialect = { identity: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY" };

const statements = ({ identity }: Dialect): readonly string[] => [
  `CREATE TABLE inbox (
    bot_id BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    queue TEXT NOT NULL,
    payload TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'dead')),
    attempts BIGINT NOT NULL DEFAULT 0,
    run_at BIGINT NOT NULL,
    error TEXT,
    finished_at BIGINT,
    PRIMARY KEY (update_id, bot_id)
  )`,
  `CREATE INDEX inbox_pending ON inbox (bot_id, update_id, queue, run_at) WHERE state = 'pending'`,
  `CREATE INDEX inbox_queue ON inbox (bot_id, queue, update_id) WHERE state = 'pending'`,
  `CREATE INDEX inbox_dead ON inbox (bot_id) WHERE state = 'dead'`,
  `CREATE INDEX inbox_done ON inbox (finished_at) WHERE state = 'done'`,
  `CREATE TABLE offsets (
    bot_id BIGINT PRIMARY KEY,
    next_offset BIGINT NOT NULL,
    moved_at BIGINT NOT NULL
  )`,

  `CREATE TABLE customers (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    username TEXT,
    blocked BIGINT NOT NULL DEFAULT 0,
    conversation TEXT,
    first_seen_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
  )`,
  `CREATE TABLE tickets (
    number BIGINT PRIMARY KEY,
    customer_id BIGINT REFERENCES customers (id),
    status TEXT NOT NULL CHECK (status IN ('waiting', 'serving', 'closed')),
    reason TEXT NOT NULL,
    asked TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    agent_id BIGINT,
    agent_name TEXT,
    claimed_at BIGINT,
    first_reply_at BIGINT,
    closed_at BIGINT,
    closed_by TEXT,
    score BIGINT,
    comment TEXT
  )`,
  `CREATE UNIQUE INDEX tickets_one_open ON tickets (customer_id) WHERE status <> 'closed'`,
  `CREATE INDEX tickets_customer ON tickets (customer_id, number)`,
  `CREATE INDEX tickets_status ON tickets (status, number)`,
  `CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)`,
  `INSERT INTO counters (name, value) VALUES ('next_ticket', 1)`,
  `CREATE TABLE promises (
    id ${identity},
    customer_id BIGINT REFERENCES customers (id),
    ticket BIGINT NOT NULL REFERENCES tickets (number),
    promise TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'kept', 'missed', 'dropped')),
    settled_at BIGINT
  )`,
  `CREATE UNIQUE INDEX promises_pending ON promises (ticket, promise) WHERE state = 'pending'`,
  `CREATE INDEX promises_customer ON promises (customer_id)`,
  `CREATE INDEX promises_due ON promises (due_at) WHERE state = 'pending'`,
  `CREATE TABLE transcript (
    id ${identity},
    customer_id BIGINT NOT NULL REFERENCES customers (id),
    at BIGINT NOT NULL,
    speaker TEXT NOT NULL,
    name TEXT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    ticket BIGINT,
    ref_chat BIGINT,
    ref_message BIGINT
  )`,
  `CREATE INDEX transcript_customer ON transcript (customer_id, id)`,

  `CREATE TABLE topics (
    customer_id BIGINT PRIMARY KEY REFERENCES customers (id),
    staff_chat_id BIGINT NOT NULL,
    thread_id BIGINT,
    card_message_id BIGINT
  )`,
  `CREATE INDEX topics_thread ON topics (staff_chat_id, thread_id)`,
  `CREATE TABLE cards (
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (chat_id, message_id)
  )`,
  `CREATE INDEX cards_customer ON cards (customer_id)`,
  `CREATE TABLE links (
    customer_id BIGINT NOT NULL,
    origin_chat BIGINT NOT NULL,
    origin_message BIGINT NOT NULL,
    copy_chat BIGINT NOT NULL,
    copy_message BIGINT NOT NULL,
    PRIMARY KEY (origin_chat, origin_message, copy_chat, copy_message)
  )`,
  `CREATE INDEX links_customer ON links (customer_id)`,
  `CREATE INDEX links_copy ON links (copy_chat, copy_message)`,

  `CREATE TABLE outbox (
    id ${identity},
    queue TEXT NOT NULL,
    lane BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'dead')),
    run_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    album TEXT,
    customer_id BIGINT NOT NULL,
    to_kind TEXT NOT NULL,
    to_id BIGINT NOT NULL,
    message TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    error TEXT,
    finished_at BIGINT
  )`,
  `CREATE INDEX outbox_line ON outbox (lane, id, queue, run_at) WHERE state = 'pending'`,
  `CREATE INDEX outbox_queue ON outbox (queue, lane, id, leased_until) WHERE state = 'pending'`,
  `CREATE INDEX outbox_leased ON outbox (queue, leased_until) WHERE state = 'pending' AND leased_until > 0`,
  `CREATE INDEX outbox_dead ON outbox (id) WHERE state = 'dead'`,
  `CREATE INDEX outbox_done ON outbox (finished_at) WHERE state = 'done'`,
  `CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL)`,
];

export const initial = (dialect: Dialect): Migration => ({
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements(dialect)) await sql.raw(statement).execute(db);
  },
});
