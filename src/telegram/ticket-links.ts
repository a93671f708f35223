import type { MessageEntity } from "grammy/types";
import type { TicketMention } from "../dialogue/types.ts";
import type { Store, Topic } from "../store/types.ts";
import type { Target } from "./calls.ts";

/** Where a tap on `#N` leads, by the ticket's number. */
export type Addresses = ReadonlyMap<number, string>;

/** Looked up when the message goes: a topic may be made, or a group get a new id, after it was written. */
export async function addressesOf(
  store: Store,
  tickets: readonly TicketMention[],
  from: Pick<Target, "chatId" | "threadId">,
): Promise<Addresses> {
  if (tickets.length === 0) return new Map();
  return store.transaction(async (tx) => {
    const addresses = new Map<number, string>();
    for (const { number, customerId } of tickets) {
      const topic = await tx.topic(customerId);
      const address = topic && addressOf(topic, from);
      if (address !== undefined) addresses.set(number, address);
    }
    return addresses;
  });
}

/**
 * Telegram's own address of a place in a private supergroup: its id without the -100, and the topic, or the card
 * where there are no topics or the reader is in the topic already. A plain group has no addresses.
 * https://core.telegram.org/api/links#private-message-links
 */
function addressOf(
  { staffChatId, threadId, cardMessageId }: Topic,
  from: Pick<Target, "chatId" | "threadId">,
): string | undefined {
  const group = /^-100(\d+)$/u.exec(`${staffChatId}`)?.[1];
  if (group === undefined) return undefined;
  const isThere = from.chatId === staffChatId && from.threadId === threadId;
  if (threadId !== null && !isThere) return `https://t.me/c/${group}/${threadId}`;
  if (cardMessageId === null) return undefined;
  return `https://t.me/c/${group}/${threadId === null ? "" : `${threadId}/`}${cardMessageId}`;
}

/** Makes each `#N` in the text a link to its ticket. */
export function ticketLinks(text: string, addresses: Addresses): readonly MessageEntity[] {
  return [...text.matchAll(/#(\d+)/gu)].flatMap(({ 0: words, 1: number, index }) => {
    const url = addresses.get(Number(number));
    return url === undefined
      ? []
      : [{ type: "text_link" as const, offset: index, length: words.length, url }];
  });
}
