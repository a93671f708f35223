import { type Api, GrammyError } from "grammy";
import type { Update } from "grammy/types";
import type { Logger } from "pino";
import type { NewUpdate, Store } from "../store/types.ts";
import { backoffMs } from "./failures.ts";
import { parseUpdate, queueOf, UPDATE_KINDS } from "./intake.ts";

/** Telegram holds the answer back this long when there is nothing. */
const LONG_POLL_S = 25;

export interface SourceRooms {
  readonly api: Api;
  readonly store: Store;
  readonly log: Logger;
  readonly now: () => number;
  readonly received: () => void;
  /** The store refused updates that Telegram still holds. */
  readonly storeFailed: (updates: readonly Update[], error: unknown) => Promise<void>;
}

export interface Source {
  /** Polls until `stop`; rejects only where polling can never succeed (a wrong token). */
  run(): Promise<void>;
  stop(): void;
}

export function toRow(update: Update, receivedAt: number): NewUpdate {
  return { updateId: update.update_id, queue: queueOf(update), payload: JSON.stringify(update), receivedAt };
}

/**
 * Long polling into the inbox. The offset that confirms updates to Telegram is asked with only after their rows
 * are committed (promise 2), so a crash at any point loses nothing and the inbox sorts out what comes twice.
 */
export function createSource({ api, store, log, now, received, storeFailed }: SourceRooms): Source {
  const stopping = new AbortController();
  let failures = 0;
  let conflictSaid = false;

  async function poll(offset: number | undefined): Promise<number | undefined> {
    const raw = await api.getUpdates(
      {
        timeout: LONG_POLL_S,
        limit: 100,
        allowed_updates: UPDATE_KINDS,
        ...(offset === undefined ? {} : { offset }),
      },
      // grammY types its signal by a polyfill; Node's own is what it uses.
      stopping.signal as unknown as Parameters<Api["getUpdates"]>[1],
    );
    conflictSaid = false;
    if (raw.length === 0) return offset;
    const updates = raw.map(parseUpdate);
    try {
      await store.transaction((tx) => tx.receiveUpdates(updates.map((update) => toRow(update, now()))));
    } catch (error) {
      await storeFailed(updates, error);
      throw error;
    }
    received();
    return Math.max(...updates.map((update) => update.update_id)) + 1;
  }

  function sayWhatFailed(error: unknown): void {
    if (!(error instanceof GrammyError)) {
      log.warn({ err: error, failures }, "polling failed; trying again");
      return;
    }
    if (error.error_code === 409) {
      if (!conflictSaid)
        log.error(
          { telegram: error.description },
          "another process polls with this token (409): stop it, or delete its webhook; trying again until it has",
        );
      conflictSaid = true;
      return;
    }
    log.warn({ telegram: error.description, failures }, "polling failed; trying again");
  }

  return {
    async run() {
      let offset = await store.transaction((tx) => tx.nextOffset());
      while (!stopping.signal.aborted) {
        try {
          offset = await poll(offset);
          failures = 0;
        } catch (error) {
          if (stopping.signal.aborted) return;
          if (error instanceof GrammyError && error.error_code === 401) throw error;
          failures += 1;
          sayWhatFailed(error);
          const wait = error instanceof GrammyError ? error.parameters.retry_after : undefined;
          await pause(
            wait === undefined ? Math.min(backoffMs(failures), 30_000) : wait * 1000,
            stopping.signal,
          );
        }
      }
    },
    stop: () => stopping.abort(),
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
    function done() {
      clearTimeout(timer);
      resolve();
    }
  });
}
