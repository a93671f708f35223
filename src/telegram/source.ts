import { type Api, GrammyError } from "grammy";
import type { Logger } from "pino";
import { StoreError } from "../store/errors.ts";
import type { Store } from "../store/types.ts";
import { backoffMs } from "./failures.ts";
import { parseUpdate, UPDATE_KINDS } from "./intake.ts";
import type { Take } from "./take.ts";

/** Telegram holds the answer back this long when there is nothing. */
const LONG_POLL_S = 25;
/** A store that is down is asked again this soon: who writes meanwhile must be seen (promise 1). */
const STORE_AGAIN_MS = 1000;

export interface SourceRooms {
  readonly api: Api;
  readonly store: Store;
  readonly log: Logger;
  readonly take: Take;
}

export interface Source {
  /** Polls until `stop`; rejects only where polling can never succeed (a wrong token). */
  run(): Promise<void>;
  stop(): void;
}

/**
 * Long polling into the inbox. The offset that confirms updates to Telegram is asked with only after their rows
 * are committed (promise 2), so a crash at any point loses nothing and the inbox sorts out what comes twice.
 */
export function createSource({ api, store, log, take }: SourceRooms): Source {
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
    await take(updates);
    return Math.max(...updates.map((update) => update.update_id)) + 1;
  }

  function sayWhatFailed(error: unknown): void {
    // Said where it happened.
    if (error instanceof StoreError) return;
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
      // Null until the store has said where to go on.
      let from: { readonly offset: number | undefined } | null = null;
      while (!stopping.signal.aborted) {
        try {
          from ??= { offset: await store.transaction((tx) => tx.nextOffset()) };
          from = { offset: await poll(from.offset) };
          failures = 0;
        } catch (error) {
          if (stopping.signal.aborted) return;
          if (error instanceof GrammyError && error.error_code === 401) throw error;
          failures += 1;
          sayWhatFailed(error);
          await pause(pauseAfter(error, failures), stopping.signal);
        }
      }
    },
    stop: () => stopping.abort(),
  };
}

function pauseAfter(error: unknown, failures: number): number {
  if (error instanceof StoreError) return STORE_AGAIN_MS;
  const asked = error instanceof GrammyError ? error.parameters.retry_after : undefined;
  return asked === undefined ? Math.min(backoffMs(failures), 30_000) : asked * 1000;
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
