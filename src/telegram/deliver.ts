import type { Delivery, Tx } from "../store/types.ts";
import { copy, pieces, sendContact, sendFiles, sendPiece, type Target } from "./calls.ts";
import { showOnCard } from "./card.ts";
import { edit, react, settle, withdraw } from "./change.ts";
import { deletePlace } from "./forgotten.ts";
import { letterFiles } from "./letter.ts";
import { links, replyTarget } from "./links.ts";
import { type Place, type PlaceRooms, placeOf, titleOf } from "./place.ts";
import { addressesOf, ticketLinks } from "./ticket-links.ts";
import { sealKey, transcriptFiles } from "./transcript.ts";

export type DeliveryRooms = PlaceRooms;

/** What a delivery left at Telegram. */
export interface Delivered {
  readonly chatId: number;
  /** Writes down which message carries which; committed together with the end of the delivery. */
  readonly remember: (tx: Tx) => Promise<void>;
  /** Parts of an album that Telegram left out without a word. */
  readonly leftOut: number;
}

const NOTHING = async () => {};

/**
 * Carries out one delivery at Telegram. An album's parts, and texts merged into one message, come as one delivery
 * with all of theirs in `parts`.
 * @throws GrammyError | HttpError as the Bot API does; NoStaffGroup
 */
export async function deliver(
  rooms: DeliveryRooms,
  delivery: Delivery,
  parts: readonly Delivery[],
): Promise<Delivered> {
  const { api, store } = rooms;
  const { message } = delivery;
  if (message.kind === "callback") {
    await api.answerCallbackQuery(message.callbackId, {
      ...(message.text === undefined ? {} : { text: message.text }),
      ...(message.alert === true ? { show_alert: true } : {}),
    });
    return { chatId: 0, remember: NOTHING, leftOut: 0 };
  }
  if (message.kind === "settled") {
    await settle(api, message);
    return { chatId: message.on.chatId, remember: NOTHING, leftOut: 0 };
  }
  if (message.kind === "card.buttons") {
    await showOnCard(rooms, delivery.customerId, message.ticket);
    return { chatId: 0, remember: NOTHING, leftOut: 0 };
  }
  if (message.kind === "topic.delete") {
    const remember = await deletePlace(rooms, delivery, message.ticket);
    return { chatId: 0, remember, leftOut: 0 };
  }
  const place = await placeOf(rooms, delivery.to);
  const done = (remember: Delivered["remember"] = NOTHING, leftOut = 0): Delivered => ({
    chatId: place.chatId,
    remember,
    leftOut,
  });
  const target = async (): Promise<Target> => {
    const answered = "replyTo" in message ? message.replyTo : undefined;
    const replyTo = answered ? await replyTarget(store, place.chatId, answered) : null;
    return { ...place, replyTo: replyTo ?? place.card };
  };
  switch (message.kind) {
    case "edit":
      return done(await edit(rooms, place, delivery, message));
    case "react":
      await react(rooms, place, message);
      return done();
    case "delete":
      await withdraw(rooms, place, message.origin);
      return done();
    case "topic.title":
    case "topic.close":
    case "topic.reopen":
      await changeTopic(rooms, place, message);
      return done();
    case "text":
      return done(await sendText(rooms, delivery, parts, await target()));
    case "contact": {
      const sent = await sendContact(api, await target(), message);
      return done(links(delivery, place.chatId, sent, []));
    }
    case "copy": {
      const origins = parts.flatMap((part) => (part.message.kind === "copy" ? [part.message.origin] : []));
      const sent = await copy(api, await target(), origins, message.caption);
      return done(links(delivery, place.chatId, sent, origins), origins.length - sent.length);
    }
    case "letter": {
      const files = await letterFiles(message.letter, message.name);
      await sendFiles(api, await target(), files, message.caption);
      return done();
    }
    case "transcript": {
      const { record, key } = await store.transaction(async (tx) => ({
        record: await tx.customerRecord(delivery.customerId),
        key: await sealKey(tx),
      }));
      const at = message.at ?? delivery.createdAt;
      const { page, json } = transcriptFiles(record, { at, mind: rooms.mind(), key });
      await sendFiles(api, await target(), [page, json], message.caption);
      return done();
    }
  }
}

/**
 * Sends a text, the long ones piece by piece. What has arrived is written down before the next piece goes, so that
 * a refusal half-way repeats nothing.
 */
async function sendText(
  { api, store, mind, commit }: DeliveryRooms,
  delivery: Delivery,
  parts: readonly Delivery[],
  target: Target,
): Promise<Delivered["remember"]> {
  const { message } = delivery;
  if (message.kind !== "text") return NOTHING;
  const origins = parts.flatMap(({ message: part }) =>
    part.kind === "text" && part.origin !== undefined ? [part.origin] : [],
  );
  const texts = parts.flatMap(({ message: part }) => (part.kind === "text" ? [part.text] : []));
  const addresses = await addressesOf(store, message.tickets ?? [], target);
  let rest = { ...message, text: texts.join("\n") };
  let to = target;
  for (;;) {
    const [piece = "", ...more] = pieces(rest.text);
    const isLast = more.length === 0;
    const messageId = await sendPiece(
      api,
      to,
      { ...rest, text: piece },
      isLast ? "last" : "first",
      mind().say,
      ticketLinks(piece, addresses),
    );
    const remember = links(delivery, target.chatId, [messageId], origins);
    if (isLast)
      return async (tx) => {
        await remember(tx);
        if (message.card !== undefined) await rememberCard(tx, delivery, messageId);
      };
    rest = { ...rest, text: rest.text.slice(piece.length).replace(/^\n/u, "") };
    to = { ...to, replyTo: null };
    const left = { ...rest, replyTo: null };
    await commit(async (tx) => {
      await remember(tx);
      await tx.shortenDelivery(delivery.id, left);
    });
  }
}

async function rememberCard(tx: Tx, { customerId }: Delivery, messageId: number): Promise<void> {
  const topic = await tx.topic(customerId);
  if (topic !== undefined) await tx.saveTopic({ ...topic, cardMessageId: messageId });
}

async function changeTopic(
  { api, icons }: DeliveryRooms,
  { chatId, threadId }: Place,
  message: Extract<Delivery["message"], { kind: "topic.title" | "topic.close" | "topic.reopen" }>,
): Promise<void> {
  if (threadId === null) return;
  switch (message.kind) {
    case "topic.title": {
      const icon = await icons.of(message.state);
      await api.editForumTopic(chatId, threadId, { name: titleOf(message.title), ...icon });
      return;
    }
    case "topic.close":
      await api.closeForumTopic(chatId, threadId);
      return;
    case "topic.reopen":
      await api.reopenForumTopic(chatId, threadId);
  }
}
