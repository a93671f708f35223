import { type Kysely, type Migration, sql } from "kysely";
import type { Dialect } from "./0001_initial.ts";

/** What customers are to be reminded of: a provider's promise, a step's deadline, their own words. */
export const reminders = ({ identity }: Dialect): Migration => ({
  up: async (db: Kysely<unknown>) => {
    const statements = [
      `CREATE TABLE reminders (
        id ${identity},
        customer_id BIGINT NOT NULL REFERENCES customers (id),
        kind TEXT NOT NULL,
        about TEXT NOT NULL,
        due_at BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'fired', 'done', 'dropped')),
        settled_at BIGINT
      )`,
      `CREATE INDEX reminders_customer ON reminders (customer_id, due_at) WHERE state IN ('pending', 'fired')`,
      `CREATE INDEX reminders_due ON reminders (due_at) WHERE state = 'pending'`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
});
