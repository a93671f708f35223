import type { Api } from "grammy";
import { topicTitle } from "../dialogue/handoff.ts";
import type { Mind } from "../dialogue/mind.ts";
import { STAFF_LANG } from "../dialogue/turn.ts";
import type { Address, MessageRef } from "../dialogue/types.ts";
import type { Delivery, Store, Topic, Tx } from "../store/types.ts";
import { copy, sendContact, sendFile, sendText, type Target } from "./calls.ts";
import type { StaffGroups } from "./staff.ts";
import { transcriptFile } from "./transcript.ts";

export interface DeliveryRooms {
  readonly api: Api;
  readonly store: Store;
  readonly staff: StaffGroups;
  readonly mind: () => Mind;
}

/** No staff group is configured: the message waits until there is one. */
export class NoStaffGroup extends Error {
  override readonly name = "NoStaffGroup";
}

/** Telegram's longest topic title. */
const TITLE = 128;

/**
 * Carries out one delivery at Telegram and remembers which message carries which. An album's parts come as one
 * delivery with all of their deliveries in `parts`.
 * @throws GrammyError | HttpError as the Bot API does; NoStaffGroup
 */
export async function deliver(
  rooms: DeliveryRooms,
  delivery: Delivery,
  parts: readonly Delivery[],
): Promise<void> {
  const { api, store } = rooms;
  const { message } = delivery;
  if (message.kind === "callback") {
    await api.answerCallbackQuery(
      message.callbackId,
      message.text === undefined ? {} : { text: message.text },
    );
    return;
  }
  const place = await placeOf(rooms, delivery.to);
  if (message.kind === "edit" || message.kind === "react") {
    await change(rooms, place, message);
    return;
  }
  if (message.kind === "topic.title" || message.kind === "topic.close" || message.kind === "topic.reopen") {
    await changeTopic(api, place, message);
    return;
  }
  const replyTo =
    "replyTo" in message && message.replyTo ? await replyTarget(store, place.chatId, message.replyTo) : null;
  const target: Target = { ...place, replyTo: replyTo ?? place.card };
  switch (message.kind) {
    case "text": {
      const sent = await sendText(api, target, message, rooms.mind().say);
      await remember(rooms, delivery, sent, [message.origin]);
      if (message.card !== undefined) await rememberCard(store, delivery, sent.at(-1));
      return;
    }
    case "contact":
      await sendContact(api, target, message);
      return;
    case "copy": {
      const origins = parts.flatMap((part) => (part.message.kind === "copy" ? [part.message.origin] : []));
      const sent = await copy(api, target, origins, message.caption);
      await remember(rooms, delivery, sent, origins);
      return;
    }
    case "transcript": {
      const lines = await store.transaction((tx) => tx.transcript(delivery.customerId));
      const { timeZone } = rooms.mind().knowledge.business.agents;
      await sendFile(api, target, { ...transcriptFile(lines, timeZone), caption: message.caption });
      return;
    }
  }
}

interface Place {
  readonly chatId: number;
  readonly threadId: number | null;
  /** In a group without topics, the card that holds a customer's messages together. */
  readonly card: number | null;
}

/** The chat a message goes to, for the sending limits; undefined where none is known yet. */
export async function chatOf(rooms: DeliveryRooms, tx: Tx, to: Address): Promise<number | undefined> {
  switch (to.kind) {
    case "customer":
      return to.customerId;
    case "oncall":
      return to.userId;
    case "general":
      return to.chatId;
    case "topic":
      return (await tx.topic(to.customerId))?.staffChatId ?? rooms.staff.first()?.chatId;
  }
}

async function placeOf(rooms: DeliveryRooms, to: Address): Promise<Place> {
  switch (to.kind) {
    case "customer":
      return { chatId: to.customerId, threadId: null, card: null };
    case "oncall":
      return { chatId: to.userId, threadId: null, card: null };
    case "general":
      return { chatId: to.chatId, threadId: null, card: null };
    case "topic": {
      const topic = await topicOf(rooms, to.customerId);
      return {
        chatId: topic.staffChatId,
        threadId: topic.threadId,
        card: topic.threadId === null ? topic.cardMessageId : null,
      };
    }
  }
}

