import { expect, test } from "vitest";
import { createLimiter } from "../../src/telegram/limiter.ts";

const GROUP = -100;

test("a private chat gets one message a second", () => {
  const limiter = createLimiter();
  expect(limiter.readyAt(7, 5000)).toBeLessThanOrEqual(5000);
  limiter.spend(7, 5000);
  expect(limiter.readyAt(7, 5000)).toBe(6000);
  expect(limiter.readyAt(8, 5000)).toBeLessThanOrEqual(5000);
});

test("a group gets twenty in any minute", () => {
  const limiter = createLimiter();
  for (let at = 0; at < 20; at += 1) limiter.spend(GROUP, 1000 * at);
  expect(limiter.readyAt(GROUP, 20_000)).toBe(60_000);
  limiter.spend(GROUP, 60_000);
  expect(limiter.readyAt(GROUP, 60_000)).toBe(61_000);
});

test("all chats together get thirty a second", () => {
  const limiter = createLimiter();
  for (let chat = 1; chat <= 30; chat += 1) limiter.spend(chat, 1000);
  expect(limiter.readyAt(99, 1500)).toBe(2000);
});

test("a chat that Telegram wants quiet stays quiet as long as it said", () => {
  const limiter = createLimiter();
  limiter.pause(GROUP, 40_000);
  expect(limiter.readyAt(GROUP, 5000)).toBe(40_000);
});
