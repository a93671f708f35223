import { GrammyError } from "grammy";
import type { Outgoing } from "../dialogue/types.ts";
import type { Delivery, Tx } from "../store/types.ts";
import { isStoreDown } from "./commit.ts";
import { backoffMs, type Failure, readFailure } from "./failures.ts";
import type { Limiter } from "./limiter.ts";
import { MERGE_UP_TO } from "./merge.ts";
import { NoStaffGroup } from "./place.ts";
import type { SenderRooms } from "./sender.ts";
import { moveGroup } from "./watch.ts";

/** While no staff group can be reached. */
const STAFF_RETRY_MS = 30_000;
/** A customer who blocked the bot is tried again this late; their return wakes the queue at once. */
const BLOCKED_RETRY_MS = 24 * 3_600_000;
/** One message that fails this often, while others go through, is at fault itself: it must not hold up its queue. */
const TRIES = 10;

export interface SetbackRooms extends SenderRooms {
  readonly limiter: Limiter;
  readonly commit: (work: (tx: Tx) => Promise<void>) => Promise<void>;
}

/** What becomes of a delivery that Telegram didn't take, or not all of. */
export interface Setbacks {
  after(delivery: Delivery, chatId: number, error: unknown): Promise<void>;
  /** It went through after all: whatever was suspected of the chat is over. */
  worked(delivery: Delivery, chatId: number): void;
  /** Of an album some parts were left out without a word. */
  incomplete(delivery: Delivery, leftOut: number, of: number): Promise<void>;
}

