import type { Update } from "grammy/types";
import type { Logger } from "pino";
import { leftQueue } from "../desk/queue.ts";
import { decide } from "../dialogue/decide.ts";
import type { DeskPolicy, Mind } from "../dialogue/mind.ts";
import type { Event } from "../dialogue/types.ts";
import type { InboxRow, Store, Tx } from "../store/types.ts";
import { backoffMs } from "./failures.ts";
import { type About, type Incoming, parseUpdate } from "./intake.ts";
import { createSignal, type Signal } from "./signal.ts";

/** An update that fails this often is a dead letter. */
const TRIES = 5;
const LOOK_MS = 1000;
/** Lines of the transcript that a decision, and the card, can see. */
const RECENT_LINES = 10;

export interface WorkerRooms {
  readonly intake: (update: Update) => Promise<readonly Incoming[]>;
  readonly store: Store;
  readonly log: Logger;
  readonly now: () => number;
  readonly mind: () => Mind;
  readonly policy: () => DeskPolicy;
  /** A staff group's id changed. */
  readonly migrated: (from: number, to: number) => void;
  /** The bot's standing in a staff group changed. */
  readonly standingChanged: () => void;
  /** There is something to send. */
  readonly decided: () => void;
  /** The update could not be handled: the last chance to get a person to the customer. */
  readonly deadLetter: (payload: string) => Promise<void>;
}

export interface Worker {
  readonly signal: Signal;
  run(): Promise<void>;
  stop(): void;
  /** Decides an event that no update brought. */
  raise(customerId: number, event: Event): Promise<void>;
}

/** Turns inbox rows and due promises into decisions, each in one transaction with all that follows (promise 2). */
export function createWorker(rooms: WorkerRooms): Worker {
  const { store, log, now } = rooms;
  const signal = createSignal();
  let running = true;

  async function handleNext(): Promise<boolean> {
    let taken: InboxRow | undefined;
    const after: (() => void)[] = [];
    try {
      await store.transaction(async (tx) => {
        after.length = 0;
        taken = await tx.nextUpdate(now());
        if (taken === undefined) return;
        for (const incoming of await rooms.intake(parseUpdate(JSON.parse(taken.payload))))
          await follow(tx, incoming, after);
        await tx.finishUpdate(taken.updateId, now());
      });
    } catch (error) {
      if (taken === undefined) throw error;
      await setAside(taken, error);
    }
    for (const act of after) act();
    return taken !== undefined;
  }

  async function follow(tx: Tx, incoming: Incoming, after: (() => void)[]): Promise<void> {
    switch (incoming.kind) {
      case "migrated":
        await tx.migrateChat(incoming.from, incoming.to);
        after.push(() => rooms.migrated(incoming.from, incoming.to));
        return;
      case "standing":
        after.push(rooms.standingChanged);
        return;
      case "stranger":
        after.push(() =>
          log.warn(
            `the bot is in the group "${incoming.title}": if agents work there, set STAFF_CHAT_ID=${incoming.chatId}`,
          ),
        );
        return;
      case "event": {
        const customerId = await customerOf(tx, incoming.about);
        if (customerId === undefined) {
          log.debug({ kind: incoming.event.kind }, "about no customer we know");
          return;
        }
        await settle(tx, customerId, incoming.event);
        if (incoming.event.kind.startsWith("customer.")) await tx.wakeQueue(`c:${customerId}`, now());
      }
    }
  }

  async function settle(tx: Tx, customerId: number, event: Event): Promise<void> {
    const at = now();
    const snapshot = await tx.snapshot(customerId, RECENT_LINES);
    const decision = decide(snapshot, event, at, rooms.mind(), rooms.policy());
    await tx.apply(decision, at);
    if (leftQueue(snapshot.ticket, decision.state.ticket)) await tx.nudgeQueue(at);
    const { reading } = decision;
    if (reading !== null) {
      const { intent, route, confidence } = reading;
      log.info({ customerId, intent, route, confidence: Number(confidence.toFixed(3)) }, "understood");
      log.debug({ text: reading.text, why: reading.why }, "utterance");
    }
  }

  async function setAside(row: InboxRow, error: unknown): Promise<void> {
    const dead = row.attempts + 1 >= TRIES;
    log.error(
      { err: error, updateId: row.updateId, attempt: row.attempts + 1 },
      dead ? "dead letter" : "update failed",
    );
    const retryAt = dead ? null : now() + backoffMs(row.attempts);
    await store.transaction((tx) => tx.failUpdate(row.updateId, String(error), retryAt));
    if (dead) await rooms.deadLetter(row.payload);
  }

  async function handlePromises(): Promise<number> {
    const due = await store.transaction((tx) => tx.duePromises(now(), 50));
    for (const promise of due)
      await store.transaction((tx) =>
        settle(tx, promise.customerId, {
          kind: "promise.due",
          promise: promise.promise,
          ticket: promise.ticket,
        }),
      );
    return due.length;
  }

  async function untilNextPromise(): Promise<number> {
    const at = await store.transaction((tx) => tx.nextDueAt());
    return at === undefined ? LOOK_MS : Math.min(LOOK_MS, Math.max(0, at - now()));
  }

  return {
    signal,
    async run() {
      while (running) {
        try {
          let busy = false;
          while (running && (await handleNext())) {
            busy = true;
            rooms.decided();
          }
          if ((await handlePromises()) > 0) rooms.decided();
          if (running && !busy) await signal.wait(Math.max(20, await untilNextPromise()));
        } catch (error) {
          log.error({ err: error }, "the store can't be used; trying again");
          if (running) await signal.wait(LOOK_MS);
        }
      }
    },
    stop() {
      running = false;
      signal.notify();
    },
    async raise(customerId, event) {
      await store.transaction((tx) => settle(tx, customerId, event));
      rooms.decided();
    },
  };
}

async function customerOf(tx: Tx, about: About): Promise<number | undefined> {
  switch (about.by) {
    case "customer":
      return about.id;
    case "thread":
      return tx.customerOfThread(about.chatId, about.threadId);
    case "message":
      return tx.customerOfMessage(about.ref);
  }
}
