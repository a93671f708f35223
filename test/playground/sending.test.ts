import { InputFile } from "grammy";
import type { Message } from "grammy/types";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bench, drain, openBench, refusal } from "./bench.ts";

let bench: Bench;
let chat: number;

beforeEach(async () => {
  bench = await openBench();
  const customer = bench.playground.control.customer();
  chat = customer.id;
  await customer.starts();
  await drain(bench.api);
});
afterEach(() => bench.playground.close());

test.each([
  ["", "400 Bad Request: message text is empty"],
  ["  \n ", "400 Bad Request: message text is empty"],
  ["长".repeat(4097), "400 Bad Request: message is too long"],
])("a text that can't be sent (%#)", async (text, refused) => {
  expect(await refusal(bench.api.sendMessage(chat, text))).toBe(refused);
});

test("4096 characters are fine", async () => {
  expect((await bench.api.sendMessage(chat, "长".repeat(4096))).text).toHaveLength(4096);
});

test("a caption ends at 1024", async () => {
  const photo = new InputFile(Buffer.from("png"), "a.png");
  expect(await refusal(bench.api.sendPhoto(chat, photo, { caption: "x".repeat(1025) }))).toBe(
    "400 Bad Request: message caption is too long",
  );
});

test("HTML becomes entities, and unescaped names are refused with Telegram's words", async () => {
  const sent = await bench.api.sendMessage(chat, '<b>直达</b> &lt;3 <a href="https://example.com">x</a>', {
    parse_mode: "HTML",
  });
  expect(sent.text).toBe("直达 <3 x");
  expect(sent.entities).toEqual([
    { type: "bold", offset: 0, length: 2 },
    { type: "text_link", offset: 6, length: 1, url: "https://example.com" },
  ]);
  expect(await refusal(bench.api.sendMessage(chat, "Tom <tom> & Co", { parse_mode: "HTML" }))).toBe(
    '400 Bad Request: can\'t parse entities: Unsupported start tag "tom" at byte offset 4',
  );
  expect(await refusal(bench.api.sendMessage(chat, "<b>open", { parse_mode: "HTML" }))).toMatch(
    /Can't find end tag corresponding to start tag "b"/,
  );
});

test("both Markdowns, and what breaks them", async () => {
  const v2 = await bench.api.sendMessage(chat, "*粗* _斜_ `a_b` 1\\.5", { parse_mode: "MarkdownV2" });
  expect(v2.text).toBe("粗 斜 a_b 1.5");
  expect(v2.entities?.map((e) => [e.type, e.offset, e.length])).toEqual([
    ["bold", 0, 1],
    ["italic", 2, 1],
    ["code", 4, 3],
  ]);
  expect(await refusal(bench.api.sendMessage(chat, "1.5", { parse_mode: "MarkdownV2" }))).toBe(
    "400 Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
  );
  expect(await refusal(bench.api.sendMessage(chat, "客户_甲", { parse_mode: "Markdown" }))).toBe(
    "400 Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 6",
  );
});

test("given entities are kept; the server finds commands, links and phone numbers itself", async () => {
  const sent = await bench.api.sendMessage(chat, "call 400-000-0000 or /human https://example.com/a", {
    entities: [{ type: "bold", offset: 0, length: 4 }],
  });
  expect(sent.entities?.map(({ type }) => type)).toEqual(["bold", "phone_number", "bot_command", "url"]);
});

test.each([
  [{ text: "x", callback_data: "a".repeat(65) }, "400 Bad Request: BUTTON_DATA_INVALID"],
  [{ text: "x", callback_data: "人".repeat(22) }, "400 Bad Request: BUTTON_DATA_INVALID"],
  [
    { text: "x", url: "tel:4000000000" },
    "400 Bad Request: inline keyboard button URL 'tel:4000000000' is invalid: Unsupported URL protocol",
  ],
  [{ text: "x", copy_text: { text: "" } }, "400 Bad Request: BUTTON_COPY_TEXT_INVALID"],
  [{ text: "x", copy_text: { text: "人".repeat(257) } }, "400 Bad Request: BUTTON_COPY_TEXT_INVALID"],
  [{ text: "x" }, "400 Bad Request: text buttons are unallowed in the inline keyboard"],
])("an inline button that is refused (%#)", async (button, refused) => {
  const markup = { inline_keyboard: [[button as unknown as { text: string; callback_data: string }]] };
  expect(await refusal(bench.api.sendMessage(chat, "hi", { reply_markup: markup }))).toBe(refused);
});

