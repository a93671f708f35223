import type { Api } from "grammy";
import type { Logger } from "pino";
import type { Mind } from "../dialogue/mind.ts";
import type { Event, Outgoing } from "../dialogue/types.ts";
import type { Delivery, Store, Tx } from "../store/types.ts";
import { pieces } from "./calls.ts";
import { createCommit, isStoreDown } from "./commit.ts";
import { deliver } from "./deliver.ts";
import { createLimiter, type Limiter } from "./limiter.ts";
import { MERGE_UP_TO, mergeable } from "./merge.ts";
import { chatOf } from "./place.ts";
import { createSetbacks } from "./setbacks.ts";
import { createSignal, type Signal } from "./signal.ts";
import type { StaffGroups } from "./staff.ts";
import { createTopicIcons } from "./topic-icons.ts";
import type { Vitals } from "./vitals.ts";

/** How long a delivery is taken for; a process that died gives it back by then. */
const LEASE_MS = 20_000;
/** Messages on their way at once: the Bot API answers in 50–200 ms, so this fills 30 a second. */
const AT_ONCE = 16;
/**
 * Of these, into one group: twenty a minute need no more, and all that is on its way when the process dies goes
 * twice.
 */
const AT_ONCE_IN_GROUP = 2;
/** Album parts come as single updates without an end mark: this long after the first, the rest are there. */
const ALBUM_MS = 700;
/** How often to look for work that another process may have left. */
const LOOK_MS = 1000;
/** When stopping, what is on its way is waited for this long; the lease brings the rest back. */
const LAST_WAIT_MS = 7_000;

export interface SenderRooms {
  readonly api: Api;
  readonly store: Store;
  readonly staff: StaffGroups;
  readonly mind: () => Mind;
  readonly log: Logger;
  readonly now: () => number;
  readonly vitals: Vitals;
  /** Something about a delivery that the conversation must hear of. */
  readonly raise: (customerId: number, event: Event) => Promise<void>;
  /** A staff group refused something, or took something again: whoever watches them should look. */
  readonly staffChanged: () => void;
}

export interface Sender {
  readonly signal: Signal;
  /** Sends until `stop`: then finishes what is on its way. */
  run(): Promise<void>;
  stop(): void;
  /** A chat that was left alone after a refusal may be tried again at once. */
  resume(chatId: number): void;
}

/** A delivery taken from the outbox, with all that goes in the same message. */
interface Job {
  readonly delivery: Delivery;
  readonly parts: readonly Delivery[];
  readonly chatId: number;
}

