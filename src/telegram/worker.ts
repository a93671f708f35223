import { setImmediate } from "node:timers/promises";
import type { Update } from "grammy/types";
import type { Logger } from "pino";
import { leftQueue } from "../desk/queue.ts";
import { decide } from "../dialogue/decide.ts";
import type { DeskPolicy, Mind } from "../dialogue/mind.ts";
import type { Event, Snapshot } from "../dialogue/types.ts";
import type { InboxRow, Store, Tx } from "../store/types.ts";
import { isStoreDown } from "./commit.ts";
import { answerGeneral, keepFigures, refusePress, withDesk } from "./desk.ts";
import { type Due, duePromises, dueReminders } from "./due.ts";
import { backoffMs } from "./failures.ts";
import { type About, type Incoming, parseUpdate } from "./intake.ts";
import { type Members, MembershipUnknown } from "./members.ts";
import { createSignal, type Signal } from "./signal.ts";
import type { Vitals } from "./vitals.ts";
import { moveGroup } from "./watch.ts";

/** An update that fails this often is a dead letter. */
const TRIES = 5;
const LOOK_MS = 1000;
/**
 * Updates decided in one transaction: in a file a commit waits for the disk as long as one update takes to decide.
 * On a server each customer is locked until the commit, and two who hold several could wait for each other.
 */
const TOGETHER = { file: 16, server: 1 } as const;
/** Lines of the transcript that a decision, and the card, can see. */
const RECENT_LINES = 10;

export interface WorkerRooms {
  readonly intake: (update: Update) => Promise<readonly Incoming[]>;
  readonly store: Store;
  readonly log: Logger;
  readonly now: () => number;
  readonly mind: () => Mind;
  readonly policy: () => DeskPolicy;
  /** Who is in the staff groups: buttons are for them. */
  readonly members: Members;
  /** A staff group's id changed. */
  readonly migrated: (from: number, to: number) => void;
  /** The bot's standing in a staff group changed. */
  readonly standingChanged: () => void;
  /** There is something to send. */
  readonly decided: () => void;
  /** The update could not be handled, or not now: the last chance to get a person to the customer. */
  readonly emergency: (payload: string) => Promise<void>;
  readonly vitals: Vitals;
}

export interface Worker {
  readonly signal: Signal;
  run(): Promise<void>;
  stop(): void;
  /** Decides an event that no update brought. */
  raise(customerId: number, event: Event): Promise<void>;
}

