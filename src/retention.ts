import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Business } from "./knowledge/types.ts";
import type { Cutoffs, Store } from "./store/types.ts";

const DAY_MS = 24 * 3_600_000;
/** Rows of one transaction: others wait for the database no longer than these take. */
const BATCH = 200;
/** Between two batches, so that customers' messages come first. */
const PAUSE_MS = 20;

export interface RetentionRooms {
  readonly store: Store;
  readonly log: Logger;
  readonly now: () => number;
  /** How long what is kept, as the content has it now. */
  readonly days: () => Business["retention"];
  /** Something went, and what belongs to it in the staff group is to go too. */
  readonly expired: () => void;
}

/** Before when rows go, epoch ms. */
export function cutoffsOf(days: Business["retention"], now: number): Cutoffs {
  return {
    transcript: now - days.transcriptDays * DAY_MS,
    tickets: now - days.ticketsDays * DAY_MS,
    ids: now - days.mediaDays * DAY_MS,
    finished: now - days.finishedDays * DAY_MS,
  };
}

/**
 * Deletes what is too old, batch by batch, until nothing is left or it is told to stop.
 * @returns how many rows it was
 */
export async function expireOld(rooms: RetentionRooms, isStopping: () => boolean): Promise<number> {
  const before = cutoffsOf(rooms.days(), rooms.now());
  let total = 0;
  while (!isStopping()) {
    const rows = await rooms.store.transaction((tx) => tx.expire(before, BATCH));
    if (rows === 0) break;
    total += rows;
    await sleep(PAUSE_MS);
  }
  return total;
}

/** Deletes what is too old at the start and then once a day. */
export function startRetention(rooms: RetentionRooms): { stop(): Promise<void> } {
  let stopping = false;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      const rows = await expireOld(rooms, () => stopping);
      if (rows === 0) return;
      rooms.log.info({ rows }, "what was kept long enough is deleted");
      rooms.expired();
    } catch (error) {
      rooms.log.error(
        { err: error },
        "old rows couldn't be deleted: tried again tomorrow, and at the next start",
      );
    }
  };
  const start = () => {
    running = running.then(run);
  };
  start();
  const daily = setInterval(start, DAY_MS);
  return {
    async stop() {
      stopping = true;
      clearInterval(daily);
      await running;
    },
  };
}
