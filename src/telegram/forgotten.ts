import { type Api, GrammyError } from "grammy";
import { STAFF_LANG } from "../dialogue/turn.ts";
import type { Delivery, Topic, Tx } from "../store/types.ts";
import { readFailure } from "./failures.ts";
import type { PlaceRooms } from "./place.ts";

/** Telegram deletes so many messages in one call: https://core.telegram.org/bots/api#deletemessages */
const AT_ONCE = 100;

/**
 * Deletes what a customer left in the staff group: the topic with all that is in it, or where there is none, or
 * Telegram won't let us, whatever single messages it lets us. General is told, also of what is left to be done by
 * hand (promise 6). Nothing at Telegram is looked for that we hold no number of.
 * @throws GrammyError | HttpError where it should be tried again
 */
export async function deletePlace(
  { api, store, mind }: PlaceRooms,
  { customerId, createdAt }: Delivery,
  ticket: number | null,
): Promise<(tx: Tx) => Promise<void>> {
  const { place, messages, isBack } = await store.transaction(async (tx) => {
    const known = await tx.topic(customerId);
    const open = (await tx.openTickets()).some((each) => each.customerId === customerId);
    return {
      place: known,
      messages: known === undefined ? [] : await tx.messagesOf(customerId, known.staffChatId),
      isBack: open && ticket === null,
    };
  });
  if (place === undefined || isBack) return async () => {};
  const isGone = await topicDeleted(api, place);
  if (!isGone) await deleteSome(api, place, messages);
  return async (tx) => {
    await tx.forgetPlace(customerId);
    if (ticket === null || (messages.length === 0 && place.threadId === null)) return;
    const say = mind().say(STAFF_LANG);
    const text = say(isGone ? "desk.place_deleted" : "desk.place_left", { number: ticket });
    const to = { kind: "general", chatId: place.staffChatId } as const;
    await tx.applyDesk([{ kind: "send", to, lane: "notice", message: { kind: "text", text } }], createdAt);
  };
}

async function topicDeleted(api: Api, { staffChatId, threadId }: Topic): Promise<boolean> {
  if (threadId === null) return false;
  return await succeeded(api.deleteForumTopic(staffChatId, threadId));
}

/**
 * Deletes what Telegram lets us: without the right to, only the bot's own messages of the last 48 hours. It doesn't
 * say which it left out, so the agents are asked to look.
 */
async function deleteSome(api: Api, { staffChatId }: Topic, messages: readonly number[]): Promise<void> {
  for (let from = 0; from < messages.length; from += AT_ONCE) {
    const some = messages.slice(from, from + AT_ONCE);
    if (await succeeded(api.deleteMessages(staffChatId, some))) continue;
    // One that it refuses may make it refuse all.
    for (const message of some) await succeeded(api.deleteMessage(staffChatId, message));
  }
}

/** False where Telegram refuses for good; gone already is as good as deleted. */
async function succeeded(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    switch (readFailure(error).kind) {
      case "moot":
      case "topic_gone":
        return true;
      case "refused":
      case "unreachable":
        return false;
      default:
        throw error;
    }
  }
}
