import { afterEach, beforeEach, expect, test } from "vitest";
import { UNLIMITED } from "../support/limits.ts";
import { FIRST_REPLY_MS, type LocalDesk, openLocalDesk } from "../support/local.ts";

const ON_CALL = 700200001;

let desk: LocalDesk;

beforeEach(async () => {
  desk = await openLocalDesk({ limiter: UNLIMITED, onCall: [ON_CALL] });
  desk.run();
});
afterEach(() => desk.close());

test("half the promised time gone, the customer hears their place; then that it was missed", async () => {
  const customer = desk.control.customer();
  await customer.says("转人工");
  await customer.sees(/#1/u);
  desk.later(FIRST_REPLY_MS / 2);
  await customer.sees(/第 1 位，我提醒客服了/u);
  desk.later(FIRST_REPLY_MS / 2);
  await customer.sees(/没做到/u);
});

test("a promise missed is told to the customer, pinged in the topic, and paged to on-call agents", async () => {
  const { control } = desk;
  const onCall = control.agent(ON_CALL).inPrivate();
  await onCall.starts();
  const customer = control.customer();
  await customer.says("转人工");
  await customer.sees(/#1/u);
  const { threadId } = await control.staff.topic(/客户甲/u);
  await control.agent().sees(/工单 #1/u, { topic: threadId });
  desk.later(FIRST_REPLY_MS);
  await customer.sees(/没做到/u);
  const page = await onCall.sees(/工单 #1/u);
  expect(page.text).toContain("没人回复");
  await control.agent().sees(/超过承诺时间/u, { topic: threadId });
});

test("asked again soon after closing, the topic is the same, and the agent who had it is called", async () => {
  const { control } = desk;
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
  expect(card.text).toMatch(/上次由 @agent_zhi 接待/u);
});
