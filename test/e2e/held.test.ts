import { expect, onTestFinished, test } from "vitest";
import type { Control } from "../../src/playground/control/control.ts";
import { UNLIMITED } from "../support/limits.ts";
import { openLocalDesk } from "../support/local.ts";
import { openScene } from "./bot.ts";

async function openDesk(): Promise<Control> {
  const desk = await openLocalDesk({ limiter: UNLIMITED });
  onTestFinished(() => desk.close());
  desk.run();
  return desk.control;
}

/** A customer who wants to go down has asked for a person, and an agent has said something to stop them. */
async function talkedOut(control: Control, words: string) {
  const customer = control.customer();
  await customer.says("套餐降不下来怎么办");
  await customer.sees(/降/u);
  await customer.says("转人工");
  await customer.sees(/#1/u);
  const { threadId: topic } = await control.staff.topic(/客户甲/u);
  const agent = control.agent(700200001);
  const card = await agent.sees(/工单 #1/u, { topic });
  expect(card.text).toContain("事由：");
  const said = await agent.says(words, { topic });
  const warning = await agent.sees(/劝留/u, { topic });
  expect(warning.reply_to_message?.message_id).toBe(said.message_id);
  const heard = async () => JSON.stringify(await customer.transcript());
  return { customer, agent, topic, said, heard };
}

test("an agent's dissuading words are held, also over a restart; 照发 sends them once, as the agent's", async () => {
  const scene = await openScene();
  onTestFinished(() => scene.end());
  const bot = await scene.start();
  const { customer, agent, topic, said, heard } = await talkedOut(
    scene.playground.control,
    "其实现在的套餐更划算",
  );
  await agent.says("您的套餐是哪一档？", { topic });
  await customer.sees(/哪一档/u);
  expect(await heard()).not.toContain("划算");
  await bot.kill();
  await scene.start();
  const pressed = await agent.presses("照发", { topic });
  expect(await pressed.answer()).toContain("已照发");
  const got = await customer.sees(/客服小直.*更划算/su);
  await agent.sees(/客服小直 看过，已照发/u, { topic });
  await expect(agent.presses("照发", { topic })).rejects.toThrow(/no button/u);
  await scene.settled();
  await customer.says("是吗", { replyTo: got.message_id });
  const reply = await agent.sees(/是吗/u, { topic });
  expect(reply.reply_to_message?.message_id).toBe(said.message_id);
  const copies = (await customer.transcript()).filter(({ message }) => message.text?.includes("更划算"));
  expect(copies).toHaveLength(1);
  await customer.says("/transparency");
  await customer.sees(/拦下 1 条，其中照发 1 条/u);
});

test("改一下 drops them, and what the agent edits them to is sent", async () => {
  const { customer, agent, topic, said, heard } = await talkedOut(await openDesk(), "建议您保留原来的套餐");
  const pressed = await agent.presses("改一下", { topic });
  await agent.sees(/选了改一下/u, { topic });
  expect(await pressed.answer()).toContain("不发");
  await agent.edits(said.message_id, "好的，这就告诉您怎么降", { topic });
  await customer.sees(/客服小直.*怎么降/su);
  await agent.edits(said.message_id, "好的，这就告诉您怎么降到最低", { topic });
  await customer.sees(/降到最低/u);
  expect(await heard()).not.toContain("保留");
  await agent.says("/transparency");
  await agent.sees(/拦下 1 条，其中照发 0 条，改掉 1 条/u);
});

test("a picture is held for its caption, and passed on whole", async () => {
  const { customer, agent, topic } = await talkedOut(await openDesk(), "您再考虑一下");
  await agent.sends({ media: "photo", caption: "这个档更划算" }, { topic });
  await agent.sees(/“更划算”/u, { topic });
  await agent.presses("照发", { topic });
  const got = await customer.sees((message) => message.caption?.includes("更划算") === true);
  expect(got.photo).toBeDefined();
});
