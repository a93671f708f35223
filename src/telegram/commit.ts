import type { Logger } from "pino";
import { StoreError, type StoreErrorCode } from "../store/errors.ts";
import type { Store, Tx } from "../store/types.ts";
import type { Vitals } from "./vitals.ts";

/** The store as a whole can't be used now; nothing is wrong with what was to be written. */
const PASSING: ReadonlySet<StoreErrorCode> = new Set(["full", "unwritable", "busy", "unreachable", "denied"]);

export function isStoreDown(error: unknown): error is StoreError {
  return error instanceof StoreError && PASSING.has(error.code);
}

const AGAIN_MS = 500;

/**
 * Writes down what has happened at Telegram already. While the store can't be used it is tried again: given up, the
 * message would be sent once more. Ends with the error only when told to stop, or when the error isn't the store's.
 */
export function createCommit(rooms: {
  readonly store: Store;
  readonly log: Logger;
  readonly vitals: Vitals;
  readonly stopped: () => boolean;
}): (work: (tx: Tx) => Promise<void>) => Promise<void> {
  const { store, log, vitals, stopped } = rooms;
  return async (work) => {
    for (let failures = 0; ; failures += 1) {
      try {
        await store.transaction(work);
        vitals.well("noting what was sent");
        return;
      } catch (error) {
        const passing = isStoreDown(error) || (error instanceof StoreError && error.code === "conflict");
        if (!passing || stopped()) throw error;
        vitals.failing("noting what was sent", error);
        if (failures === 0)
          log.error({ err: error }, "what was sent can't be written down; trying until it can");
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  };
}