test("a copy button puts its text on the presser's clipboard, and the bot hears nothing", async () => {
  const customer = bench.playground.control.customer();
  await bench.api.sendMessage(chat, "hi", {
    reply_markup: { inline_keyboard: [[{ text: "复制", copy_text: { text: "请转人工" } }]] },
  });
  expect(await customer.presses("复制")).toMatchObject({ kind: "copied", text: "请转人工" });
  expect(await drain(bench.api)).toEqual([]);
});

test("a reply keyboard stays until removed, and isn't part of the message", async () => {
  const customer = bench.playground.control.customer();
  const sent = await bench.api.sendMessage(chat, "hi", {
    reply_markup: { keyboard: [[{ text: "🙋 转人工" }, "热线"]], is_persistent: true, resize_keyboard: true },
  });
  expect(sent.reply_markup).toBeUndefined();
  await bench.api.sendMessage(chat, "more");
  expect(await customer.keyboard()).toEqual(["🙋 转人工", "热线"]);
  await customer.presses("🙋 转人工");
  expect((await drain(bench.api)).map((u) => u.message?.text)).toEqual(["🙋 转人工"]);
  await bench.api.sendMessage(chat, "bye", { reply_markup: { remove_keyboard: true } });
  expect(await customer.keyboard()).toEqual([]);
});

test("an uploaded file comes back byte for byte", async () => {
  const bytes = Buffer.from("协议.pdf's bytes");
  const sent = await bench.api.sendDocument(chat, new InputFile(bytes, "协议.pdf"), { caption: "合同" });
  expect(sent).toMatchObject({
    caption: "合同",
    document: { file_name: "协议.pdf", mime_type: "application/pdf" },
  });
  const { file_path } = await bench.api.getFile(sent.document.file_id);
  const response = await fetch(`${bench.url}/file/bot${bench.playground.token}/${file_path}`);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  const again = await bench.api.sendDocument(chat, sent.document.file_id);
  expect(again.document.file_id).toBe(sent.document.file_id);
});

test("a file id nobody knows, and an address that would leave the machine", async () => {
  expect(await refusal(bench.api.sendPhoto(chat, "AgACnope"))).toBe(
    "400 Bad Request: wrong file identifier/HTTP URL specified",
  );
  expect(await refusal(bench.api.sendPhoto(chat, "https://example.com/a.png"))).toBe(
    "400 Bad Request: failed to get HTTP URL content",
  );
});

test("an album shares one media_group_id", async () => {
  const part = (name: string) => ({ type: "photo" as const, media: new InputFile(Buffer.from(name), name) });
  const album = await bench.api.sendMediaGroup(chat, [{ ...part("a.png"), caption: "two" }, part("b.png")]);
  expect(new Set(album.map((m) => (m as Message).media_group_id)).size).toBe(1);
  expect(album.map((m) => m.caption)).toEqual(["two", undefined]);
  expect(await refusal(bench.api.sendMediaGroup(chat, [part("a.png")]))).toMatch(/^400/);
});

test("copyMessages keeps albums, skips what can't be copied, in order", async () => {
  const { control, staffChatId } = bench.playground;
  const customer = control.customer();
  const text = await customer.says("看图");
  const album = await customer.sends({ album: [{ media: "photo" }, { media: "photo", caption: "屏" }] });
  await drain(bench.api);
  const topic = await bench.api.createForumTopic(staffChatId, "客户甲");
  const ids = [text, ...album].map((m) => m.message_id);
  const copied = await bench.api.copyMessages(staffChatId, chat, [...ids, 99_999], {
    message_thread_id: topic.message_thread_id,
  });
  expect(copied).toHaveLength(3);
  const seen = (await control.staff.transcript(topic.message_thread_id))
    .map(({ message }) => message)
    .slice(1);
  expect(seen.map((m) => m.text ?? m.caption ?? "photo")).toEqual(["看图", "photo", "屏"]);
  expect(seen[1]?.media_group_id).toMatch(/^\d+$/);
  expect(seen[1]?.media_group_id).toBe(seen[2]?.media_group_id);
  expect(seen[1]?.media_group_id).not.toBe(album[0]?.media_group_id);
  expect(seen[0]?.forward_origin).toBeUndefined();
});

