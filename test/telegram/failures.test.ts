import { GrammyError, HttpError } from "grammy";
import { expect, test } from "vitest";
import { backoffMs, readFailure } from "../../src/telegram/failures.ts";

const refused = (error_code: number, description: string, parameters = {}) =>
  new GrammyError("call failed", { ok: false, error_code, description, parameters }, "sendMessage", {});

test.each([
  [400, "Bad Request: message thread not found", "topic_gone"],
  [400, "Bad Request: TOPIC_DELETED", "topic_gone"],
  [400, "Bad Request: TOPIC_ID_INVALID", "topic_gone"],
  [400, "Bad Request: TOPIC_CLOSED", "topic_closed"],
  [400, "Bad Request: message is not modified", "moot"],
  [400, "Bad Request: query is too old and response timeout expired or query ID is invalid", "moot"],
  [400, "Bad Request: chat not found", "unreachable"],
  [400, "Bad Request: not enough rights to create a topic", "unreachable"],
  [403, "Forbidden: bot was blocked by the user", "unreachable"],
  [403, "Forbidden: bot was kicked from the supergroup chat", "unreachable"],
  [400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", "refused"],
  [400, "Bad Request: message is too long", "refused"],
  [401, "Unauthorized", "unauthorized"],
  [502, "Bad Gateway", "again"],
] as const)("%i %s is %s", (code, description, kind) => {
  expect(readFailure(refused(code, description)).kind).toBe(kind);
});

test("429 waits as long as Telegram says", () => {
  expect(readFailure(refused(429, "Too Many Requests: retry after 7", { retry_after: 7 }))).toEqual({
    kind: "later",
    retryAfterMs: 7000,
  });
});

test("a migrated group gives its new id", () => {
  const error = refused(400, "group chat was upgraded", { migrate_to_chat_id: -1002 });
  expect(readFailure(error)).toEqual({ kind: "migrated", to: -1002 });
});

test("a dropped connection is tried again", () => {
  expect(readFailure(new HttpError("gone", new Error("ECONNRESET"))).kind).toBe("again");
});

test("our own bugs aren't taken for Telegram's refusals", () => {
  expect(() => readFailure(new TypeError("undefined is not a function"))).toThrow(TypeError);
});

test("pauses grow to five minutes and no further", () => {
  expect(backoffMs(0)).toBe(1000);
  expect(backoffMs(3)).toBe(8000);
  expect(backoffMs(100)).toBe(300_000);
});
