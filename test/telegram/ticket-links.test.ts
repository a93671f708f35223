import { expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import type { Store, Topic } from "../../src/store/types.ts";
import { addressesOf, ticketLinks } from "../../src/telegram/ticket-links.ts";
import { decision, T0 } from "../store/builders.ts";

const CUSTOMER = 700;

async function storeWith(topic: Omit<Topic, "customerId">): Promise<Store> {
  const store = await openStore({ url: "file::memory:" });
  await store.transaction(async (tx) => {
    await tx.apply(decision(CUSTOMER), T0);
    await tx.saveTopic({ customerId: CUSTOMER, ...topic });
  });
  return store;
}
const tickets = [{ number: 12, customerId: CUSTOMER }];
const PRIVATE = { chatId: 900, threadId: null };

test.each([
  ["a topic", { staffChatId: -1001234567890, threadId: 77, cardMessageId: 78 }, PRIVATE, "1234567890/77"],
  [
    "the card, for who is in the topic",
    { staffChatId: -1001234567890, threadId: 77, cardMessageId: 78 },
    { chatId: -1001234567890, threadId: 77 },
    "1234567890/77/78",
  ],
  [
    "the card, where there are no topics",
    { staffChatId: -1001234567890, threadId: null, cardMessageId: 78 },
    PRIVATE,
    "1234567890/78",
  ],
])("#12 leads to %s", async (_, topic, from, place) => {
  const store = await storeWith(topic);
  const text = "🔴 工单 #12（甲 #1）已等 3 分钟";
  expect(ticketLinks(text, await addressesOf(store, tickets, from))).toEqual([
    { type: "text_link", offset: text.indexOf("#12"), length: 3, url: `https://t.me/c/${place}` },
  ]);
  await store.close();
});

test.each([
  ["a plain group has no addresses", { staffChatId: -123456, threadId: null, cardMessageId: 78 }],
  ["nothing is there yet", { staffChatId: -1001234567890, threadId: null, cardMessageId: null }],
])("%s: the number stands alone", async (_, topic) => {
  const store = await storeWith(topic);
  expect(ticketLinks("#12", await addressesOf(store, tickets, PRIVATE))).toEqual([]);
  await store.close();
});
