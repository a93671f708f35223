import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import Database from "libsql";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type BotProcess, openScene, type Scene } from "./bot.ts";

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

const file = () => scene.databaseUrl.slice("file:".length);
const LOCKER = fileURLToPath(new URL("locker.mjs", import.meta.url));

/** Another process that holds the database for writing until it is told to let go. */
async function lock(): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [LOCKER, file()], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return async () => {
    child.stdin.end();
    await once(child, "exit");
  };
}

async function health(bot: BotProcess): Promise<number> {
  const address = /http:\/\/127\.0\.0\.1:\d+/u.exec(bot.log())?.[0] ?? "";
  return (await fetch(`${address}/healthz`)).status;
}

async function untilHealth(bot: BotProcess, status: number): Promise<void> {
  await expect.poll(() => health(bot), { timeout: 20_000, interval: 300 }).toBe(status);
}

/** Asks for a person while nothing can be stored, then lets the store work again: the ticket follows. */
async function survives(bot: BotProcess, breakIt: () => Promise<() => Promise<void>>): Promise<void> {
  const { control } = scene.playground;
  const [first, second] = [control.customer(), control.customer(700100002)];
  await first.says("你好");
  await first.sees(/机器人/u);
  const mend = await breakIt();
  await second.says("转人工");
  const told = await second.sees(/400-1865-909/u, { timeoutMs: 20_000 });
  expect(told.text).toMatch(/存不了/u);
  await control.waitFor(
    async () => JSON.stringify(await control.staff.transcript()).includes("存储故障：客户 客户乙"),
    { timeoutMs: 20_000 },
  );
  await untilHealth(bot, 503);
  await mend();
  await second.sees(/#1/u, { timeoutMs: 20_000 });
  await control.staff.topic(/客户乙/u, { timeoutMs: 20_000 });
  await untilHealth(bot, 200);
  await first.says("转人工");
  await first.sees(/#2/u);
  // Once each, although the update came again and again.
  const said = JSON.stringify(await second.transcript());
  expect(said.split("存不了").length - 1).toBe(1);
  const group = JSON.stringify(await control.staff.transcript());
  expect(group.split("存储故障").length - 1).toBe(1);
}

test("another process holds the database: a person is reached all the same, and all goes on afterwards", async () => {
  const bot = await scene.start();
  await survives(bot, lock);
}, 120_000);

test("the disk is full: a person is reached all the same, and all goes on afterwards", async (context) => {
  const bot = await scene.start();
  // No file of this process may grow: its writes fail as on a full disk, whoever runs the test.
  const growth = (limit: string) => spawnSync("prlimit", ["--pid", `${bot.pid}`, `--fsize=${limit}`]);
  if (growth("unlimited:unlimited").status !== 0) context.skip("prlimit isn't there, or isn't allowed");
  await survives(bot, async () => {
    growth("0:unlimited");
    return async () => void growth("unlimited:unlimited");
  });
}, 120_000);

test("the database refuses rows: a person is reached all the same, and all goes on afterwards", async () => {
  const bot = await scene.start();
  await survives(bot, async () => {
    const hand = new Database(file());
    hand.exec("CREATE TRIGGER no BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'no'); END");
    return async () => {
      hand.exec("DROP TRIGGER no");
      hand.close();
    };
  });
}, 120_000);

test("a button for a person, pressed while nothing can be stored, is heard too", async () => {
  await scene.start();
  const { control } = scene.playground;
  const customer = control.customer();
  await customer.says("客服电话多少");
  await customer.sees(/400-1865-909/u);
  const release = await lock();
  await customer.presses("转人工", { on: "inline" });
  await customer.sees(/存不了/u, { timeoutMs: 20_000 });
  await release();
  await customer.sees(/#1/u, { timeoutMs: 20_000 });
}, 120_000);

test("without a staff group the on-call agents hear of it in private", async () => {
  const { control } = scene.playground;
  const onCall = control.agent().inPrivate();
  await onCall.starts();
  await scene.start({ STAFF_CHAT_ID: "-100999", STAFF_ONCALL_IDS: `${onCall.id}` });
  const release = await lock();
  await control.customer().says("转人工");
  await onCall.sees(/存储故障.*客户甲/u, { timeoutMs: 20_000 });
  await release();
}, 120_000);

test("rows that can't be read are put aside, and everybody else is served", async () => {
  const { control } = scene.playground;
  const first = await scene.start();
  const customer = control.customer();
  await customer.says("转人工");
  await customer.sees(/#1/u);
  await control.staff.topic(/客户甲/u);
  await first.terminate();
  const hand = new Database(file());
  hand.exec(`
    INSERT INTO inbox (bot_id, update_id, queue, payload, received_at, run_at)
      SELECT bot_id, 1, '700100001', '{"update_id":', 0, 0 FROM inbox LIMIT 1;
    INSERT INTO outbox (queue, lane, run_at, customer_id, to_kind, to_id, message, created_at)
      VALUES ('c:700100001', 0, 0, 700100001, 'customer', 700100001, '{"kind":"fax"}', 0);
    UPDATE customers SET conversation = '{"lang":' WHERE id = 700100001;
    UPDATE promises SET promise = 'of another version' WHERE promise = 'first_reply';
  `);
  hand.close();
  const second = await scene.start();
  const other = control.customer(700100002);
  await other.says("转人工");
  await other.sees(/#2/u);
  const { threadId } = await control.staff.topic(/客户甲/u);
  await control.agent().says("我在", { topic: threadId });
  await customer.sees(/我在/u, { timeoutMs: 15_000 });
  await second.logs(/update failed|dead letter/u);
  expect(await health(second)).toBe(200);
}, 120_000);
