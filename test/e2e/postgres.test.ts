import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "../support/postgres.ts";
import { openScene, type Scene } from "./bot.ts";

let postgres: TestPostgres | undefined;
let scene: Scene;

beforeAll(async () => {
  postgres = await startPostgres();
  scene = await openScene();
});
afterAll(async () => {
  await scene.end();
  await postgres?.stop();
});

test("on PostgreSQL a ticket is opened, survives a kill, and is answered", async (context) => {
  if (postgres === undefined) return context.skip("no PostgreSQL was found; the reason is printed above");
  const { control } = scene.playground;
  const env = { DATABASE_URL: await postgres.emptyDatabase() };
  const first = await scene.start(env);
  const customer = control.customer();
  await customer.says("漳浦能修吗");
  await customer.sees(/漳浦县/u);
  await customer.says("转人工");
  await customer.sees(/#1/u);
  await first.kill();

  const second = await scene.start(env);
  const { threadId } = await control.staff.topic(/客户甲/u);
  await control.agent().says("您好，请说", { topic: threadId });
  // What the killed process had on its way is given back when its lease ends.
  await customer.sees(/您好，请说/u);
  expect(await second.terminate()).toBe(0);
});
