import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { startPostgres, type TestPostgres } from "../support/postgres.ts";
import { tablesOf } from "../support/tables.ts";
import { openScene, type Scene } from "./bot.ts";

/** In whatever the customer writes, and in what an agent writes to them. */
const WORDS = "书房第二层";
const NAME = "客户甲";
const PATIENT = { timeout: 180_000, interval: 200 };

/**
 * Tables in which no customer's words ever stand. One that isn't named here has to have them before /forget, so that
 * a new table can't be left out of this test.
 */
const WITHOUT_WORDS = [
  "agents",
  "canned",
  "cards",
  "counters",
  "kysely_migration",
  "kysely_migration_lock",
  "links",
  "offsets",
  "promises",
  "settings",
  "topics",
];

let postgres: TestPostgres | undefined;
let scene: Scene;
beforeAll(async () => {
  postgres = await startPostgres();
});
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());
afterAll(() => postgres?.stop());

/** A customer's words get into every table that can hold them; then all is forgotten. */
async function forgotten(databaseUrl: string) {
  const { control, token } = scene.playground;
  // Somebody on call who never spoke to the bot: the page about the missed promise becomes a dead letter.
  const env = { DATABASE_URL: databaseUrl, STAFF_ONCALL_IDS: "999000111", PROMISE_FIRST_REPLY_S: "1" };
  let bot = await scene.start(env);
  const customer = control.customer();
  await customer.says(`套餐降不下来怎么办，合同在${WORDS}`);
  await customer.sees(/降/u);
  await customer.says(`记录：在${WORDS}又被劝留`);
  await customer.sees(/第 1 条/u);
  await customer.says(`明天下午三点提醒我去${WORDS}找合同`);
  await customer.sees(/⏰/u);
  await customer.sends({ media: "photo", caption: `${WORDS}的照片` });
  await customer.says(`转人工，我在${WORDS}`);
  await customer.sees(/#1/u);
  const { threadId: topic } = await control.staff.topic(/客户甲/u);
  const agent = control.agent();
  await agent.sees(/工单 #1/u, { topic });
  await bot.logs(/dead letter/u);
  await agent.says(`${WORDS}那份合同更划算`, { topic });
  await agent.sees(/劝留/u, { topic });
  const held = await tablesOf(databaseUrl);
  await agent.says("/close", { topic });
  await customer.sees(/1 分很不满意/u);
  await customer.presses("2");
  await customer.sees(/收到 2 分/u);
  await customer.says(`${WORDS}的事没解决`);
  await customer.sees(/主管/u);
  const log = bot.log();
  await bot.terminate();

  const store = await openStore({ url: databaseUrl, botId: Number(token.split(":")[0]) });
  const update = {
    lane: "rest" as const,
    receivedAt: Date.now(),
    payload: JSON.stringify({ message: { text: WORDS } }),
  };
  await store.transaction(async (tx) => {
    await tx.receiveUpdates([
      { ...update, updateId: 1, queue: `${customer.id}` },
      { ...update, updateId: 2, queue: `${scene.playground.staffChatId}:${topic}` },
    ]);
    await tx.failUpdate(1, WORDS, null);
    await tx.failUpdate(2, WORDS, null);
  });
  await store.close();
  const before = await tablesOf(databaseUrl);

  bot = await scene.start(env);
  await customer.says("/forget");
  await customer.sees(/无法恢复/u);
  await customer.presses("确定删除我的数据");
  await customer.sees(/已删除/u);
  await agent.sees(/#1 的客户要求删除数据/u);
  return { before, held, log: log + bot.log(), customer, bot };
}

/** The words stood wherever they can stand: what is searched for afterwards was there before. */
function expectWordsIn(before: ReadonlyMap<string, string>, held: ReadonlyMap<string, string>) {
  const without = [...before].flatMap(([table, rows]) => {
    const all = `${rows}${held.get(table)}`;
    return all.includes(WORDS) || all.includes(NAME) ? [] : [table];
  });
  expect(without.sort()).toEqual(WITHOUT_WORDS);
}

async function expectNothingIn(databaseUrl: string, customerId: number) {
  await vi.waitFor(async () => {
    for (const [table, rows] of await tablesOf(databaseUrl)) {
      expect(rows, table).not.toContain(WORDS);
      expect(rows, table).not.toContain(NAME);
      // Numbers of handled updates and of messages sent since stay for some days: they have no words.
      if (table !== "inbox" && table !== "outbox") expect(rows, table).not.toContain(String(customerId));
    }
  }, PATIENT);
}

test("promise 6: after /forget no row and no file holds a customer's words or name; their topic is gone too", async () => {
  const { before, held, log, customer } = await forgotten(scene.databaseUrl);
  expectWordsIn(before, held);
  // The bot still runs: the journal beside the file is searched as it is.
  await vi.waitFor(() => {
    for (const name of readdirSync(scene.folder)) {
      const file = readFileSync(join(scene.folder, name));
      expect(file.includes(WORDS), name).toBe(false);
      expect(file.includes(NAME), name).toBe(false);
    }
  }, PATIENT);
  await expectNothingIn(scene.databaseUrl, customer.id);
  const { staff } = scene.playground.control;
  expect(await staff.topics()).toEqual([]);
  expect(JSON.stringify(await staff.transcript())).not.toContain(WORDS);
  // At the usual level the log has none of it either.
  expect(log).not.toContain(WORDS);
});

test("promise 6: nor on PostgreSQL", async (context) => {
  if (postgres === undefined) return context.skip("no PostgreSQL was found; the reason is printed above");
  const url = await postgres.emptyDatabase();
  const { before, held, customer } = await forgotten(url);
  expectWordsIn(before, held);
  await expectNothingIn(url, customer.id);
});
