import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Desk, openDesk } from "../failures/desk.ts";
import { type BotProcess, openScene } from "./bot.ts";

/** One bot whose store breaks and is mended, again and again. */
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.start();
});
afterAll(() => desk.end());

const fileOf = (databaseUrl: string) => databaseUrl.slice("file:".length);
const LOCKER = fileURLToPath(new URL("locker.mjs", import.meta.url));

/** Another process that holds the database for writing until it is told to let go. */
async function lock({ databaseUrl }: { databaseUrl: string } = desk): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [LOCKER, fileOf(databaseUrl)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
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
  await expect.poll(() => health(bot), { interval: 300 }).toBe(status);
}

/** Asks for a person while nothing can be stored, then lets the store work again: the ticket follows. */
async function survives(name: string, breakIt: () => Promise<() => Promise<void>>): Promise<void> {
  const { control } = desk;
  const bot = desk.bot();
  const first = await desk.newCustomer("先来的");
  const second = await desk.newCustomer(name);
  await first.says("你好");
  await first.sees(/机器人/u);
  const mend = await breakIt();
  await second.says("转人工");
  const told = await second.sees(/400-1865-909/u);
  expect(told.text).toMatch(/存不了/u);
  const warned = async () =>
    JSON.stringify(await control.staff.transcript()).split(`存储故障：客户 ${name}`).length - 1;
  await control.waitFor(async () => (await warned()) > 0);
  await untilHealth(bot, 503);
  await mend();
  await second.sees(/#\d+/u);
  await control.staff.topic(name);
  await untilHealth(bot, 200);
  await first.says("转人工");
  await first.sees(/#\d+/u);
  // Once each, although the update came again and again.
  const said = JSON.stringify(await second.transcript());
  expect(said.split("存不了").length - 1).toBe(1);
  expect(await warned()).toBe(1);
}

test("another process holds the database: a person is reached all the same, and all goes on afterwards", async () => {
  await survives("锁住时来的", () => lock());
});

test("the disk is full: a person is reached all the same, and all goes on afterwards", async (context) => {
  // No file of this process may grow: its writes fail as on a full disk, whoever runs the test.
  const growth = (limit: string) => spawnSync("prlimit", ["--pid", `${desk.bot().pid}`, `--fsize=${limit}`]);
  if (growth("unlimited:unlimited").status !== 0) context.skip("prlimit isn't there, or isn't allowed");
  await survives("磁盘满时来的", async () => {
    growth("0:unlimited");
    return async () => void growth("unlimited:unlimited");
  });
});

test("the database refuses rows: a person is reached all the same, and all goes on afterwards", async () => {
  await survives("拒收时来的", async () => {
    desk.sql("CREATE TRIGGER no BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'no'); END");
    return async () => desk.sql("DROP TRIGGER no");
  });
});

test("a button for a person, pressed while nothing can be stored, is heard too", async () => {
  const customer = await desk.newCustomer("按按钮的");
  await customer.says("客服电话多少");
  await customer.sees(/400-1865-909/u);
  const release = await lock();
  await customer.presses("转人工", { on: "inline" });
  await customer.sees(/存不了/u);
  await release();
  await customer.sees(/#\d+/u);
});

test("without a staff group the on-call agents hear of it in private", async () => {
  const scene = await openScene();
  try {
    const { control } = scene.playground;
    const onCall = control.agent().inPrivate();
    await onCall.starts();
    await scene.start({ STAFF_CHAT_ID: "-100999", STAFF_ONCALL_IDS: `${onCall.id}` });
    const release = await lock(scene);
    await control.customer().says("转人工");
    await onCall.sees(/存储故障.*客户甲/u);
    await release();
  } finally {
    await scene.end();
  }
});

test("rows that can't be read are put aside, and everybody else is served", async () => {
  const { control } = desk;
  const { customer, topic } = await desk.newTicket("坏了一行的");
  await desk.settled(customer);
  await desk.bot().terminate();
  const { id } = customer;
  desk.sql(`
    INSERT INTO inbox (bot_id, update_id, queue, payload, received_at, run_at)
      SELECT bot_id, 1, '${id}', '{"update_id":', 0, 0 FROM inbox LIMIT 1;
    INSERT INTO outbox (queue, lane, run_at, customer_id, to_kind, to_id, message, created_at)
      VALUES ('c:${id}', 0, 0, ${id}, 'customer', ${id}, '{"kind":"fax"}', 0);
    UPDATE customers SET conversation = '{"lang":' WHERE id = ${id};
    UPDATE promises SET promise = 'of another version' WHERE promise = 'first_reply' AND customer_id = ${id};
  `);
  const second = await desk.start();
  const other = await desk.newCustomer("后来的");
  await other.says("转人工");
  await other.sees(/#\d+/u);
  await control.agent().says("我在", { topic });
  await customer.sees(/我在/u);
  await second.logs(/update failed|dead letter/u);
  expect(await health(second)).toBe(200);
});
