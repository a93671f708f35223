import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { decision, send, T0, ticket } from "../store/builders.ts";
import { realMind } from "../support/mind.ts";
import { sentTo, startTalk, textsTo } from "../support/talk.ts";
import { type Desk, openDesk, times } from "./desk.ts";

// `shared/failures.md`, cases 41 to 48, in its words.

let desk: Desk;
/** For the first case alone: nobody answers, and it isn't waited for long. */
const SOON = { PROMISE_FIRST_REPLY_S: "2" };
const folder = mkdtempSync(join(tmpdir(), "zhida-soak-"));

beforeAll(async () => {
  desk = await openDesk();
  await desk.start(SOON);
});
afterAll(async () => {
  await desk.end();
  rmSync(folder, { recursive: true, force: true });
});

test("41 a delivery is claimed before it is sent: of two senders one gets it", async () => {
  const url = `file:${join(folder, "claims.db")}`;
  const [one, other] = [await openStore({ url }), await openStore({ url })];
  try {
    await one.transaction((tx) => tx.apply(decision(7, { effects: [send(7, "human", "一次")] }), T0));
    const claim = (store: typeof one) =>
      store.transaction(async (tx) => {
        const due = await tx.dueDeliveries(T0, 10);
        return tx.leaseDeliveries(
          due.map(({ id }) => id),
          T0,
          T0 + 60_000,
        );
      });
    const claimed = await Promise.all([claim(one), claim(other)]);
    expect(claimed.flat()).toHaveLength(1);
  } finally {
    await one.close();
    await other.close();
  }
});

test("42 killed between the topic and the card, the next start goes on with the same topic", async () => {
  const { control } = desk;
  await control.injectFault({
    method: "sendMessage",
    chat: desk.playground.staffChatId,
    times: "always",
    fault: { kind: "dropBefore" },
  });
  const customer = await desk.newCustomer("断在中间的");
  await customer.says("转人工");
  const { threadId } = await control.staff.topic("断在中间的");
  await control.waitFor(async () =>
    (await control.calls("sendMessage")).some(({ payload }) => payload.message_thread_id === threadId),
  );
  await desk.bot().kill();
  await control.clearFaults();
  await desk.start(SOON);
  await control.waitFor(async () => times(await desk.topicTexts(threadId), "#1") > 0);
  expect(await desk.topicsOf("断在中间的")).toEqual([threadId]);
  // The promise runs from the ticket's opening, whatever happened to its card.
  await customer.sees(/没做到/u);
});

test("43 customers who open tickets in the same moment get numbers of their own", async () => {
  const url = `file:${join(folder, "numbers.db")}`;
  const stores = [await openStore({ url }), await openStore({ url })];
  try {
    const open = (customerId: number) =>
      (stores[customerId % 2] ?? stores[0])?.transaction(async (tx) => {
        const { nextTicket } = await tx.snapshot(customerId, 0);
        await tx.apply(decision(customerId, { ticket: ticket(nextTicket, customerId) }), T0);
        return nextTicket;
      });
    const numbers = await Promise.all(Array.from({ length: 30 }, (_, at) => open(at + 1)));
    expect([...numbers].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 30 }, (_, at) => at + 1),
    );
  } finally {
    for (const store of stores) await store.close();
  }
});

test("44 46 a burst of short lines, killed in its middle: each reaches the topic, in order, and costs one message", async () => {
  const { control } = desk;
  await desk.restart();
  const { customer, topic } = await desk.newTicket("一句一句的");
  await control.agent().says("您说", { topic });
  await customer.sees("您说");
  await desk.settled(customer);
  const before = (await control.calls("sendMessage")).length;
  const lines = Array.from({ length: 15 }, (_, at) => `短句${String(at).padStart(2, "0")}`);
  for (const line of lines.slice(0, 3)) await customer.says(line);
  await control.waitFor(async () => (await desk.topicTexts(topic)).join().includes("短句02"));
  await desk.settled(customer);
  // The next is on its way when the process dies: how many lines it carries is the machine's pace.
  await control.injectFault({
    method: "sendMessage",
    chat: desk.playground.staffChatId,
    fault: { kind: "hold" },
  });
  for (const line of lines.slice(3)) await customer.says(line);
  await control.waitFor(async () => (await control.counters()).heldCalls > 0);
  await desk.restart();
  const read = await control.waitFor(async () => {
    const texts = (await desk.topicTexts(topic)).filter((text) => text.startsWith("一句一句的："));
    return texts.join().includes("短句14") ? texts.join("\n") : undefined;
  });
  const first = lines.map((line) => read.indexOf(line));
  expect(first).not.toContain(-1);
  expect(first).toEqual([...first].sort((a, b) => a - b));
  for (const line of lines) expect(read.split(line)).toHaveLength(2);
  // No confirmations into the group: twenty a minute are for what people say.
  await desk.settled(customer);
  const sent = (await control.calls("sendMessage"))
    .slice(before)
    .filter(({ payload }) => Number(payload.chat_id) === desk.playground.staffChatId);
  expect(sent.length).toBeLessThanOrEqual(lines.length + 2);
});

