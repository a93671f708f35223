import { expect, test } from "vitest";
import { createLimiter } from "../../src/telegram/limiter.ts";
import { randomFrom } from "../support/random.ts";

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

test("what needs several messages waits until there is room for all of them", () => {
  const limiter = createLimiter();
  for (let at = 0; at < 19; at += 1) limiter.spend(GROUP, 1000 * at);
  expect(limiter.left(GROUP, 19_000)).toBe(1);
  expect(limiter.readyAt(GROUP, 19_000)).toBeLessThanOrEqual(19_000);
  expect(limiter.readyAt(GROUP, 19_000, 2)).toBe(60_000);
  expect(limiter.readyAt(-200, 19_000, 25)).toBeLessThanOrEqual(19_000);
});

test("an album counts as the messages it is", () => {
  const limiter = createLimiter();
  limiter.spend(GROUP, 1000, 10);
  expect(limiter.left(GROUP, 1000)).toBe(10);
});

test("who takes nothing now is known, and when the first takes something again", () => {
  const limiter = createLimiter();
  limiter.spend(7, 5000);
  limiter.pause(8, 5400);
  expect(limiter.busy(5100)).toEqual({ chats: [7, 8], until: 5400 });
  limiter.resume(8);
  expect(limiter.busy(5100)).toEqual({ chats: [7], until: 6000 });
  expect(limiter.busy(6000).chats).toEqual([]);
});

test("at any rate of asking, no window ever holds more than Telegram allows", () => {
  const limiter = createLimiter();
  const sent: { chat: number; at: number }[] = [];
  const random = randomFrom(7);
  for (let now = 0; now < 240_000; now += Math.floor(random() * 40)) {
    const chat = random() < 0.3 ? GROUP : Math.floor(random() * 50) + 1;
    const messages = chat === GROUP ? Math.floor(random() * 3) + 1 : 1;
    if (limiter.readyAt(chat, now, messages) > now) continue;
    limiter.spend(chat, now, messages);
    for (let i = 0; i < messages; i += 1) sent.push({ chat, at: now });
  }
  for (const { chat, at } of sent) {
    const window = chat < 0 ? 60_000 : 1000;
    const same = sent.filter((other) => other.chat === chat && other.at > at - window && other.at <= at);
    expect(same.length).toBeLessThanOrEqual(chat < 0 ? 20 : 1);
    expect(sent.filter((other) => other.at > at - 1000 && other.at <= at).length).toBeLessThanOrEqual(32);
  }
  expect(sent.filter(({ chat }) => chat === GROUP).length).toBeGreaterThan(60);
});
