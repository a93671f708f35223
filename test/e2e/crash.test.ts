import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { openScene, type Scene } from "./bot.ts";

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

async function openTickets(databaseUrl: string): Promise<number[]> {
  const store = await openStore({ url: databaseUrl });
  try {
    return (await store.transaction((tx) => tx.openTickets())).map(({ number }) => number);
  } finally {
    await store.close();
  }
}

// Different moments of the way from the update to the answer; 0 is before anything, 60 after most of it.
test.each([0, 4, 8, 15, 30, 60])(
  "killed %i ms after the request, the ticket is there once",
  async (delay) => {
    const { control } = scene.playground;
    const customer = control.customer();
    const first = await scene.start();
    await customer.says("转人工");
    await new Promise((resolve) => setTimeout(resolve, delay));
    await first.kill();

    await scene.start();
    await control.waitFor(async () => JSON.stringify(await customer.transcript()).includes("#1"));
    const agent = control.agent();
    const { threadId } = await control.staff.topic(/客户甲/u);
    await control.waitFor(async () =>
      JSON.stringify(await control.staff.transcript(threadId)).includes("工单 #1"),
    );
    await agent.says("我来了", { topic: threadId });
    await customer.sees(/我来了/u);
    expect(await openTickets(scene.databaseUrl)).toEqual([1]);
  },
);

test("what was written while the bot was down is answered when it is back", async () => {
  const customer = scene.playground.control.customer();
  await customer.says("转人工");
  await scene.start();
  await scene.playground.control.waitFor(async () =>
    JSON.stringify(await customer.transcript()).includes("#1"),
  );
});
