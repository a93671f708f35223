import { type Kysely, type Migration, sql } from "kysely";

const STATEMENTS: readonly string[] = [
  `ALTER TABLE customers ADD COLUMN banned BIGINT NOT NULL DEFAULT 0`,
  `CREATE TABLE agents (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    username TEXT,
    seen_at BIGINT NOT NULL
  )`,
  `CREATE TABLE canned (name TEXT PRIMARY KEY, text TEXT NOT NULL)`,
  `CREATE INDEX tickets_opened ON tickets (opened_at)`,
  `CREATE INDEX tickets_closed ON tickets (closed_at) WHERE closed_at IS NOT NULL`,
  `CREATE INDEX promises_settled ON promises (settled_at) WHERE settled_at IS NOT NULL`,
];

/** Who works at the desk, what they keep ready to say, whom they have shut out; and what `/stats` counts by. */
export const agents: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