/** Turns inbox rows, due promises and due reminders into decisions, each in one transaction with all that follows (promise 2). */
export function createWorker(rooms: WorkerRooms): Worker {
  const { store, log, now, vitals } = rooms;
  const signal = createSignal();
  const figures = keepFigures();
  const around = () => ({ at: now(), mind: rooms.mind(), policy: rooms.policy(), figures });
  /** What was due and failed, by key: tried again later and later. */
  const putOff = new Map<string, { readonly failures: number; readonly until: number }>();
  /** One after a failure, so that the next failure is that update's alone. */
  const most = TOGETHER[store.storage];
  let together: number = most;
  let running = true;

  /** Decides the updates whose turn it is, some at once where many wait; false when there were none. */
  async function handleNext(): Promise<boolean> {
    const taken: InboxRow[] = [];
    const after: (() => void)[] = [];
    try {
      await store.transaction(async (tx) => {
        taken.length = 0;
        after.length = 0;
        // What is to be done outside may change what the next update means: a group's new id does.
        while (taken.length < together && after.length === 0) {
          const row = await tx.nextUpdate(now());
          if (row === undefined) return;
          taken.push(row);
          for (const incoming of await rooms.intake(parseUpdate(JSON.parse(row.payload))))
            await follow(tx, incoming, after);
          await tx.finishUpdate(row.updateId, now());
        }
      });
      if (taken.length > 0) vitals.well("deciding");
      together = Math.min(together * 2, most);
    } catch (error) {
      const [first, ...others] = taken;
      if (first === undefined) throw error;
      if (error instanceof MembershipUnknown) {
        // Telegram is asked outside the transaction; the update is still first in line.
        await rooms.members.look(error.chatId, error.userId);
        return true;
      }
      if (isStoreDown(error)) {
        // Nothing is wrong with the updates: they stay first in line, and who asks for a person isn't kept waiting.
        for (const { payload } of taken) await rooms.emergency(payload);
        throw error;
      }
      together = 1;
      if (others.length === 0) await setAside(first, error);
      return true;
    }
    for (const act of after) act();
    return taken.length > 0;
  }

  async function follow(tx: Tx, incoming: Incoming, after: (() => void)[]): Promise<void> {
    switch (incoming.kind) {
      case "migrated":
        await moveGroup(tx, incoming.from, incoming.to);
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
      case "general":
        await answerGeneral(tx, incoming, around());
        return;
      case "seen":
        await tx.rememberAgent(incoming.agent, now());
        return;
      case "stray.press":
        await refusePress(tx, incoming, "not_here", now(), rooms.mind());
        return;
      case "event": {
        if (await refused(tx, incoming)) return;
        const customerId = await customerOf(tx, incoming.about);
        if (customerId === undefined) {
          await aboutNobody(tx, incoming);
          return;
        }
        await settle(tx, customerId, incoming.event);
        if (incoming.event.kind.startsWith("customer.")) await tx.wakeQueue(`c:${customerId}`, now());
      }
    }
  }

  /** True where somebody who isn't in the staff group pressed one of its buttons. */
  async function refused(tx: Tx, { about, event }: Extract<Incoming, { kind: "event" }>): Promise<boolean> {
    if (event.kind !== "agent.button" || about.by === "customer") return false;
    const chatId = about.by === "thread" ? about.chatId : about.ref.chatId;
    const { agent, callbackId } = event;
    const standing = rooms.members.standing(chatId, agent.id);
    if (standing === undefined) throw new MembershipUnknown(chatId, agent.id);
    if (standing === "member") return false;
    await refusePress(tx, { chatId, callbackId }, "not_member", now(), rooms.mind());
    return true;
  }

  /** In a reply to something that isn't a customer's, a command is the group's; a button is answered all the same. */
  async function aboutNobody(tx: Tx, { about, event }: Extract<Incoming, { kind: "event" }>): Promise<void> {
    log.debug({ kind: event.kind }, "about no customer we know");
    if ("agent" in event) await tx.rememberAgent(event.agent, now());
    if (about.by === "customer") return;
    const chatId = about.by === "thread" ? about.chatId : about.ref.chatId;
    if (event.kind === "agent.button")
      await refusePress(tx, { chatId, callbackId: event.callbackId }, "no_ticket", now(), rooms.mind());
    if (event.kind === "agent.command" && about.by === "message")
      await answerGeneral(tx, { ...event, kind: "general", chatId }, around());
  }

  /** @param isStill what else must be so once the customer is locked */
  async function settle(
    tx: Tx,
    customerId: number,
    event: Event,
    isStill: () => Promise<boolean> = async () => true,
  ): Promise<void> {
    const at = now();
    const look = async () => {
      const known = await tx.snapshot(customerId, RECENT_LINES);
      return withDesk(tx, known, event, { at, mind: rooms.mind(), figures });
    };
    const decideOn = (known: Snapshot) => decide(known, event, at, rooms.mind(), rooms.policy());
    let snapshot = await look();
    if (!(await isStill())) return;
    let decision = decideOn(snapshot);
    const opened = decision.state.ticket?.number === snapshot.nextTicket;
    if (opened && !(await tx.holdNumber(snapshot.nextTicket))) {
      // Another process opened one meanwhile: the number, and the place in the queue, are others by now.
      snapshot = await look();
      decision = decideOn(snapshot);
    }
    if (decision.lacks !== undefined)
      decision = decideOn({ ...snapshot, stored: await tx.storedOf(customerId) });
    await tx.apply(decision, at);
    if (leftQueue(snapshot.ticket, decision.state.ticket)) await tx.nudgeQueue(at);
    const { reading } = decision;
    if (reading !== null) {
      const { intent, route, confidence } = reading;
      log.info({ customerId, intent, route, confidence: Number(confidence.toFixed(3)) }, "understood");
      if (log.isLevelEnabled("debug")) log.debug({ text: reading.text, why: reading.why() }, "utterance");
    }
  }

  async function setAside(row: InboxRow, error: unknown): Promise<void> {
    const dead = row.attempts + 1 >= TRIES;
    log.error(
      { err: error, updateId: row.updateId, attempt: row.attempts + 1 },
      dead ? "dead letter" : "update failed",
    );
    const retryAt = dead ? null : now() + backoffMs(row.attempts);
    // Before it is put away: a crash between the two would leave the customer without either.
    if (dead) await rooms.emergency(row.payload);
    await store.transaction((tx) => tx.failUpdate(row.updateId, String(error), retryAt));
  }

  /** Each in a transaction of its own, so that one that can't be kept holds up no other. */
  async function handleDue(): Promise<number> {
    let handled = 0;
    for (const due of await store.transaction(allDue)) {
      if ((putOff.get(due.key)?.until ?? 0) > now()) continue;
      try {
        await store.transaction((tx) => act(tx, due));
        putOff.delete(due.key);
        handled += 1;
      } catch (error) {
        if (isStoreDown(error)) throw error;
        const failures = (putOff.get(due.key)?.failures ?? 0) + 1;
        putOff.set(due.key, { failures, until: now() + backoffMs(failures) });
        log.error({ err: error, due: due.event }, "what was due failed");
      }
    }
    return handled;
  }

  async function allDue(tx: Tx): Promise<readonly Due[]> {
    const limit = 50 + putOff.size;
    return [...(await duePromises(tx, now(), limit)), ...(await dueReminders(tx, now(), limit))];
  }

  /** Unless it was settled, or taken by another process, since it was seen. */
  async function act(tx: Tx, { key, customerId, event }: Due): Promise<void> {
    const look = event.kind === "promise.due" ? duePromises : dueReminders;
    await settle(tx, customerId, event, async () =>
      (await look(tx, now(), 50 + putOff.size)).some((due) => due.key === key),
    );
  }

  async function untilNextDue(): Promise<number> {
    const at = await store.transaction((tx) => tx.nextDueAt());
    return at === undefined ? LOOK_MS : Math.min(LOOK_MS, Math.max(0, at - now()));
  }

  return {
    signal,
    async run() {
      let dueAt = 0;
      while (running) {
        try {
          const busy = await handleNext();
          if (busy) rooms.decided();
          // SQLite answers at once: without a turn of theirs, polling and sending would wait until all is decided.
          await setImmediate();
          // A long queue doesn't hold up what is due.
          if (busy && now() < dueAt) continue;
          if ((await handleDue()) > 0) rooms.decided();
          dueAt = now() + LOOK_MS;
          vitals.well("deciding");
          if (running && !busy) await signal.wait(Math.max(20, await untilNextDue()));
        } catch (error) {
          vitals.failing("deciding", error);
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
      return (
        (await tx.customerOfThread(about.chatId, about.threadId)) ??
        (await customerOfTicket(tx, about.ticket))
      );
    case "message":
      return tx.customerOfMessage(about.ref);
  }
}

/** A topic made just before a crash, and not written down: its title still says whose it was to be. */
async function customerOfTicket(tx: Tx, number: number | null): Promise<number | undefined> {
  if (number === null) return undefined;
  return (await tx.openTickets()).find((ticket) => ticket.number === number)?.customerId;
}
