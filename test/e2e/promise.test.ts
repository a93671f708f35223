import { afterEach, beforeEach, expect, test } from "vitest";
import { openScene, type Scene } from "./bot.ts";

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

test("the clock goes on while the bot is down", async () => {
  const { control } = scene.playground;
  const customer = control.customer();
  const first = await scene.start({ PROMISE_FIRST_REPLY_S: "2" });
  await customer.says("转人工");
  await customer.sees(/#1/u);
  await first.kill();
  // What was promised is a time, which a restart doesn't set anew: not even one that promises three minutes.
  await scene.start();
  await customer.sees(/没做到/u);
});

test("without a staff group the ticket waits, the customer is told honestly, and the start says how to set one", async () => {
  const bot = await scene.start({ STAFF_CHAT_ID: "" });
  expect(bot.log()).toMatch(/STAFF_CHAT_ID is not set.*STAFF_CHAT_ID=-100/u);
  const { control } = scene.playground;
  const customer = control.customer();
  await customer.says("转人工");
  const opened = await customer.sees(/#1/u);
  expect(opened.text).toMatch(/没接通/u);
  expect(opened.text).toContain("400-1865-909");
  await bot.kill();

  await scene.start();
  const { threadId } = await control.staff.topic(/客户甲/u);
  await control.waitFor(async () =>
    JSON.stringify(await control.staff.transcript(threadId)).includes("工单 #1"),
  );
});
