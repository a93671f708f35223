import { setImmediate } from "node:timers/promises";
import type { Update } from "grammy/types";
import { afterEach, expect, test } from "vitest";
import { decision, ticket } from "../store/builders.ts";
import { type LocalDesk, openLocalDesk } from "../support/local.ts";

let desk: LocalDesk;
afterEach(() => desk.close());

const said = (updateId: number, customer: number, text: string): Update => ({
  update_id: updateId,
  message: {
    message_id: updateId,
    date: 1,
    chat: { id: customer, type: "private", first_name: "客户" },
    from: { id: customer, is_bot: false, first_name: "客户" },
    text,
  },
});
const crowd = (size: number) => Array.from({ length: size }, (_, at) => said(at + 1, at + 1, "客服电话多少"));
const counts = () => desk.store.transaction((tx) => tx.counts());

test("while a crowd is decided, everything else in the process gets its turn", async () => {
  desk = await openLocalDesk();
  await desk.take(crowd(200));
  const working = desk.worker.run();
  await setImmediate();
  const { inboxPending } = await counts();
  desk.worker.stop();
  await working;
  expect(inboxPending).toBeGreaterThan(0);
});

test("what was promised is kept while a crowd is decided", async () => {
  desk = await openLocalDesk();
  const promised = { kind: "promise.set", promise: "first_reply.warning", ticket: 1, dueAt: 1 } as const;
  await desk.store.transaction((tx) =>
    tx.apply(decision(900, { ticket: ticket(1, 900), effects: [promised] }), 1),
  );
  await desk.take(crowd(400));
  const working = desk.worker.run();
  for (let turns = 0; turns < 3; turns += 1) await setImmediate();
  const { inboxPending } = await counts();
  const due = await desk.store.transaction((tx) => tx.duePromises(1, 10));
  desk.worker.stop();
  await working;
  expect(inboxPending).toBeGreaterThan(0);
  expect(due).toEqual([]);
});

test("an update that can't be decided is set aside alone, whatever was decided with it", async () => {
  desk = await openLocalDesk();
  const broken = {
    ...said(21, 21, "x"),
    message: { chat: { id: 21, type: "private" } },
  } as unknown as Update;
  await desk.take([...crowd(20), broken, ...crowd(40).slice(21)]);
  const working = desk.worker.run();
  await desk.control.waitFor(async () => (await counts()).inboxPending === 1);
  desk.worker.stop();
  await working;
  const failed = await desk.store.transaction((tx) => tx.nextUpdate(Number.MAX_SAFE_INTEGER));
  expect(failed).toMatchObject({ updateId: 21 });
  expect((await counts()).outboxPending).toBeGreaterThanOrEqual(39);
});

test("what is stored of a customer is looked up for who asks, in words as by command", async () => {
  desk = await openLocalDesk();
  await desk.take([said(1, 7, "客服电话多少"), said(2, 7, "你们保存我的聊天记录吗"), said(3, 7, "/privacy")]);
  const working = desk.worker.run();
  await desk.control.waitFor(async () => (await counts()).inboxPending === 0);
  desk.worker.stop();
  await working;
  const lines = await desk.store.transaction((tx) => tx.transcript(7));
  const told = lines.flatMap(({ text }) => /聊天记录 (\d+) 条/u.exec(text)?.[1] ?? []);
  expect(told).toEqual(["3", "5"]);
});
