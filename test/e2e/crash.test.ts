import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { type Desk, openDesk } from "../failures/desk.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.end());

async function openTickets(databaseUrl: string, customerId: number): Promise<number> {
  const store = await openStore({ url: databaseUrl });
  try {
    const open = await store.transaction((tx) => tx.openTickets());
    return open.filter((ticket) => ticket.customerId === customerId).length;
  } finally {
    await store.close();
  }
}

test("what was written while the bot was down is answered when it is back", async () => {
  const customer = await desk.newCustomer("早到的");
  await customer.says("转人工");
  await desk.start();
  await desk.control.waitFor(async () => JSON.stringify(await customer.transcript()).includes("#1"));
});

// Different moments of the way from the update to the answer; 0 is before anything, 60 after most of it. What one
// death left behind, the next life goes on with.
test.each([0, 4, 8, 15, 30, 60])(
  "killed %i ms after the request, the ticket is there once",
  async (delay) => {
    const { control } = desk;
    const name = `等了${delay}毫秒的`;
    const customer = await desk.newCustomer(name);
    await customer.says("转人工");
    await new Promise((resolve) => setTimeout(resolve, delay));
    await desk.restart();
    await control.waitFor(async () => JSON.stringify(await customer.transcript()).includes("已为您转人工"));
    const topic = await desk.topicWith("工单 #", name);
    await control.agent().says("我来了", { topic });
    await customer.sees(/我来了/u);
    expect(await openTickets(desk.databaseUrl, customer.id)).toBe(1);
  },
);
