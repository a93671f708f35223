import { type Api, GrammyError } from "grammy";
import { STAFF_LANG } from "../dialogue/turn.ts";
import type { MessageRef, Outgoing } from "../dialogue/types.ts";
import type { Delivery, Tx } from "../store/types.ts";
import { pieces, sendPiece } from "./calls.ts";
import { readFailure } from "./failures.ts";
import { links } from "./links.ts";
import type { Place, PlaceRooms } from "./place.ts";

// What changes a message that was carried over before: its words, its reactions, its being there at all.

/** A message in this chat that carries an origin, and whether it carries others' words too. */
interface Carrier {
  readonly messageId: number;
  readonly carries: "this alone" | "several";
}

async function carriersOf(
  { store }: PlaceRooms,
  chatId: number,
  origin: MessageRef,
): Promise<readonly Carrier[]> {
  return store.transaction(async (tx) => {
    const here = (await tx.counterparts(origin)).filter((other) => other.chatId === chatId);
    const carriers: Carrier[] = [];
    for (const ref of here) {
      const origins = (await tx.counterparts(ref)).filter((other) => other.chatId !== chatId);
      carriers.push({ messageId: ref.messageId, carries: origins.length > 1 ? "several" : "this alone" });
    }
    return carriers;
  });
}

/**
 * Gives a carried message its new words. In a message that carries several, the others' words would be lost: there
 * the new words go below it, as an answer to it, and later edits change those.
 */
export async function edit(
  rooms: PlaceRooms,
  place: Place,
  delivery: Delivery,
  message: Extract<Outgoing, { kind: "edit" }>,
): Promise<(tx: Tx) => Promise<void>> {
  const { api, mind } = rooms;
  const carriers = await carriersOf(rooms, place.chatId, message.origin);
  const own = carriers.filter(({ carries }) => carries === "this alone");
  const [first] = own.length > 0 ? own : carriers;
  if (first === undefined) return async () => {};
  if (own.length === 0) {
    const text = mind().say(STAFF_LANG)("relay.edited_below", { text: message.text });
    return append(text, first.messageId);
  }
  if (message.caption) {
    await unlessMoot(api.editMessageCaption(place.chatId, first.messageId, { caption: message.text }));
    return async () => {};
  }
  const texts = pieces(message.text);
  const spare = own.slice(texts.length);
  for (const [at, { messageId }] of own.slice(0, texts.length).entries())
    await unlessMoot(api.editMessageText(place.chatId, messageId, texts[at] ?? ""));
  for (const { messageId } of spare) await unlessMoot(api.deleteMessage(place.chatId, messageId));
  const more = texts.slice(own.length).join("\n");
  return more === "" ? async () => {} : append(more, own.at(-1)?.messageId ?? first.messageId);

  async function append(text: string, below: number): Promise<(tx: Tx) => Promise<void>> {
    const sent: number[] = [];
    for (const piece of pieces(text))
      sent.push(
        await sendPiece(api, { ...place, replyTo: below }, { kind: "text", text: piece }, "last", mind().say),
      );
    return links(delivery, place.chatId, sent, [message.origin]);
  }
}

/** Takes the buttons from under a message of the bot's own, and gives it new words where there are any. */
export async function settle(
  api: Api,
  { on: { chatId, messageId }, text }: Extract<Outgoing, { kind: "settled" }>,
): Promise<void> {
  if (text === undefined) await api.editMessageReplyMarkup(chatId, messageId);
  else await api.editMessageText(chatId, messageId, text);
}

export async function react(
  rooms: PlaceRooms,
  { chatId }: Place,
  { origin, emoji }: Extract<Outgoing, { kind: "react" }>,
): Promise<void> {
  const [carrier] = await carriersOf(rooms, chatId, origin);
  if (carrier === undefined) return;
  // Telegram checks the emoji itself and refuses what it doesn't know.
  const reaction = emoji === null ? [] : [{ type: "emoji" as const, emoji: emoji as "👍" }];
  await rooms.api.setMessageReaction(chatId, carrier.messageId, reaction);
}

/** Takes back whatever carried a message, as far as it carries nothing else. */
export async function withdraw(rooms: PlaceRooms, { chatId }: Place, origin: MessageRef): Promise<void> {
  for (const { messageId, carries } of await carriersOf(rooms, chatId, origin))
    if (carries === "this alone") await unlessMoot(rooms.api.deleteMessage(chatId, messageId));
}

/** Of several calls one may find its work done: the others still have theirs to do. */
async function unlessMoot(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof GrammyError) || readFailure(error).kind !== "moot") throw error;
  }
}
