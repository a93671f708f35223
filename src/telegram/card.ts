import { GrammyError } from "grammy";
import { cardButtons } from "../dialogue/card.ts";
import { STAFF_LANG } from "../dialogue/turn.ts";
import { inlineMarkup } from "./calls.ts";
import { type Failure, readFailure } from "./failures.ts";
import type { PlaceRooms } from "./place.ts";

/** What ends it: the card is gone, or can't be changed. What it says is told apart again when it is pressed. */
const OVER: ReadonlySet<Failure["kind"]> = new Set(["moot", "refused", "topic_gone", "topic_closed"]);

/**
 * Gives the last card the buttons that fit how the customer's ticket stands now; no card is sent for it. Nothing
 * where the ticket isn't their last any more: then the card is about to be another's.
 * @throws GrammyError | HttpError where trying again may help
 */
export async function showOnCard(rooms: PlaceRooms, customerId: number, number: number): Promise<void> {
  const { api, store, mind } = rooms;
  const { topic, ticket } = await store.transaction(async (tx) => ({
    topic: await tx.topic(customerId),
    ...(await tx.snapshot(customerId, 0)),
  }));
  if (topic?.cardMessageId == null || ticket?.number !== number) return;
  const reply_markup = inlineMarkup(cardButtons(ticket, mind().say(STAFF_LANG)));
  try {
    await api.editMessageReplyMarkup(topic.staffChatId, topic.cardMessageId, { reply_markup });
  } catch (error) {
    if (!(error instanceof GrammyError) || !OVER.has(readFailure(error).kind)) throw error;
  }
}
