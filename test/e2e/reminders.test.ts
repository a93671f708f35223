import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "libsql";
import { expect, onTestFinished, test } from "vitest";
import { UNLIMITED } from "../support/limits.ts";
import { type LocalDesk, openLocalDesk } from "../support/local.ts";
import { openScene, type Scene } from "./bot.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A scene in which reminders come at any hour. */
async function openAtAnyHour() {
  const scene = await openScene();
  onTestFinished(() => scene.end());
  // At whatever hour the test runs: no quiet time, so that what is due is said.
  const content = join(scene.folder, "content");
  cpSync(join(ROOT, "intents"), join(content, "intents"), { recursive: true });
  cpSync(join(ROOT, "data"), join(content, "data"), { recursive: true });
  const business = join(content, "data", "business.yaml");
  const shipped = readFileSync(business, "utf8");
  const changed = shipped.replace(/^ {2}quiet: .*$/mu, "  # none");
  expect(changed).not.toBe(shipped);
  writeFileSync(business, changed.replace("reminders:\n  # none", ""));
  return { scene, env: { CONTENT_DIR: content } };
}

/** The days go by: what was to come is due now. Gives how many there were. */
function daysGoBy(scene: Scene): number {
  const database = new Database(scene.databaseUrl.slice("file:".length), { timeout: 5000 });
  const moved = database.prepare("UPDATE reminders SET due_at = ? WHERE state = 'pending'").run(Date.now());
  database.close();
  return moved.changes;
}

test("a promise of 48 hours: the reminder outlives a kill, comes once, and leads up the ladder", async () => {
  const { scene, env } = await openAtAnyHour();
  const { control } = scene.playground;
  const customer = control.customer();
  const first = await scene.start(env);
  await customer.says("移动客服说48小时内回电，让我等着，工单号 A-7788");
  await customer.sees(/要我到时候提醒您吗/u);
  await customer.presses("⏰ 到时候提醒我");
  await customer.sees(/记下了/u);
  await first.kill();
  expect(daysGoBy(scene)).toBe(1);

  const second = await scene.start(env);
  await customer.sees(/回电了吗/u);
  // Killed before it is noted as sent, it would be sent again: never lost goes before never twice.
  await scene.settled();
  await second.kill();
  await scene.start(env);
  await customer.presses("没有");
  const next = await customer.sees(/下一步/u);
  expect(next.text).toMatch(/向运营商投诉，取工单号.*15 天（法定期限）：答复.*A-7788/su);
  await customer.presses("⏰ 今天办了，15 天后提醒我");
  await customer.sees(/记下了/u);
  const asked = JSON.stringify(await customer.transcript()).match(/回电了吗/gu) ?? [];
  expect(asked).toHaveLength(1);

  await customer.says("/reminders");
  await customer.sees(/您有 1 个提醒/u);
  await customer.presses("删 1");
  await customer.sees(/删掉了/u);
  expect(daysGoBy(scene)).toBe(0);
});

test("while the bot runs, a reminder comes at its time, also to a customer whom an agent serves", async () => {
  const desk = await openDesk();
  const { control } = desk;
  const customer = control.customer();
  await customer.says("提醒我打 10086");
  await customer.sees(/什么时候提醒您/u);
  await customer.says("明天下午三点");
  await customer.sees(/记下了/u);
  await customer.says("转人工");
  await customer.sees(/#1/u);
  const { threadId } = await control.staff.topic(/客户甲/u);
  await control.agent().says("您好，请说", { topic: threadId });
  await customer.sees(/您好，请说/u);
  await desk.settled();
  desk.later(29 * 3_600_000);
  const word = await customer.sees(/打 10086/u);
  expect(word.text).toMatch(/自动提醒/u);
});

test("promise 6: /forget deletes reminders with the rest", async () => {
  const desk = await openDesk();
  const customer = desk.control.customer();
  await customer.says("明天下午三点提醒我给书房的柜子换电池");
  await customer.sees(/记下了/u);
  expect(await desk.store.transaction((tx) => tx.nextDueAt())).toBeDefined();
  await customer.says("/forget");
  await customer.sees(/无法恢复/u);
  await customer.presses("确定删除我的数据");
  await customer.sees(/已删除/u);
  expect(await desk.store.transaction((tx) => tx.nextDueAt())).toBeUndefined();
});

async function openDesk(): Promise<LocalDesk> {
  const desk = await openLocalDesk({ limiter: UNLIMITED });
  onTestFinished(() => desk.close());
  desk.run();
  return desk;
}
