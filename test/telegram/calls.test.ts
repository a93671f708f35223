import { Api } from "grammy";
import { expect, test } from "vitest";
import { pieces, sendPiece } from "../../src/telegram/calls.ts";

test("a text that fits stays whole", () => {
  expect(pieces("好")).toEqual(["好"]);
});

test("a long text is split at line ends and loses nothing else", () => {
  const text = Array.from({ length: 600 }, (_, at) => `第 ${at} 行的内容`).join("\n");
  const parts = pieces(text);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.every((part) => part.length <= 4096)).toBe(true);
  expect(parts.join("\n")).toBe(text);
});

test("an emoji is never cut in two", () => {
  const parts = pieces("🙋".repeat(5000));
  expect(parts.join("")).toBe("🙋".repeat(5000));
  expect(parts.every((part) => !/^[\uDC00-\uDFFF]/u.test(part))).toBe(true);
});

test("what is to be copied is one block from end to end", async () => {
  const api = new Api("1:A");
  let sent: unknown;
  api.config.use(async (_call, _method, payload) => {
    sent = payload;
    return { ok: true, result: { message_id: 5 } } as never;
  });
  const target = { chatId: 7, threadId: null, replyTo: null };
  const message = { kind: "text", text: "投诉信 🙋", copyable: true } as const;
  expect(await sendPiece(api, target, message, "last", () => () => "")).toBe(5);
  expect(sent).toMatchObject({ text: "投诉信 🙋", entities: [{ type: "pre", offset: 0, length: 6 }] });
});
