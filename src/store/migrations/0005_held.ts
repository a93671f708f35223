import { type Kysely, type Migration, sql } from "kysely";
import type { Dialect } from "./0001_initial.ts";

const statements = ({ identity }: Dialect): readonly string[] => [
  `ALTER TABLE tickets ADD COLUMN about TEXT`,
  `CREATE TABLE held (
    id ${identity},
    customer_id BIGINT REFERENCES customers (id),
    ticket BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    agent_id BIGINT NOT NULL,
    agent_name TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('message', 'edit')),
    content TEXT NOT NULL,
    reply_chat BIGINT,
    reply_message BIGINT,
    phrase TEXT,
    at BIGINT NOT NULL,
    outcome TEXT NOT NULL DEFAULT 'pending' CHECK (outcome IN ('pending', 'sent', 'changed', 'dropped')),
    settled_at BIGINT
  )`,
  `CREATE UNIQUE INDEX held_pending ON held (chat_id, message_id) WHERE outcome = 'pending'`,
  `CREATE INDEX held_message ON held (chat_id, message_id)`,
  `CREATE INDEX held_customer ON held (customer_id)`,
  `CREATE INDEX held_at ON held (at)`,
];

/** Agents' words that wait for a press, and what a ticket is about. */
export const held = (dialect: Dialect): Migration => ({
  up: async (db: Kysely<unknown>) => {
    for (const statement of statements(dialect)) await sql.raw(statement).execute(db);
  },
});
