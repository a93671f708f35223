import type { Transaction } from "kysely";
import type { Tables } from "./schema.ts";

/** What the two databases don't have in common. */
export interface Backend {
  /** Whether rows must be locked against other transactions. */
  readonly rowLocks: boolean;
  /** Runs `work` in one transaction, more than once if need be. */
  transaction<T>(work: (db: Transaction<Tables>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
