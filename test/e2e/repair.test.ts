import { afterEach, beforeEach, expect, test } from "vitest";
import { type BotProcess, openScene, type Scene } from "./bot.ts";

let scene: Scene;
let bot: BotProcess;

beforeEach(async () => {
  scene = await openScene();
  bot = await scene.start();
});
afterEach(() => scene.end());

test("a repair told step by step survives a kill, and the card holds it with its photo", async () => {
  const { control } = scene.playground;
  const customer = control.customer();
  await customer.says("/repair");
  await customer.sees(/您在哪个县/u);
  await customer.says("漳浦");
  await customer.sees(/什么毛病/u);
  await customer.says("按键没反应");
  await customer.sees(/型号是什么/u);
  await bot.kill();
  await scene.start();
  await customer.presses("跳过");
  await customer.sees(/有照片或视频/u);
  await customer.sends({ media: "photo", caption: "" });
  await customer.sees(/还有就接着发/u);
  await customer.presses("就这些，登记");
  const made = await customer.sees(/#1/u);
  expect(made.text).toMatch(/漳州市漳浦县.*按键没反应/su);
  const { threadId } = await control.staff.topic(/客户甲/u);
  const agent = control.agent();
  const card = await agent.sees(/工单 #1 · 报修/u, { topic: threadId });
  expect(card.text).toMatch(/漳州市漳浦县（在公布的服务区域里）.*按键没反应/su);
  await agent.sees((message) => message.photo !== undefined, { topic: threadId });
});

test("all in one message; a fact put right reaches the topic; /status shows it", async () => {
  const { control } = scene.playground;
  const customer = control.customer();
  await customer.says("漳浦的,门打不开,下午有空");
  const made = await customer.sees(/#1/u);
  expect(made.text).toMatch(/漳浦县.*门打不开.*下午有空/su);
  await customer.presses("改型号");
  await customer.sees(/型号是什么/u);
  await customer.says("D-53");
  await customer.sees(/改好了/u);
  const { threadId } = await control.staff.topic(/客户甲/u);
  await control.agent().sees(/更正.*D-53/su, { topic: threadId });
  await customer.says("/status");
  const status = await customer.sees(/报修内容/u);
  expect(status.text).toMatch(/#1.*D-53/su);
});
