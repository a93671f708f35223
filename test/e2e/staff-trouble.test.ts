import { afterEach, expect, test } from "vitest";
import type { PlaygroundOptions } from "../../src/playground/server.ts";
import { type BotProcess, openScene, type Scene } from "./bot.ts";

let scene: Scene;

afterEach(() => scene.end());

/** The bot, and an agent on call who has said /start. */
async function open(options?: PlaygroundOptions): Promise<BotProcess> {
  scene = await openScene(options);
  await onCall().starts();
  return scene.start({ STAFF_ONCALL_IDS: `${onCall().id}` });
}

const onCall = () => scene.playground.control.agent().inPrivate();
const paged = async (pattern: RegExp) =>
  (await onCall().transcript()).filter(({ message }) => pattern.test(message.text ?? "")).length;

async function cardIn(name: RegExp): Promise<number> {
  const { control } = scene.playground;
  const { threadId } = await control.staff.topic(name);
  await control.waitFor(async () =>
    JSON.stringify(await control.staff.transcript(threadId)).includes("工单 #"),
  );
  return threadId;
}

test("put out of the group: said once, tickets wait, and all is delivered in order when it is back", async () => {
  const bot = await open();
  const { control } = scene.playground;
  const customer = control.customer();
  await customer.says("转人工");
  const threadId = await cardIn(/客户甲/u);
  await control.staff.removeBot();
  await bot.logs(/staff group.*add (it|the bot to the group again)/u);
  await onCall().sees(/不在客服工作群/u);
  for (const line of ["一", "二", "三"]) await customer.says(`第${line}句`);
  const second = control.customer(700100002);
  await second.says("转人工");
  const told = await second.sees(/#2/u);
  expect(told.text).toMatch(/400-1865-909/u);
  await new Promise((resolve) => setTimeout(resolve, 1000));

  await control.staff.addBot();
  await cardIn(/客户乙/u);
  await control.waitFor(async () =>
    JSON.stringify(await control.staff.transcript(threadId)).includes("第三句"),
  );
  const said = JSON.stringify(await control.staff.transcript(threadId));
  expect([...said.matchAll(/第[一二三]句/gu)].map(([line]) => line)).toEqual(["第一句", "第二句", "第三句"]);
  await onCall().sees(/恢复正常/u);
  expect(await paged(/不在客服工作群/u)).toBe(1);
  expect(bot.log().match(/as an administrator with/gu)).toHaveLength(1);
});

test("the right to manage topics taken away: those who have a topic go on, new ones wait for it", async () => {
  const bot = await open();
  const { control } = scene.playground;
  const customer = control.customer();
  await customer.says("转人工");
  const threadId = await cardIn(/客户甲/u);
  await control.staff.setRight("can_manage_topics", "revoked");
  await bot.logs(/lacks the right/u);
  await onCall().sees(/没有“管理话题”/u);
  await control.customer(700100002).says("转人工");
  await customer.says("我还在");
  await control.agent().sees(/我还在/u, { topic: threadId });
  await control.staff.setRight("can_manage_topics", "granted");
  await cardIn(/客户乙/u);
  expect(await paged(/没有“管理话题”/u)).toBe(1);
});

test("a trouble that was there at the last start isn't paged again", async () => {
  scene = await openScene();
  await onCall().starts();
  const wrong = { STAFF_CHAT_ID: "-100999", STAFF_ONCALL_IDS: `${onCall().id}` };
  const first = await scene.start(wrong);
  await onCall().sees(/找不到客服工作群 -100999/u);
  await scene.settled();
  await first.terminate();
  const second = await scene.start(wrong);
  expect(second.log()).toMatch(/-100999.*check STAFF_CHAT_ID/u);
  await scene.playground.control.customer().says("你好");
  await scene.playground.control.customer().sees(/机器人/u);
  expect(await paged(/找不到/u)).toBe(1);
});

test("the group becomes a supergroup while the bot is down: it is followed, then and after later starts", async () => {
  const first = await open({ staffGroup: { kind: "group" } });
  const { control } = scene.playground;
  const customer = control.customer();
  const env = { STAFF_ONCALL_IDS: `${onCall().id}` };
  await customer.says("转人工");
  await control.agent().sees(/工单 #1/u);
  await scene.settled();
  await first.terminate();
  await control.staff.migrate();
  await customer.says("迁移之后");
  const second = await scene.start(env);
  const relayed = await control.agent().sees(/迁移之后/u);
  await scene.settled();
  await control.agent().says("收到", { replyTo: relayed.message_id });
  await customer.sees(/收到/u);
  // The configuration still has the old id: what an agent writes is heard from the first moment.
  await second.terminate();
  await control.agent().says("重启之后", { replyTo: relayed.message_id });
  await scene.start(env);
  await customer.sees(/重启之后/u);
});
