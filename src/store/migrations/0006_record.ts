import { type Kysely, type Migration, sql } from "kysely";

const STATEMENTS: readonly string[] = [
  `ALTER TABLE transcript ADD COLUMN file_id TEXT`,
  `CREATE INDEX transcript_at ON transcript (at)`,
  // What is stored of a customer is counted from this alone.
  `CREATE INDEX transcript_counted ON transcript (customer_id, speaker)`,
  `ALTER TABLE links ADD COLUMN at BIGINT NOT NULL DEFAULT 0`,
  // Links from before bear no time: as old as their customer's last visit.
  `UPDATE links SET at = COALESCE((SELECT seen_at FROM customers WHERE customers.id = links.customer_id), 0)`,
  `CREATE INDEX links_at ON links (at)`,
  `CREATE INDEX customers_seen ON customers (seen_at)`,
];

/** What Telegram calls a file that was sent, and what the retention job finds old rows by. */
export const record: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