test("copying: nothing there, wrong order, a service message", async () => {
  const { staffChatId } = bench.playground;
  expect(await refusal(bench.api.copyMessage(chat, chat, 99_999))).toBe(
    "400 Bad Request: message to copy not found",
  );
  expect(await refusal(bench.api.copyMessages(chat, chat, [99_998, 99_999]))).toBe(
    "400 Bad Request: there are no messages to copy",
  );
  expect(await refusal(bench.api.copyMessages(chat, chat, [3, 2]))).toMatch(/strictly increasing order/);
  const topic = await bench.api.createForumTopic(staffChatId, "x");
  expect(await refusal(bench.api.copyMessage(chat, staffChatId, topic.message_thread_id))).toBe(
    "400 Bad Request: message can't be copied",
  );
});

test("a forward names its origin", async () => {
  const customer = bench.playground.control.customer();
  const said = await customer.says("原话");
  const forwarded = await bench.api.forwardMessage(bench.playground.staffChatId, chat, said.message_id);
  expect(forwarded.forward_origin).toMatchObject({ type: "user", sender_user: { id: chat } });
  const [id] = await bench.api.forwardMessages(bench.playground.staffChatId, chat, [said.message_id]);
  expect(id?.message_id).toBeGreaterThan(forwarded.message_id);
});

test("a reply to a message that's gone is refused, unless it may go without", async () => {
  const reply = { message_id: 99_999 };
  expect(await refusal(bench.api.sendMessage(chat, "x", { reply_parameters: reply }))).toBe(
    "400 Bad Request: message to be replied not found",
  );
  const sent = await bench.api.sendMessage(chat, "x", {
    reply_parameters: { ...reply, allow_sending_without_reply: true },
  });
  expect(sent.reply_to_message).toBeUndefined();
});

test("a contact, a location and a chat action", async () => {
  expect((await bench.api.sendContact(chat, "400-000-0000", "热线")).contact.phone_number).toBe(
    "400-000-0000",
  );
  expect((await bench.api.sendLocation(chat, 24.1, 117.6)).location.longitude).toBe(117.6);
  expect(await bench.api.sendChatAction(chat, "typing")).toBe(true);
});

test("parameters may come as a query, a form or JSON", async () => {
  const at = `${bench.url}/bot${bench.playground.token}/sendMessage`;
  const form = new URLSearchParams({
    chat_id: String(chat),
    text: "form",
    disable_notification: "true",
    reply_markup: JSON.stringify({ inline_keyboard: [[{ text: "a", callback_data: "b" }]] }),
  });
  const results = await Promise.all([
    fetch(`${at}?chat_id=${chat}&text=query`),
    fetch(at, { method: "POST", body: form }),
    fetch(at, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ chat_id: String(chat), text: "json", reply_markup: null }),
    }),
  ]);
  const bodies = (await Promise.all(results.map((r) => r.json()))) as {
    ok: boolean;
    result: { text: string };
  }[];
  expect(bodies.map((b) => b.ok && b.result.text)).toEqual(["query", "form", "json"]);
});

test("an unknown method is 404, a missing chat_id and a bad body 400", async () => {
  const at = `${bench.url}/bot${bench.playground.token}`;
  const post = async (method: string, body: string) =>
    (
      await fetch(`${at}/${method}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      })
    ).json();
  expect(await post("sendTelepathy", "{}")).toEqual({ ok: false, error_code: 404, description: "Not Found" });
  expect(await post("sendMessage", '{"text":"x"}')).toMatchObject({
    description: "Bad Request: chat_id is empty",
  });
  expect(await post("sendMessage", "{nonsense")).toMatchObject({ error_code: 400 });
});

test("message ids are one row for all private chats and another for the group", async () => {
  const other = bench.playground.control.customer(bench.playground.customers[1]?.id);
  const first = await other.says("a");
  const second = await bench.api.sendMessage(chat, "b");
  expect(second.message_id).toBe(first.message_id + 1);
  expect((await bench.api.sendMessage(bench.playground.staffChatId, "c")).message_id).toBe(1);
});
