import { DEFAULT_MIGRATION_LOCK_TABLE, sql } from "kysely";
import type { Scope } from "./schema.ts";

// On PostgreSQL transactions go on beside one another and see at once what others have committed. Whatever must
// not change between reading and writing is locked by who reads it, in this order, so that nobody waits in a
// circle: an update of the inbox, a customer, the tickets' numbers; a sender's turn, a setting. SQLite needs none
// of it: there a transaction has the whole database to itself.

/** What no row stands for. A customer's key is their id, which is above zero. */
const KEYS = { senders: -1, settings: -2 } as const;

/** Waits until nobody else holds it; held until the transaction ends. */
export async function lock({ db, rowLocks }: Scope, what: keyof typeof KEYS | number): Promise<void> {
  if (!rowLocks) return;
  const key = typeof what === "number" ? what : KEYS[what];
  await sql`select pg_advisory_xact_lock(${sql.lit(key)})`.execute(db);
}

/**
 * Waits until no other transaction is under way, and keeps new ones from beginning: for what goes through all of a
 * table. Each transaction holds this table in a mode that goes with itself and not with this one.
 */
export async function lockOut({ db, rowLocks }: Scope): Promise<void> {
  if (rowLocks)
    await sql`lock table ${sql.table(DEFAULT_MIGRATION_LOCK_TABLE)} in exclusive mode`.execute(db);
}
