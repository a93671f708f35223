import { afterEach, beforeEach, expect, test } from "vitest";
import { UNLIMITED } from "../support/limits.ts";
import { type LocalDesk, openLocalDesk } from "../support/local.ts";

let desk: LocalDesk;

beforeEach(async () => {
  desk = await openLocalDesk({ limiter: UNLIMITED, playground: { staffGroup: { kind: "supergroup" } } });
  desk.run();
});
afterEach(() => desk.close());

test("without topics, commands are replies to the card, and the group answers for the desk", async () => {
  const { control } = desk;
  const customer = control.customer();
  await customer.says("转人工");
  await customer.sees(/#1/u);
  const agent = control.agent();
  const card = await agent.sees(/工单 #1/u);
  await desk.settled();
  await agent.says("/claim", { replyTo: card.message_id });
  await customer.sees(/已接入/u);
  await agent.says("/queue");
  await agent.sees(/服务中：1[\s\S]*#1 客户甲 — 客服小直/u);
  const said = await agent.says("您好", { replyTo: card.message_id });
  await customer.sees(/您好/u);
  await desk.settled();
  await agent.says("/del", { replyTo: said.message_id });
  await control.waitFor(async () => !JSON.stringify(await customer.transcript()).includes("您好"));
  await agent.says("/claim");
  await agent.sees(/回复他的工单卡片/u);
});

test("a group without topics: replies carry the conversation, and words keep their customer", async () => {
  const { control } = desk;
  const [first, second] = [control.customer(), control.customer(700100002)];
  await first.says("转人工");
  await second.says("转人工");
  const card = async (name: string) =>
    control.waitFor(async () =>
      (await control.staff.transcript())
        .map(({ message }) => message)
        .find(({ text }) => text?.includes("工单 #") && text.includes(name)),
    );
  const cardOfSecond = await card("客户乙");
  await card("客户甲");
  await desk.settled();
  await second.says("门打不开");
  const relayed = await control.agent().sees(/客户乙.*门打不开/u);
  await desk.settled();
  expect(relayed.reply_to_message?.message_id).toBe(cardOfSecond.message_id);
  await control.agent().says("您在哪里", { replyTo: relayed.message_id });
  await second.sees(/您在哪里/u);
  await control.agent().says("马上来", { replyTo: cardOfSecond.message_id });
  await second.sees(/马上来/u);
  expect(JSON.stringify(await first.transcript())).not.toContain("马上来");
});
