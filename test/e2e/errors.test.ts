import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openScene, type Scene, spawnZhida } from "./bot.ts";

let scene: Scene;
let folder: string;

beforeEach(async () => {
  scene = await openScene();
  folder = mkdtempSync(join(tmpdir(), "zhida-errors-"));
});
afterEach(async () => {
  await scene.end();
  rmSync(folder, { recursive: true, force: true });
});

const env = (more: Record<string, string>) => ({
  BOT_TOKEN: scene.playground.token,
  TELEGRAM_API_ROOT: scene.url,
  STAFF_CHAT_ID: `${scene.playground.staffChatId}`,
  DATABASE_URL: scene.databaseUrl,
  PORT: "0",
  ...more,
});

async function failure(more: Record<string, string>): Promise<string> {
  const bot = spawnZhida(["start"], env(more));
  expect(await bot.exit).toBe(1);
  return bot.log();
}

test("a wrong variable stops the start with its name, what was wrong, and an example", async () => {
  const said = await failure({ PROMISE_FIRST_REPLY_S: "soon" });
  expect(said).toMatch(/PROMISE_FIRST_REPLY_S must be a number of seconds like 180/u);
});

test("a token that Telegram refuses stops the start, and isn't shown", async () => {
  const token = `${scene.playground.token.split(":")[0]}:wrong-wrong-wrong-wrong-wrong-wrong`;
  const said = await failure({ BOT_TOKEN: token });
  expect(said).toMatch(/BOT_TOKEN is refused.*@BotFather/u);
  expect(said).not.toContain(token);
});

test("a port in use stops the start and names another", async () => {
  const taken = createServer();
  const port = await new Promise<number>((resolve) =>
    taken.listen(0, "127.0.0.1", () => {
      const at = taken.address();
      resolve(typeof at === "object" && at !== null ? at.port : 0);
    }),
  );
  try {
    expect(await failure({ PORT: `${port}` })).toMatch(new RegExp(`PORT ${port} is in use.*set PORT`, "u"));
  } finally {
    taken.close();
  }
});

test("a database that can't be written stops the start in one line", async () => {
  const said = await failure({ DATABASE_URL: `file:${folder}` });
  expect(said.trim().split("\n")).toHaveLength(1);
  expect(said).toContain(folder);
});

test("an unreadable content folder stops the start and is named", async () => {
  expect(await failure({ CONTENT_DIR: join(folder, "nowhere") })).toContain(join(folder, "nowhere"));
});

test("an unknown staff chat is said with what to do, and the bot still takes tickets", async () => {
  const bot = await scene.start({ STAFF_CHAT_ID: "-100999" });
  expect(bot.log()).toMatch(/-100999.*chat not found.*STAFF_CHAT_ID/u);
  const customer = scene.playground.control.customer();
  await customer.says("转人工");
  await customer.sees(/#1/u);
});
