import type { Logger } from "pino";
import type { Event } from "../dialogue/types.ts";
import type { Delivery } from "../store/types.ts";
import { chatOf, type DeliveryRooms, deliver, NoStaffGroup } from "./deliver.ts";
import { backoffMs, type Failure, readFailure } from "./failures.ts";
import { createLimiter } from "./limiter.ts";
import { createSignal, type Signal } from "./signal.ts";

/** How long a delivery is taken for; a process that died gives it back by then. */
const LEASE_MS = 60_000;
/** Messages on their way at once: the Bot API answers in 50–200 ms, so this fills 30 a second. */
const AT_ONCE = 16;
/** Album parts come as single updates without an end mark: this long after the first, the rest are there. */
const ALBUM_MS = 700;
/** How often to look for work that another process may have left. */
const LOOK_MS = 1000;
/** While no staff group can be reached. */
const STAFF_RETRY_MS = 30_000;
/** A customer who blocked the bot is tried again this late; their return wakes the queue at once. */
const BLOCKED_RETRY_MS = 24 * 3_600_000;

export interface SenderRooms extends DeliveryRooms {
  readonly log: Logger;
  readonly now: () => number;
  /** Something about a delivery that the conversation must hear of. */
  readonly raise: (customerId: number, event: Event) => Promise<void>;
  /** The staff group can't be reached: whoever keeps its state should look. */
  readonly staffTrouble: (reason: string) => void;
}

export interface Sender {
  readonly signal: Signal;
  /** Sends until `stop`: then finishes what is on its way. */
  run(): Promise<void>;
  stop(): void;
}

