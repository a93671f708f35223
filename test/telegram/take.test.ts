import type { Update } from "grammy/types";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/types.ts";
import { createTake, type Take } from "../../src/telegram/take.ts";
import { createVitals } from "../../src/telegram/vitals.ts";
import { realMind } from "../support/mind.ts";

const T0 = Date.UTC(2026, 10, 23, 2, 0);
const STAFF = { id: -1001, type: "supergroup", title: "客服组", is_forum: true } as const;
const FROM = { id: 7, is_bot: false, first_name: "客户甲" };
const CHAT = { id: 7, type: "private", first_name: "客户甲" } as const;

let store: Store;
let take: Take;

beforeEach(async () => {
  const mind = await realMind();
  store = await openStore({ url: "file::memory:", now: () => T0 });
  take = createTake({
    store,
    mind: () => mind,
    isStaff: (chatId) => chatId === STAFF.id,
    log: pino({ level: "silent" }),
    now: () => T0,
    vitals: createVitals(),
    emergency: async () => {},
    received: () => {},
  });
});
afterEach(() => store.close());

const said = (text: string, parts: object = {}) =>
  ({ message: { message_id: 1, date: 1, chat: CHAT, from: FROM, text, ...parts } }) as Omit<
    Update,
    "update_id"
  >;
const pressed = (data: string) =>
  ({
    callback_query: { id: "1", from: FROM, chat_instance: "1", data, message: said("").message },
  }) as Omit<Update, "update_id">;

/** Which is decided first when this comes after a question of somebody else's. */
async function firstOf(update: Omit<Update, "update_id">): Promise<"it" | "the question"> {
  const question = said("客服电话多少", { chat: { ...CHAT, id: 8 }, from: { ...FROM, id: 8 } });
  await take([
    { update_id: 1, ...question },
    { update_id: 2, ...update },
  ] as Update[]);
  const first = await store.transaction((tx) => tx.nextUpdate(T0));
  return first?.updateId === 2 ? "it" : "the question";
}

test.each([
  ["words", said("我要转人工")],
  ["a bare word", said("人工")],
  ["English", said("let me talk to a real person")],
  ["the command", said("/human")],
  ["the keyboard", said("🙋 转人工")],
  ["a picture's caption", said("", { text: undefined, photo: [], caption: "转人工" })],
  ["the button", pressed("human")],
  ["the button of an answer", pressed("i:human")],
  ["an agent", said("好的", { chat: STAFF, message_thread_id: 5, is_topic_message: true })],
])("who asks for a person, and an agent, comes before a question that was there: %s", async (_, update) => {
  expect(await firstOf(update)).toBe("it");
});

test.each([
  ["a question", said("你们漳浦修不修")],
  [
    "what was forwarded",
    said("转人工", { forward_origin: { type: "hidden_user", sender_user_name: "x", date: 1 } }),
  ],
  ["not wanted any more", said("不用转人工了")],
  ["another button", pressed("i:hotline")],
  ["what can't be read", { message: { chat: CHAT, text: 5 } } as never],
])("the rest keeps its turn: %s", async (_, update) => {
  expect(await firstOf(update)).toBe("the question");
});