test("44 a page-long message holds nobody else up", async () => {
  const { customer, topic } = await desk.newTicket("贴长文的");
  const hasty = await desk.newCustomer("等在后面的");
  await customer.says("甲".repeat(4000));
  await hasty.says("人工");
  await hasty.sees(/#\d+/u);
  await desk.control.agent().sees("甲甲甲", { topic });
});

test("45 after several quick restarts what came before them is handled once", async () => {
  const { control } = desk;
  const { customer, topic } = await desk.newTicket("重启几次的");
  await desk.settled(customer);
  await control.injectFault({
    method: "sendMessage",
    chat: desk.playground.staffChatId,
    times: "always",
    fault: { kind: "dropBefore" },
  });
  await customer.says("只说一遍");
  await control.waitFor(async () => (await control.counters()).pendingUpdates === 0);
  await desk.restart();
  await desk.bot().kill();
  await control.clearFaults();
  await desk.start();
  await control.waitFor(async () => times(await desk.topicTexts(topic), "只说一遍") > 0);
  await desk.settled(customer);
  expect(times(await desk.topicTexts(topic), "只说一遍")).toBe(1);
});

test("46 however many lines a minute, each is relayed", async () => {
  const talk = startTalk(await realMind());
  talk.says("转人工");
  talk.agentSays("您说");
  for (let at = 0; at < 60; at += 1)
    expect(textsTo(talk.says(`急${at}`), "topic").join()).toContain(`急${at}`);
});

test("47 when nothing can be stored, the apology takes another way: the customer and the group are told", async () => {
  const { control } = desk;
  desk.sql("create trigger broken before insert on inbox begin select raise(abort, 'disk full'); end");
  try {
    const customer = await desk.newCustomer("存不了的");
    await customer.says("转人工");
    const told = await customer.sees("400-1865-909");
    expect(told.text).toMatch(/故障/u);
    await control.waitFor(async () => (await general()).join().includes("存不了的"));
    desk.sql("drop trigger broken");
    await customer.sees(/#\d+/u);
  } finally {
    desk.sql("drop trigger if exists broken");
  }
});

const general = async () => (await desk.control.staff.transcript()).map(({ message }) => message.text ?? "");

test("48 a contact or a picture from before the ticket goes along with it, once, as the bot has said", async () => {
  const talk = startTalk(await realMind());
  const copies = (decision: ReturnType<typeof talk.says>) =>
    sentTo(decision, "topic").filter(({ kind }) => kind === "copy");
  talk.sends({ kind: "contact", phone: "+8613800000000", name: "客户甲" });
  talk.sends({ kind: "media", media: "photo", caption: "", album: null });
  expect(copies(talk.says("转人工"))).toHaveLength(2);
  talk.agentSays("您好");
  talk.agentPresses({ kind: "close", ticket: 1 });
  expect(copies(talk.says("转人工"))).toEqual([]);
});

test("48 a contact that was shared is kept and passed on, not ignored", async () => {
  const mind = await realMind();
  const contact = { kind: "contact", phone: "+8613800000000", name: "客户甲" } as const;
  const waiting = startTalk(mind);
  waiting.says("转人工");
  const shared = waiting.sends(contact);
  expect(sentTo(shared, "topic")).toContainEqual(expect.objectContaining({ kind: "copy" }));
  expect(textsTo(shared).join()).toMatch(/联系方式/u);
});