/** Carries the outbox to Telegram: in order within a queue, urgent lanes first, within Telegram's limits. */
export function createSender(rooms: SenderRooms): Sender {
  const { store, now, log } = rooms;
  const signal = createSignal();
  const limiter = createLimiter();
  const inFlight = new Map<number, Promise<void>>();
  let running = true;

  async function round(): Promise<number> {
    if (inFlight.size >= AT_ONCE) return LOOK_MS;
    const at = now();
    let next = at + LOOK_MS;
    const ready: { delivery: Delivery; chatId: number }[] = [];
    await store.transaction(async (tx) => {
      ready.length = 0;
      for (const delivery of await tx.dueDeliveries(at, 200)) {
        if (ready.length + inFlight.size >= AT_ONCE) break;
        const chatId = (await chatOf(rooms, tx, delivery.to)) ?? 0;
        const readyAt = Math.max(isFree(delivery) ? 0 : limiter.readyAt(chatId, at), albumReadyAt(delivery));
        if (readyAt > at) {
          next = Math.min(next, readyAt);
          continue;
        }
        if (!isFree(delivery)) limiter.spend(chatId, at);
        ready.push({ delivery, chatId });
      }
      const leased = new Set(
        await tx.leaseDeliveries(
          ready.map(({ delivery }) => delivery.id),
          at,
          at + LEASE_MS,
        ),
      );
      for (const each of [...ready]) if (!leased.has(each.delivery.id)) ready.splice(ready.indexOf(each), 1);
    });
    for (const { delivery, chatId } of ready) {
      const sending = attempt(delivery, chatId).finally(() => {
        inFlight.delete(delivery.id);
        signal.notify();
      });
      inFlight.set(delivery.id, sending);
    }
    return Math.max(0, next - now());
  }

  async function attempt(delivery: Delivery, chatId: number): Promise<void> {
    try {
      const parts = await partsOf(delivery);
      await deliver(rooms, delivery, parts);
      await store.transaction((tx) =>
        tx.finishDeliveries(
          parts.map(({ id }) => id),
          now(),
        ),
      );
    } catch (error) {
      await afterFailure(delivery, chatId, error).catch((again: unknown) => {
        // The lease runs out and it is tried once more: nothing is lost, but someone should know.
        log.error({ err: again, delivery: delivery.id }, "could not record a failed delivery");
      });
    }
  }

  async function partsOf(delivery: Delivery): Promise<readonly Delivery[]> {
    const album = delivery.message.kind === "copy" ? delivery.message.album : null;
    if (album === null) return [delivery];
    return store.transaction((tx) => tx.albumDeliveries(delivery.queue, album));
  }

  async function afterFailure(delivery: Delivery, chatId: number, error: unknown): Promise<void> {
    if (error instanceof NoStaffGroup) {
      await putOff(delivery, "no staff group is set", STAFF_RETRY_MS, false);
      return;
    }
    let failure: Failure;
    try {
      failure = readFailure(error);
    } catch {
      log.error({ err: error, delivery: delivery.id }, "a delivery failed in our own code");
      await putOff(delivery, String(error), backoffMs(delivery.attempts), true);
      return;
    }
    log.debug({ failure: failure.kind, delivery: delivery.id, to: delivery.to.kind }, "delivery failed");
    switch (failure.kind) {
      case "later":
        limiter.pause(chatId, now() + failure.retryAfterMs);
        await putOff(delivery, "Telegram asked to wait", failure.retryAfterMs, false);
        return;
      case "again":
        log.warn(
          { delivery: delivery.id, attempts: delivery.attempts },
          "Telegram can't be reached; trying again",
        );
        await putOff(delivery, "network or server error", backoffMs(delivery.attempts), true);
        return;
      case "moot":
        await store.transaction((tx) => tx.finishDeliveries([delivery.id], now()));
        return;
      case "topic_gone":
        await store.transaction((tx) => tx.forgetThread(delivery.customerId));
        await putOff(delivery, "the topic was deleted", 0, true);
        return;
      case "topic_closed":
        await reopen(delivery);
        return;
      case "migrated":
        rooms.staff.migrate(chatId, failure.to);
        await store.transaction((tx) => tx.migrateChat(chatId, failure.to));
        await putOff(delivery, "the group has a new id", 0, true);
        return;
      case "unauthorized":
        log.error("Telegram says the token is not valid (401): set BOT_TOKEN again and restart");
        await putOff(delivery, "unauthorized", STAFF_RETRY_MS, false);
        return;
      case "unreachable":
        await unreachable(delivery, failure.reason);
        return;
      case "refused":
        await refused(delivery, failure.reason);
    }
  }

  function putOff(delivery: Delivery, why: string, delayMs: number, count: boolean): Promise<void> {
    return store.transaction((tx) => tx.failDelivery(delivery.id, why, now() + delayMs, count));
  }

  async function reopen(delivery: Delivery): Promise<void> {
    const topic = await store.transaction((tx) => tx.topic(delivery.customerId));
    if (topic?.threadId != null) await rooms.api.reopenForumTopic(topic.staffChatId, topic.threadId);
    await putOff(delivery, "the topic was closed", 0, true);
  }

  async function unreachable(delivery: Delivery, reason: string): Promise<void> {
    const { to, customerId } = delivery;
    switch (to.kind) {
      case "oncall":
        await dead(delivery, `${reason}: the on-call agent must send the bot /start once`);
        return;
      case "customer":
        await putOff(delivery, reason, BLOCKED_RETRY_MS, false);
        await rooms.raise(customerId, { kind: "customer.blocked" });
        return;
      case "topic": {
        await putOff(delivery, reason, STAFF_RETRY_MS, false);
        rooms.staffTrouble(reason);
        const isTicket = delivery.message.kind === "text" && delivery.message.card !== undefined;
        if (isTicket && delivery.attempts === 0) {
          await store.transaction((tx) => tx.failDelivery(delivery.id, reason, now() + STAFF_RETRY_MS, true));
          await rooms.raise(customerId, { kind: "delivery.failed", to: "topic", reason });
        }
      }
    }
  }

  async function refused(delivery: Delivery, reason: string): Promise<void> {
    await dead(delivery, reason);
    const { to, message, customerId } = delivery;
    // A relayed message that never arrives is said to whoever waits; the apology itself isn't apologised for.
    if (
      to.kind === "customer" &&
      delivery.lane === "relay" &&
      (message.kind === "copy" || message.kind === "text")
    )
      await rooms.raise(customerId, { kind: "delivery.failed", to: to.kind, reason });
  }

  async function dead(delivery: Delivery, reason: string): Promise<void> {
    log.error(
      { delivery: delivery.id, to: delivery.to.kind, kind: delivery.message.kind, reason },
      "dead letter",
    );
    await store.transaction((tx) => tx.failDelivery(delivery.id, reason, null, true));
  }

  return {
    signal,
    async run() {
      while (running) {
        const wait = await round().catch((error: unknown) => {
          log.error({ err: error }, "the outbox can't be read; trying again");
          return LOOK_MS;
        });
        if (running) await signal.wait(wait);
      }
      await Promise.allSettled(inFlight.values());
    },
    stop() {
      running = false;
      signal.notify();
    },
  };

  function albumReadyAt({ message, createdAt }: Delivery): number {
    return message.kind === "copy" && message.album !== null ? createdAt + ALBUM_MS : 0;
  }
}

/** Calls that send no message cost no message. */
function isFree({ message }: Delivery): boolean {
  return message.kind === "callback" || message.kind === "react" || message.kind.startsWith("topic.");
}
