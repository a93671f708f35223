import { afterEach, beforeEach, test } from "vitest";
import { openScene, type Scene } from "./bot.ts";

let scene: Scene;

beforeEach(async () => {
  scene = await openScene({ staffGroup: { kind: "supergroup" } });
  await scene.start();
});
afterEach(() => scene.end());

test("without topics, commands are replies to the card, and the group answers for the desk", async () => {
  const { control } = scene.playground;
  const customer = control.customer();
  await customer.says("转人工");
  await customer.sees(/#1/u);
  const agent = control.agent();
  const card = await agent.sees(/工单 #1/u);
  await scene.settled();
  await agent.says("/claim", { replyTo: card.message_id });
  await customer.sees(/已接入/u);
  await agent.says("/queue");
  await agent.sees(/服务中：1[\s\S]*#1 客户甲 — 客服小直/u);
  const said = await agent.says("您好", { replyTo: card.message_id });
  await customer.sees(/您好/u);
  await scene.settled();
  await agent.says("/del", { replyTo: said.message_id });
  await control.waitFor(async () => !JSON.stringify(await customer.transcript()).includes("您好"));
  await agent.says("/claim");
  await agent.sees(/回复他的工单卡片/u);
});
