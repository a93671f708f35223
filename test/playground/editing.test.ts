import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bench, drain, openBench, refusal } from "./bench.ts";

let bench: Bench;
let chat: number;
let time: number;

beforeEach(async () => {
  time = Date.UTC(2026, 0, 1);
  bench = await openBench({ now: () => time });
  const customer = bench.playground.control.customer();
  chat = customer.id;
  await customer.starts();
  await drain(bench.api);
});
afterEach(() => bench.playground.close());

const button = (text: string) => ({ inline_keyboard: [[{ text, callback_data: "x" }]] });

test("an edit changes text and buttons in place; an absent keyboard is removed", async () => {
  const { message_id } = await bench.api.sendMessage(chat, "第 3 位", { reply_markup: button("取消") });
  await bench.api.editMessageText(chat, message_id, "第 2 位");
  const [last] = (await bench.playground.control.customer().transcript()).slice(-1);
  expect(last?.message).toMatchObject({ message_id, text: "第 2 位" });
  expect(last?.message.reply_markup).toBeUndefined();
});

test("an edit that changes nothing is refused", async () => {
  const { message_id } = await bench.api.sendMessage(chat, "same", { reply_markup: button("a") });
  const same = bench.api.editMessageText(chat, message_id, "same", { reply_markup: button("a") });
  expect(await refusal(same)).toMatch(
    /^400 Bad Request: message is not modified: specified new message content/,
  );
  expect(
    await refusal(bench.api.editMessageReplyMarkup(chat, message_id, { reply_markup: button("a") })),
  ).toMatch(/message is not modified/);
});

test("what can't be edited", async () => {
  const own = await bench.playground.control.customer().says("mine");
  expect(await refusal(bench.api.editMessageText(chat, own.message_id, "x"))).toBe(
    "400 Bad Request: message can't be edited",
  );
  expect(await refusal(bench.api.editMessageText(chat, 99_999, "x"))).toBe(
    "400 Bad Request: message to edit not found",
  );
  const contact = await bench.api.sendContact(chat, "400-000-0000", "热线");
  expect(await refusal(bench.api.editMessageText(chat, contact.message_id, "x"))).toBe(
    "400 Bad Request: there is no text in the message to edit",
  );
});

test("a caption is edited as a caption", async () => {
  const [photo] = await bench.playground.control.customer().sends({ media: "photo" });
  const copy = await bench.api.copyMessage(chat, chat, photo?.message_id ?? 0, { caption: "before" });
  await bench.api.editMessageCaption(chat, copy.message_id, { caption: "after" });
  const last = (await bench.playground.control.customer().transcript()).at(-1);
  expect(last?.message.caption).toBe("after");
  expect(last?.message.photo).toBeDefined();
});

test("deleting: once, within two days, silently for many", async () => {
  const [a, b] = [await bench.api.sendMessage(chat, "a"), await bench.api.sendMessage(chat, "b")];
  expect(await bench.api.deleteMessage(chat, a.message_id)).toBe(true);
  expect(await refusal(bench.api.deleteMessage(chat, a.message_id))).toBe(
    "400 Bad Request: message to delete not found",
  );
  time += 49 * 3600 * 1000;
  expect(await refusal(bench.api.deleteMessage(chat, b.message_id))).toBe(
    "400 Bad Request: message can't be deleted",
  );
  expect(await bench.api.deleteMessages(chat, [a.message_id, b.message_id])).toBe(true);
  expect((await bench.playground.control.customer().transcript()).at(-1)?.message.text).toBe("b");
});

test("a callback is answered once, and not too late", async () => {
  const customer = bench.playground.control.customer();
  await bench.api.sendMessage(chat, "hi", { reply_markup: button("接单") });
  const tooOld = "400 Bad Request: query is too old and response timeout expired or query ID is invalid";
  const press = await customer.presses("接单");
  const [update] = await drain(bench.api);
  const id = update?.callback_query?.id ?? "";
  await bench.api.answerCallbackQuery(id, { text: "好的" });
  expect(await press.answer()).toBe("好的");
  expect(await refusal(bench.api.answerCallbackQuery(id))).toBe(tooOld);
  expect(await refusal(bench.api.answerCallbackQuery("12345"))).toBe(tooOld);
  await customer.presses("接单");
  const [late] = await drain(bench.api);
  time += 16 * 60_000;
  expect(await refusal(bench.api.answerCallbackQuery(late?.callback_query?.id ?? ""))).toBe(tooOld);
});

test("the bot reacts with Telegram's reactions only", async () => {
  const said = await bench.playground.control.customer().says("谢谢");
  await bench.api.setMessageReaction(chat, said.message_id, [{ type: "emoji", emoji: "👍" }]);
  const last = (await bench.playground.control.customer().transcript()).at(-1);
  expect(Object.values(last?.reactions ?? {})).toEqual([[{ type: "emoji", emoji: "👍" }]]);
  const odd = [{ type: "emoji", emoji: "🚗" }] as unknown as [];
  expect(await refusal(bench.api.setMessageReaction(chat, said.message_id, odd))).toBe(
    "400 Bad Request: REACTION_INVALID",
  );
});

test("a pinned message shows in getChat until unpinned", async () => {
  const { staffChatId } = bench.playground;
  const card = await bench.api.sendMessage(staffChatId, "card");
  await bench.api.pinChatMessage(staffChatId, card.message_id);
  expect((await bench.api.getChat(staffChatId)).pinned_message?.message_id).toBe(card.message_id);
  await bench.api.unpinChatMessage(staffChatId, card.message_id);
  expect((await bench.api.getChat(staffChatId)).pinned_message).toBeUndefined();
});

test("commands are kept by scope and language", async () => {
  await bench.api.setMyCommands([{ command: "human", description: "转人工" }]);
  await bench.api.setMyCommands([{ command: "human", description: "Talk to a person" }], {
    language_code: "en",
  });
  expect(await bench.api.getMyCommands()).toEqual([{ command: "human", description: "转人工" }]);
  expect(await bench.api.getMyCommands({ language_code: "en" })).toEqual([
    { command: "human", description: "Talk to a person" },
  ]);
  expect(await refusal(bench.api.setMyCommands([{ command: "转人工", description: "x" }]))).toBe(
    "400 Bad Request: BOT_COMMAND_INVALID",
  );
  await bench.api.setMyDescription("直达");
  expect((await bench.api.getMyDescription()).description).toBe("直达");
});
