import { afterEach, beforeEach, expect, test } from "vitest";
import type { FaultOrder } from "../../src/playground/faults.ts";
import { UNLIMITED } from "../support/limits.ts";
import { type LocalDesk, openLocalDesk } from "../support/local.ts";

// Every fault on every method, and all pairs, are walked by bench/desk/faults.ts: here are the ones that hurt most.

let desk: LocalDesk;

beforeEach(async () => {
  desk = await openLocalDesk({ limiter: UNLIMITED });
  desk.run();
});
afterEach(() => desk.close());

const FAULTS: readonly FaultOrder["fault"][] = [
  { kind: "retryAfter", seconds: 1 },
  { kind: "serverError" },
  { kind: "badGateway" },
  { kind: "dropBefore" },
  { kind: "dropAfter" },
];

test.each(FAULTS)("$kind on each call once: everything arrives, in order", async (fault) => {
  const { control } = desk;
  const methods = ["createForumTopic", "sendMessage", "copyMessage", "copyMessages", "editForumTopic"];
  for (const method of methods) await control.injectFault({ method, fault });
  const customer = control.customer();
  const agent = control.agent();
  await customer.says("转人工");
  await customer.sees(/#1/u);
  const said = async () => {
    const topics = (await control.staff.topics()).filter(({ name }) => name.includes("客户甲"));
    const messages = [];
    for (const { threadId } of topics)
      for (const { message } of await control.staff.transcript(threadId))
        messages.push({ threadId, message });
    return messages;
  };
  const card = await control.waitFor(async () =>
    (await said()).find(({ message }) => message.text?.includes("工单 #1")),
  );
  await customer.says("第一句");
  await customer.sends({ media: "photo", caption: "第二句" });
  await customer.says("第三句");
  await control.waitFor(async () => JSON.stringify(await said()).includes("第三句"));
  const words = (await said()).map(({ message }) => message.text ?? message.caption ?? "");
  const lines = words.filter((text) => !text.includes("工单 #")).join("\n");
  const order = [...lines.matchAll(/第[一二三]句/gu)].map(([line]) => line);
  expect([...new Set(order)]).toEqual(["第一句", "第二句", "第三句"]);
  // Whether a message arrived before the connection broke nobody knows: twice is better than never.
  if (fault.kind !== "dropAfter") expect(order).toHaveLength(3);
  await agent.says("收到了", { topic: card.threadId });
  await customer.sees(/收到了/u);
});

test("errors for one customer hold up no other", async () => {
  const { control } = desk;
  const [first, second] = [control.customer(), control.customer(700100002)];
  await control.injectFault({
    method: "sendMessage",
    chat: first.id,
    times: 3,
    fault: { kind: "serverError" },
  });
  await first.says("客服电话多少");
  await second.says("客服电话多少");
  await second.sees(/400-1865-909/u);
  await first.sees(/400-1865-909/u);
});