export function createSetbacks(rooms: SetbackRooms): Setbacks {
  const { staff, limiter, now, log, commit } = rooms;
  let workedAt = 0;

  async function after(delivery: Delivery, chatId: number, error: unknown): Promise<void> {
    // Where it goes couldn't be read: nothing was sent yet.
    if (isStoreDown(error)) return putOff(delivery, "the database can't be used", 0, "waited");
    if (error instanceof NoStaffGroup) return putOff(delivery, "no staff group", STAFF_RETRY_MS, "waited");
    let failure: Failure;
    try {
      failure = readFailure(error);
    } catch {
      log.error({ err: error, delivery: delivery.id }, "a delivery failed in our own code");
      await tryAgain(delivery, String(error));
      return;
    }
    log.debug({ failure: failure.kind, delivery: delivery.id, to: delivery.to.kind }, "delivery failed");
    switch (failure.kind) {
      case "later":
        limiter.pause(chatId, now() + failure.retryAfterMs);
        return putOff(delivery, "Telegram asked to wait", failure.retryAfterMs, "waited");
      case "again":
        log.warn(
          { delivery: delivery.id, attempts: delivery.attempts },
          "Telegram can't be reached; trying again",
        );
        if (error instanceof GrammyError) return tryAgain(delivery, error.description);
        return putOff(delivery, "network error", backoffMs(delivery.attempts), "failed");
      case "moot":
        return commit((tx) => tx.finishDeliveries([delivery.id], now()));
      case "topic_gone":
        return beginTopicAnew(delivery);
      case "topic_closed":
        return reopen(delivery, chatId);
      case "migrated": {
        const { to } = failure;
        staff.migrate(chatId, to);
        await commit((tx) => moveGroup(tx, chatId, to));
        return putOff(delivery, "the group has a new id", 0, "failed");
      }
      case "unauthorized":
        log.error("Telegram says the token is not valid (401): set BOT_TOKEN again and restart");
        return putOff(delivery, "unauthorized", STAFF_RETRY_MS, "waited");
      case "unreachable":
        return unreachable(delivery, chatId, failure.reason, error);
      case "refused":
        return refused(delivery, failure.reason);
    }
  }

  function putOff(delivery: Delivery, why: string, delayMs: number, how: "waited" | "failed"): Promise<void> {
    return commit((tx) => tx.failDelivery(delivery.id, why, now() + delayMs, how === "failed"));
  }

  /** Later and later; given up only when Telegram takes others' messages meanwhile. */
  async function tryAgain(delivery: Delivery, reason: string): Promise<void> {
    const pause = backoffMs(delivery.attempts);
    if (delivery.attempts >= TRIES && workedAt > now() - pause) await refused(delivery, reason);
    else await putOff(delivery, reason, pause, "failed");
  }

  /** A new topic begins with the card, as every topic does: who comes to it must see whose it is. */
  async function beginTopicAnew(delivery: Delivery): Promise<void> {
    const { customerId } = delivery;
    const behind = await rooms.store.transaction((tx) => tx.deliveriesBehind(delivery, MERGE_UP_TO));
    if (![delivery, ...behind].some(isCard)) await rooms.raise(customerId, { kind: "topic.lost" });
    await commit(async (tx) => {
      await tx.forgetThread(customerId);
      // The state that the old one was to show; a new one is made with its title when there is something to say.
      if (isAboutTopic(delivery)) await tx.finishDeliveries([delivery.id], now());
      else await tx.failDelivery(delivery.id, "the topic was deleted", now(), true);
    });
  }

  /** A closed topic is opened for what must go in, and closed again behind it when its ticket is. */
  async function reopen(delivery: Delivery, chatId: number): Promise<void> {
    const { customerId, to } = delivery;
    const { topic, ticket } = await rooms.store.transaction(async (tx) => ({
      topic: await tx.topic(customerId),
      ...(await tx.snapshot(customerId, 0)),
    }));
    try {
      if (topic?.threadId != null) await rooms.api.reopenForumTopic(topic.staffChatId, topic.threadId);
    } catch (error) {
      const failure = readFailure(error);
      if (failure.kind !== "moot") return after(delivery, chatId, error);
    }
    await commit(async (tx) => {
      await tx.failDelivery(delivery.id, "the topic was closed", now(), true);
      if (ticket?.status === "closed")
        await tx.enqueue(
          customerId,
          [{ kind: "send", to, lane: "notice", message: { kind: "topic.close" } }],
          now(),
        );
    });
  }

  async function unreachable(
    delivery: Delivery,
    chatId: number,
    reason: string,
    error: unknown,
  ): Promise<void> {
    const { to, customerId } = delivery;
    switch (to.kind) {
      case "oncall":
        return giveUp(delivery, `${reason}: the on-call agent must send the bot /start once`);
      case "customer": {
        await putOff(delivery, reason, BLOCKED_RETRY_MS, "waited");
        const { customer } = await rooms.store.transaction((tx) => tx.snapshot(customerId, 0));
        const origin = originOf(delivery.message);
        if (!customer.blocked)
          await rooms.raise(customerId, {
            kind: "customer.blocked",
            ...(origin === undefined ? {} : { origin }),
          });
        return;
      }
      case "general":
      case "topic": {
        staff.report(chatId, reason);
        rooms.staffChanged();
        // Without the right to make topics the bot can still write in those that are there.
        const makesTopics = error instanceof GrammyError && error.method === "createForumTopic";
        if (!makesTopics) limiter.pause(chatId, now() + STAFF_RETRY_MS);
        const isTicket = isCard(delivery);
        const elsewhere = staff.all().some((group) => group.chatId !== chatId && group.trouble === null);
        await commit(async (tx) => {
          await tx.releasePlace(customerId);
          await tx.failDelivery(delivery.id, reason, now() + (elsewhere ? 0 : STAFF_RETRY_MS), isTicket);
        });
        if (isTicket && !elsewhere && delivery.attempts === 0)
          await rooms.raise(customerId, { kind: "delivery.failed", to: "topic", reason });
      }
    }
  }

  async function refused(delivery: Delivery, reason: string): Promise<void> {
    const { message, id } = delivery;
    const plain = plainOf(message);
    if (plain !== undefined) {
      log.warn({ delivery: id, reason }, "refused as it was; sent plain");
      await commit(async (tx) => {
        await tx.shortenDelivery(id, plain);
        await tx.failDelivery(id, reason, now(), true);
      });
      return;
    }
    // What can't be taken back will not be later either: said, and done with.
    if (message.kind === "delete") await commit((tx) => tx.finishDeliveries([id], now()));
    else await giveUp(delivery, reason);
    await sayUndelivered(delivery, reason, message.kind === "delete" ? null : id);
  }

  /**
   * Whoever waits for a message to arrive, or to go, hears that it didn't; the apology itself isn't apologised for.
   * @param retry the delivery, where sending it again may help
   */
  async function sayUndelivered(delivery: Delivery, reason: string, retry: number | null): Promise<void> {
    const { to, message, customerId, lane } = delivery;
    const origin = isCard(delivery) ? undefined : originOf(message);
    const fromAgent = to.kind === "customer" && lane === "relay" && origin !== undefined;
    const fromCustomer = to.kind === "topic" && (isCard(delivery) || origin !== undefined);
    if (!fromAgent && !fromCustomer) return;
    await rooms.raise(customerId, {
      kind: "delivery.failed",
      to: to.kind,
      reason,
      ...(retry === null ? {} : { delivery: retry }),
      ...(origin === undefined ? {} : { origin }),
    });
  }

  async function giveUp(delivery: Delivery, reason: string): Promise<void> {
    log.error(
      { delivery: delivery.id, to: delivery.to.kind, kind: delivery.message.kind, reason },
      "dead letter",
    );
    await commit((tx) => tx.failDelivery(delivery.id, reason, null, true));
  }

  return {
    after,
    worked({ to }, chatId) {
      workedAt = now();
      if (to.kind !== "topic" && to.kind !== "general") return;
      if (staff.byId(chatId)?.trouble == null) return;
      staff.worked(chatId);
      rooms.staffChanged();
    },
    async incomplete(delivery, leftOut, of) {
      log.warn({ delivery: delivery.id, leftOut, of }, "an album came through incomplete");
      await sayUndelivered(delivery, `${leftOut}/${of}`, null);
    },
  };
}

const isCard = ({ message }: Delivery) => message.kind === "text" && message.card !== undefined;

const isAboutTopic = ({ message: { kind } }: Delivery) =>
  kind === "topic.title" || kind === "topic.close" || kind === "topic.reopen";

/** The message that somebody wrote and waits for; a reaction that doesn't arrive is nobody's loss. */
function originOf(message: Outgoing) {
  switch (message.kind) {
    case "text":
    case "copy":
    case "edit":
    case "delete":
      return message.origin;
    default:
      return undefined;
  }
}

/** The words alone, where there was more to them that Telegram may have refused. */
function plainOf(message: Outgoing): Outgoing | undefined {
  if (message.kind !== "text") return undefined;
  const { text, origin, card } = message;
  const { inline, keyboard, replyTo, tickets } = message;
  if (inline === undefined && keyboard === undefined && replyTo == null && tickets === undefined)
    return undefined;
  return {
    kind: "text",
    text,
    ...(origin === undefined ? {} : { origin }),
    ...(card === undefined ? {} : { card }),
  };
}