/** The customer's topic, made when there is none: the only place where topics are made, so there is one each. */
async function topicOf({ api, store, staff, mind }: DeliveryRooms, customerId: number): Promise<Topic> {
  const { known, customer, ticket } = await store.transaction(async (tx) => ({
    known: await tx.topic(customerId),
    ...(await tx.snapshot(customerId, 0)),
  }));
  const group = known === undefined ? staff.first() : (staff.byId(known.staffChatId) ?? staff.first());
  if (group === undefined) throw new NoStaffGroup();
  if (known?.staffChatId === group.chatId && (known.threadId !== null || !group.isForum)) return known;
  const title = ticket === null ? customer.name : topicTitle(ticket, customer, mind().say(STAFF_LANG));
  const threadId = group.isForum
    ? (await api.createForumTopic(group.chatId, titleOf(title))).message_thread_id
    : null;
  const topic: Topic = { customerId, staffChatId: group.chatId, threadId, cardMessageId: null };
  await store.transaction((tx) => tx.saveTopic(topic));
  return topic;
}

function titleOf(text: string): string {
  return [...text].slice(0, TITLE).join("");
}

async function changeTopic(
  api: Api,
  { chatId, threadId }: Place,
  message: Extract<Delivery["message"], { kind: "topic.title" | "topic.close" | "topic.reopen" }>,
): Promise<void> {
  if (threadId === null) return;
  switch (message.kind) {
    case "topic.title":
      await api.editForumTopic(chatId, threadId, { name: titleOf(message.title) });
      return;
    case "topic.close":
      await api.closeForumTopic(chatId, threadId);
      return;
    case "topic.reopen":
      await api.reopenForumTopic(chatId, threadId);
  }
}

async function change(
  { api, store }: DeliveryRooms,
  { chatId }: Place,
  message: Extract<Delivery["message"], { kind: "edit" | "react" }>,
): Promise<void> {
  const copyId = await replyTarget(store, chatId, message.origin);
  if (copyId === null) return;
  if (message.kind === "react") {
    const { emoji } = message;
    // Telegram checks the emoji itself and refuses what it doesn't know.
    const reaction = emoji === null ? [] : [{ type: "emoji" as const, emoji: emoji as "👍" }];
    await api.setMessageReaction(chatId, copyId, reaction);
    return;
  }
  if (message.caption) await api.editMessageCaption(chatId, copyId, { caption: message.text });
  else await api.editMessageText(chatId, copyId, message.text);
}

/** The message in `chatId` that stands for one of the other side's. */
async function replyTarget(store: Store, chatId: number, origin: MessageRef): Promise<number | null> {
  const others = await store.transaction((tx) => tx.counterparts(origin));
  return others.find((other) => other.chatId === chatId)?.messageId ?? null;
}

/** Links what was sent to what it carries, so that a reply or an edit on either side finds the other. */
async function remember(
  { store }: DeliveryRooms,
  { to, customerId }: Delivery,
  sent: readonly number[],
  origins: readonly (MessageRef | undefined)[],
): Promise<void> {
  if (to.kind === "oncall") return;
  const topic = to.kind === "topic" ? await store.transaction((tx) => tx.topic(customerId)) : undefined;
  const chatId = to.kind === "customer" ? to.customerId : topic?.staffChatId;
  if (chatId === undefined) return;
  await store.transaction(async (tx) => {
    for (const [at, messageId] of sent.entries()) {
      const ref = { chatId, messageId };
      const origin = origins[Math.min(at, origins.length - 1)];
      // In the staff group even what carries nothing must be known as this customer's: agents reply to it.
      if (origin !== undefined) await tx.link(customerId, origin, ref);
      else if (to.kind === "topic") await tx.link(customerId, ref, ref);
    }
  });
}

async function rememberCard(
  store: Store,
  { customerId }: Delivery,
  messageId: number | undefined,
): Promise<void> {
  if (messageId === undefined) return;
  await store.transaction(async (tx) => {
    const topic = await tx.topic(customerId);
    if (topic !== undefined) await tx.saveTopic({ ...topic, cardMessageId: messageId });
  });
}
