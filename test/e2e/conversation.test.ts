import { afterAll, beforeAll, expect, test } from "vitest";
import type { Customer } from "../../src/playground/control/control.ts";
import { type BotProcess, openScene, type Scene } from "./bot.ts";

let scene: Scene;
let bot: BotProcess;

// One bot for the file: each test has a customer of its own.
beforeAll(async () => {
  scene = await openScene();
  bot = await scene.start();
});
afterAll(() => scene.end());

let people = 0;
async function newCustomer(): Promise<Customer & { name: string }> {
  people += 1;
  const { control } = scene.playground;
  const id = 800_000_000 + people;
  const name = `客户${people}号`;
  await control.call("addPerson", { id, role: "customer", first_name: name, language_code: "zh-hans" });
  return { ...control.customer(id), name };
}

test("a customer asks whether their county is covered and is told, with a person one tap away", async () => {
  const customer = await newCustomer();
  await customer.says("你们漳浦修不修");
  const answer = await customer.sees(/漳浦县/u);
  expect(JSON.stringify(answer.reply_markup)).toContain("转人工");
});

test("an English question gets an English answer", async () => {
  const customer = await newCustomer();
  await customer.says("do you cover Zhangpu County?");
  await customer.sees(/Zhangpu/u);
});

test("a place that isn't listed is never covered, and the hotline is given", async () => {
  const customer = await newCustomer();
  await customer.says("云霄县能修吗");
  const answer = await customer.sees(/400-1865-909/u);
  expect(answer.text).toMatch(/不在|没有/u);
});

test("the hotline comes as a contact that a phone can dial", async () => {
  const customer = await newCustomer();
  await customer.says("电话多少");
  await customer.sees(/400-1865-909/u);
  const contact = await customer.sees((message) => message.contact !== undefined);
  expect(contact.contact?.phone_number).toBe("+864001865909");
});

test("asking for a person as the very first message opens a ticket, told to both sides", async () => {
  const customer = await newCustomer();
  await customer.says("转人工");
  const opened = await customer.sees(/#\d+/u);
  expect(opened.text).toMatch(/第 \d+ 位/u);
  expect(opened.text).toMatch(/3 分钟/u);
  expect(opened.text).toMatch(/400-1865-909/u);
  const topic = await scene.playground.control.staff.topic(customer.name);
  const agent = scene.playground.control.agent();
  const card = await agent.sees(/工单 #\d+/u, { topic: topic.threadId });
  expect(card.text).toContain("转人工");
});

test("agent and customer talk, a note stays inside, and the first reply claims", async () => {
  const { control } = scene.playground;
  const customer = await newCustomer();
  await customer.says("人工");
  await customer.sees(/#\d+/u);
  const { threadId } = await control.staff.topic(customer.name);
  const agent = control.agent();
  await agent.sees(/工单 #\d+/u, { topic: threadId });

  await agent.says("// 老客户,上周来过", { topic: threadId });
  await agent.says("您好,请说", { topic: threadId });
  await customer.sees(/客服小直.*已接入/u);
  const answer = await customer.sees(/您好,请说/u);
  expect(answer.text).toContain("客服小直");

  await customer.says("门锁卡住了");
  await agent.sees(/门锁卡住了/u, { topic: threadId });
  await customer.sends({ media: "photo", caption: "就是这里" });
  await agent.sees((message) => message.photo !== undefined && message.caption === "就是这里", {
    topic: threadId,
  });
  await agent.sends({ media: "photo", caption: "请看说明" }, { topic: threadId });
  await customer.sees(
    (message) => message.photo !== undefined && (message.caption ?? "").includes("请看说明"),
  );

  const said = await customer.transcript();
  expect(JSON.stringify(said)).not.toContain("老客户");
  // While an agent serves, the bot is silent.
  const automatic = JSON.stringify(said.filter((line) => JSON.stringify(line).includes("自动回复")));
  expect(automatic).toBe("[]");
});

test("an agent closes the ticket, the customer rates it and comments", async () => {
  const { control } = scene.playground;
  const customer = await newCustomer();
  await customer.says("转人工");
  await customer.sees(/#\d+/u);
  const { threadId } = await control.staff.topic(customer.name);
  const agent = control.agent();
  await agent.sees(/工单 #\d+/u, { topic: threadId });
  const claim = await agent.presses("接单", { topic: threadId });
  expect(await claim.answer()).toContain("已接单");
  await customer.sees(/已接入/u);
  await agent.presses("关闭", { topic: threadId });
  await customer.sees(/已结束/u);
  await customer.presses("5");
  await customer.sees(/5 分/u);
  await agent.sees(/打了 5 分/u, { topic: threadId });
  await customer.says("态度特别好");
  await customer.sees(/已记下/u);
  await agent.sees(/态度特别好/u, { topic: threadId });
});

test("two misses in a row open a ticket", async () => {
  const customer = await newCustomer();
  await customer.says("咕噜咕噜哇啦哇啦");
  await customer.sees(/没听懂|不太确定|帮不上/u);
  await customer.says("嘎嘎嘎嘎嘣嘣");
  await customer.sees(/#\d+/u);
});

test("the persistent keyboard always holds the way to a person", async () => {
  const customer = await newCustomer();
  await customer.starts();
  await customer.sees(/您好/u);
  expect(await customer.keyboard()).toContain("🙋 转人工");
});

test("no line of the log holds the token, and customers' words stay out of it", async () => {
  const customer = await newCustomer();
  await customer.says("转人工 我的秘密是芝麻开门");
  await customer.sees(/#\d+/u);
  expect(bot.log()).not.toContain(scene.playground.token);
  expect(bot.log()).not.toContain("芝麻开门");
});

test("SIGTERM ends it in good order", async () => {
  expect(await bot.terminate()).toBe(0);
});
