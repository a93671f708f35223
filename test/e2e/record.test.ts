import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { type BotProcess, openScene, type Scene } from "./bot.ts";

let scene: Scene;
let bot: BotProcess;
beforeEach(async () => {
  scene = await openScene();
  bot = await scene.start();
});
afterEach(() => scene.end());

const SECRET = "我的柜子在书房第二层";

test("promise 6: /export gives the customer their transcript as a file", async () => {
  const customer = scene.playground.control.customer();
  await customer.says(`${SECRET}，电话多少`);
  await customer.sees(/400-1865-909/u);
  await customer.says("/export");
  const file = await customer.sees((message) => message.document !== undefined);
  expect(file.document?.file_name).toMatch(/^transcript.*\.json$/u);
});

test("promise 6: after /forget and one confirmation, no row and no file holds what was written", async () => {
  const customer = scene.playground.control.customer();
  await customer.says(`${SECRET}，电话多少`);
  await customer.sees(/400-1865-909/u);
  await customer.says("/forget");
  await customer.sees(/无法恢复/u);
  await customer.presses("确定删除我的数据");
  await customer.sees(/已删除/u);
  await bot.terminate();
  const store = await openStore({
    url: scene.databaseUrl,
    botId: Number(scene.playground.token.split(":")[0]),
  });
  const lines = await store.transaction((tx) => tx.transcript(customer.id));
  await store.close();
  expect(JSON.stringify(lines)).not.toContain(SECRET);
  const file = readFileSync(scene.databaseUrl.slice("file:".length));
  expect(file.includes(Buffer.from(SECRET, "utf8"))).toBe(false);
});

test("an open ticket isn't forgotten by accident: it is said what to do first", async () => {
  const customer = scene.playground.control.customer();
  await customer.says("转人工");
  await customer.sees(/#1/u);
  await customer.says("/forget");
  await customer.sees(/无法恢复/u);
  await customer.presses("确定删除我的数据");
  await customer.sees(/\/cancel/u);
});