/** Carries the outbox to Telegram: in order within a queue, urgent lanes first, within Telegram's limits. */
export function createSender(rooms: SenderRooms, limiter: Limiter = createLimiter()): Sender {
  const { store, staff, now, log, vitals } = rooms;
  const signal = createSignal();
  /** By queue: a lease may run out while a call hangs, and the queue must keep its order all the same. */
  const inFlight = new Map<string, { readonly chatId: number; readonly sending: Promise<void> }>();
  let running = true;
  const commit = createCommit({ store, log, vitals, stopped: () => !running });
  const setbacks = createSetbacks({ ...rooms, limiter, commit });
  const icons = createTopicIcons(rooms.api);

  async function round(): Promise<number> {
    if (inFlight.size >= AT_ONCE) return LOOK_MS;
    const at = now();
    const overall = limiter.overallAt(at);
    if (overall > at) return overall - at;
    const jobs: Job[] = [];
    let next = at + LOOK_MS;
    await store.transaction(async (tx) => {
      jobs.length = 0;
      const { chats: limited, until } = limiter.busy(at);
      const chats = [...limited, ...fullGroups([])];
      next = Math.min(at + LOOK_MS, until);
      const taken = new Set<number>(chats);
      const queues = [...inFlight.keys()];
      const newTopics = await newTopicsGo(tx, taken);
      for (const delivery of await tx.dueDeliveries(at, 200, { chats, queues, newTopics })) {
        if (jobs.length + inFlight.size >= AT_ONCE) break;
        const readyAt = albumReadyAt(delivery);
        if (readyAt > at) {
          next = Math.min(next, readyAt);
          continue;
        }
        const place = await chatOf(staff, tx, delivery.to);
        if (place === undefined) continue;
        const { chatId, topics } = place;
        const free = costsNothing(delivery);
        if (!free && taken.has(chatId)) continue;
        const parts = await partsOf(tx, delivery, chatId, at);
        const cost = topics + messagesIn(delivery, parts);
        const sendAt = free ? 0 : limiter.readyAt(chatId, at, cost);
        if (sendAt > at) {
          // It keeps its turn: what is less urgent must not use up what this one waits for.
          taken.add(chatId);
          next = Math.min(next, sendAt);
          continue;
        }
        if (await isSuperseded(tx, delivery)) {
          next = at;
          continue;
        }
        const [leased] = await tx.leaseDeliveries([delivery.id], at, at + LEASE_MS);
        if (leased === undefined) continue;
        if (!free) limiter.spend(chatId, at, cost);
        jobs.push({ delivery, parts, chatId });
        if (chatId > 0) taken.add(chatId);
        for (const full of fullGroups(jobs)) taken.add(full);
      }
    });
    vitals.well("looking for what to send");
    for (const job of jobs) {
      const { queue } = job.delivery;
      const sending = attempt(job).finally(() => {
        inFlight.delete(queue);
        signal.notify();
      });
      inFlight.set(queue, { chatId: job.chatId, sending });
    }
    return Math.max(0, next - now());
  }

  function fullGroups(jobs: readonly Job[]): number[] {
    const onTheWay = new Map<number, number>();
    for (const { chatId } of [...inFlight.values(), ...jobs])
      if (chatId < 0) onTheWay.set(chatId, (onTheWay.get(chatId) ?? 0) + 1);
    return [...onTheWay].flatMap(([chatId, count]) => (count >= AT_ONCE_IN_GROUP ? [chatId] : []));
  }

  /** Whether a customer without a place in a staff group can get one and use it at once. */
  async function newTopicsGo(tx: Tx, busy: ReadonlySet<number>): Promise<"go" | "wait"> {
    const group = staff.shortest(staff.all().length > 1 ? await tx.openByGroup() : new Map());
    return group === undefined || busy.has(group.chatId) ? "wait" : "go";
  }

  /** All that goes in one message with it: an album's other parts, the words that come right after. */
  async function partsOf(
    tx: Tx,
    delivery: Delivery,
    chatId: number,
    at: number,
  ): Promise<readonly Delivery[]> {
    const { message, to, queue } = delivery;
    if (message.kind === "copy" && message.album !== null) return tx.albumDeliveries(queue, message.album);
    if (message.kind !== "text" || to.kind !== "topic" || delivery.lane !== "relay") return [delivery];
    return mergeable(delivery, await tx.deliveriesBehind(delivery, MERGE_UP_TO), limiter.left(chatId, at));
  }

  /** What a later message in line says again, or says better, needn't be sent: it would cost a message. */
  async function isSuperseded(tx: Tx, delivery: Delivery): Promise<boolean> {
    const { message } = delivery;
    const isState = message.kind === "topic.title" || message.kind === "card.buttons";
    if (!isState && !isAnswer(delivery)) return false;
    const behind = await tx.deliveriesBehind(delivery, MERGE_UP_TO);
    const said = JSON.stringify(message);
    const again = (other: Delivery) =>
      isState ? other.message.kind === message.kind : JSON.stringify(other.message) === said;
    const later = behind.filter(again);
    if (later.length === 0) return false;
    await tx.finishDeliveries(
      [delivery, ...later.slice(0, -1)].map(({ id }) => id),
      now(),
    );
    return true;
  }

  async function attempt({ delivery, parts, chatId }: Job): Promise<void> {
    const ids = parts.map(({ id }) => id);
    try {
      const { remember, leftOut } = await deliver({ ...rooms, commit, icons }, delivery, parts);
      await commit(async (tx) => {
        await remember(tx);
        await tx.finishDeliveries(ids, now());
      });
      setbacks.worked(delivery, chatId);
      if (leftOut > 0) await setbacks.incomplete(delivery, leftOut, parts.length);
    } catch (error) {
      await setbacks.after(delivery, chatId, error).catch((again: unknown) => {
        // The lease runs out and it is tried once more: nothing is lost, but someone should know.
        log.error({ err: again, delivery: delivery.id }, "could not record a failed delivery");
      });
    }
  }

  return {
    signal,
    resume: (chatId) => limiter.resume(chatId),
    async run() {
      while (running) {
        const wait = await round().catch((error: unknown) => {
          if (isStoreDown(error)) vitals.failing("looking for what to send", error);
          log.error({ err: error }, "the outbox can't be read; trying again");
          return LOOK_MS;
        });
        if (running) await signal.wait(wait);
      }
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise((resolve) => {
        timer = setTimeout(resolve, LAST_WAIT_MS);
      });
      await Promise.race([Promise.allSettled([...inFlight.values()].map(({ sending }) => sending)), enough]);
      clearTimeout(timer);
    },
    stop() {
      running = false;
      signal.notify();
    },
  };
}

/** What the bot itself says to a customer: who asks the same thirty times is answered as fast as they can read. */
function isAnswer({ to, lane, message }: Delivery): boolean {
  return (
    to.kind === "customer" && lane === "answer" && (message.kind === "text" || message.kind === "contact")
  );
}

function albumReadyAt({ message, createdAt }: Delivery): number {
  return message.kind === "copy" && message.album !== null ? createdAt + ALBUM_MS : 0;
}

/** Calls that leave nothing in the chat. A topic's new title or state does: a line that Telegram itself writes. */
const FREE: ReadonlySet<Outgoing["kind"]> = new Set([
  "callback",
  "react",
  "delete",
  "settled",
  "card.buttons",
]);

function costsNothing({ message }: Delivery): boolean {
  return FREE.has(message.kind);
}

function messagesIn({ message }: Delivery, parts: readonly Delivery[]): number {
  if (message.kind === "copy") return parts.length;
  return message.kind === "text" && parts.length === 1 ? pieces(message.text).length : 1;
}
