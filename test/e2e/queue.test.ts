import { afterEach, beforeEach, expect, test } from "vitest";
import { openScene, type Scene } from "./bot.ts";

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

const comesDue = (promise: string) =>
  scene.sql(`update promises set due_at = 0 where promise = '${promise}' and state = 'pending'`);

test("half the promised time gone, the customer hears their place; then that it was missed", async () => {
  await scene.start();
  const customer = scene.playground.control.customer();
  await customer.says("转人工");
  await customer.sees(/#1/u);
  comesDue("first_reply.warning");
  await customer.sees(/第 1 位，我提醒客服了/u);
  comesDue("first_reply");
  await customer.sees(/没做到/u);
});

test("asked again soon after closing, the topic is the same, and the agent who had it is named", async () => {
  await scene.start();
  const { control } = scene.playground;
  const customer = control.customer();
  await customer.says("转人工");
  await customer.sees(/#1/u);
  const { threadId } = await control.staff.topic(/客户甲/u);
  const agent = control.agent();
  await agent.sees(/工单 #1/u, { topic: threadId });
  await agent.says("您好", { topic: threadId });
  await customer.sees(/您好/u);
  await agent.says("/close", { topic: threadId });
  await customer.sees(/已结束/u);
  await customer.says("还是要人工");
  const again = await customer.sees(/#2/u);
  expect(again.text).toMatch(/接着上次的 #1.*客服小直/su);
  const card = await agent.sees(/工单 #2/u, { topic: threadId });
  expect(card.text).toMatch(/上次由 客服小直 接待/u);
});
