import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { openScene, type Scene } from "./bot.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

test("failure 32: after hours the ticket opens all the same, with the next opening as the promise", async () => {
  const content = join(scene.folder, "content");
  cpSync(join(ROOT, "intents"), join(content, "intents"), { recursive: true });
  cpSync(join(ROOT, "data"), join(content, "data"), { recursive: true });
  const business = join(content, "data", "business.yaml");
  // Open on one day only, three days from now, whatever day the test runs on.
  const then = new Date(Date.now() + 8 * 3_600_000 + 3 * 86_400_000);
  const hours = `{ zh: 每周一天, en: one day a week, weekly: { ${DAYS[then.getUTCDay()]}: "9:00-18:00" } }`;
  const shipped = readFileSync(business, "utf8");
  const changed = shipped.replace(
    "\n  hours: { zh: 24小时, en: 24 hours a day }\n  time_zone",
    `\n  hours: ${hours}\n  time_zone`,
  );
  expect(changed).not.toBe(shipped);
  writeFileSync(business, changed);
  await scene.start({ CONTENT_DIR: content, PROMISE_FIRST_REPLY_S: "2" });

  const { control } = scene.playground;
  const customer = control.customer();
  await customer.says("转人工");
  const opened = await customer.sees(/#1/u);
  expect(opened.text).toContain(`${then.getUTCMonth() + 1}月${then.getUTCDate()}日`);
  expect(opened.text).toMatch(/9:00 上班.*400-1865-909/su);
  const { threadId } = await control.staff.topic(/客户甲/u);
  await control.agent().sees(/工单 #1/u, { topic: threadId });
  // What is due first is due at the opening: nothing is missed while it is closed, though only two seconds are promised.
  await scene.settled();
  const store = await openStore({
    url: scene.databaseUrl,
    botId: Number(scene.playground.token.split(":")[0]),
  });
  const opening = Date.UTC(then.getUTCFullYear(), then.getUTCMonth(), then.getUTCDate(), 9 - 8);
  expect(await store.transaction((tx) => tx.nextDueAt())).toBeGreaterThan(opening);
  await store.close();
});
