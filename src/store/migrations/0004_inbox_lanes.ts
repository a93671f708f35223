import { type Kysely, type Migration, sql } from "kysely";

const STATEMENTS: readonly string[] = [
  `ALTER TABLE inbox ADD COLUMN lane BIGINT NOT NULL DEFAULT 2`,
  `DROP INDEX inbox_pending`,
  `CREATE INDEX inbox_pending ON inbox (bot_id, lane, update_id) WHERE state = 'pending'`,
];

/** Who asks for a person is decided before those who ask the bot. */
export const inboxLanes: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
