import type { Update } from "grammy/types";
import type { Logger } from "pino";
import type { Mind } from "../dialogue/mind.ts";
import type { NewUpdate, Store } from "../store/types.ts";
import { chatOf, queueOf } from "./intake.ts";
import { requestIn } from "./request.ts";
import type { Vitals } from "./vitals.ts";

/** A store that takes longer than this doesn't keep a person waiting: the emergency route goes ahead. */
const SLOW_MS = 2000;

/** Stores updates; they may be acknowledged to Telegram when it resolves, and only then (promise 2). */
export type Take = (updates: readonly Update[]) => Promise<void>;

export interface TakeRooms {
  readonly store: Store;
  readonly mind: () => Mind;
  readonly isStaff: (chatId: number) => boolean;
  readonly log: Logger;
  readonly now: () => number;
  readonly vitals: Vitals;
  /** The way to a person for who asks for one while nothing can be stored. */
  readonly emergency: (payload: string) => Promise<void>;
  /** There is something to handle. */
  readonly received: () => void;
}

export function createTake(rooms: TakeRooms): Take {
  const { store, log, vitals, emergency, received } = rooms;
  return async (updates) => {
    const rescue = () => Promise.all(updates.map((update) => emergency(JSON.stringify(update))));
    const slow = setTimeout(() => {
      log.error("the database is slow; people who ask for a person are passed on without it");
      void rescue();
    }, SLOW_MS);
    try {
      const rows = updates.map((update) => toRow(update, rooms));
      await store.transaction((tx) => tx.receiveUpdates(rows));
    } catch (error) {
      vitals.failing("taking updates", error);
      log.error({ err: error }, "updates can't be stored; people who ask for a person are told the hotline");
      await rescue();
      throw error;
    } finally {
      clearTimeout(slow);
    }
    vitals.well("taking updates");
    received();
  };
}

function toRow(update: Update, { mind, isStaff, now }: TakeRooms): NewUpdate {
  return {
    updateId: update.update_id,
    queue: queueOf(update),
    lane: isStaff(chatOf(update)?.id ?? 0) || asksForPerson(update, mind()) ? "person" : "rest",
    payload: JSON.stringify(update),
    receivedAt: now(),
  };
}

/** An update that can't be read is taken all the same: deciding it says what is wrong with it. */
function asksForPerson(update: Update, mind: Mind): boolean {
  try {
    return requestIn(update, mind) !== undefined;
  } catch {
    return false;
  }
}
