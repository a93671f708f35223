import type { Transaction } from "kysely";
import type { Tables } from "./schema.ts";

/** What the two databases don't have in common. */
export interface Backend {
  /** Whether rows must be locked against other transactions. */
  readonly rowLocks: boolean;
  /** Runs `work` in one transaction, more than once if need be. */
  transaction<T>(work: (db: Transaction<Tables>) => Promise<T>): Promise<T>;
  /**
   * What was deleted is gone from the database's own journal too, unless another process reads it just now: then it
   * goes the next time, or when the database is closed. PostgreSQL does so by itself, later (VACUUM, the WAL's end).
   */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Neither database keeps text that holds a NUL: PostgreSQL refuses it, libsql reads it back cut off there. One in
 * a customer's name must not make them unanswerable, so it is left out. (JSON columns hold it escaped.)
 */
export function withoutNul(value: unknown): unknown {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "") : value;
}
