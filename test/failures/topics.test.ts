import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Customer } from "../../src/playground/control/control.ts";
import { type Desk, openDesk, times } from "./desk.ts";

// `shared/failures.md`, cases 16 to 23, in its words.

let desk: Desk;
let customer: Customer;
let topic: number;

beforeAll(async () => {
  desk = await openDesk();
  await desk.start();
  ({ customer, topic } = await desk.newTicket("话题的"));
  // An agent serves: nothing but what the two say goes through the topic.
  await desk.control.agent().says("您好", { topic });
  await customer.sees("您好");
});
afterAll(() => desk.end());

test("16 a topic that staff deleted (message thread not found) is made anew, and the same message sent again", async () => {
  await desk.control.staff.deleteTopic(topic);
  await customer.says("删了话题以后的话");
  const next = await desk.topicWith("删了话题以后的话", "话题的");
  expect(next).not.toBe(topic);
  topic = next;
});

test.each(["TOPIC_DELETED", "TOPIC_ID_INVALID"])(
  "16 a deleted topic is known by the wording: %s",
  async (wording) => {
    await desk.control.injectFault({
      method: "sendMessage",
      chat: desk.playground.staffChatId,
      fault: { kind: "error", code: 400, description: `Bad Request: ${wording}` },
    });
    await customer.says(`说法 ${wording}`);
    const next = await desk.topicWith(`说法 ${wording}`, "话题的");
    expect(next).not.toBe(topic);
    topic = next;
  },
);

test("17 another 400 isn't taken for a deleted topic", async () => {
  const { control } = desk;
  const before = await desk.topicsOf("话题的");
  await control.injectFault({
    method: "sendMessage",
    chat: desk.playground.staffChatId,
    fault: { kind: "error", code: 400, description: "Bad Request: message text is empty" },
  });
  await customer.says("这句被拒");
  await customer.says("这句照常");
  await control.agent().sees("这句照常", { topic });
  expect(await desk.topicsOf("话题的")).toEqual(before);
});

test("22 an anonymous admin's reply reaches the customer", async () => {
  await desk.control.agent().says("我是匿名管理员", { topic, as: "anonymous" });
  const answer = await customer.sees("我是匿名管理员");
  expect(answer.text).toContain("客服组");
});

test("18 messages in the same moment make one topic", async () => {
  const { control } = desk;
  // A new minute of Telegram's twenty to a group.
  await desk.restart();
  await control.injectFault({ method: "createForumTopic", times: "always", fault: { kind: "hold" } });
  const hasty = await desk.newCustomer("着急的");
  await Promise.all(["转人工", "在吗", "快点"].map((text) => hasty.says(text)));
  // All three are decided while the topic is still being made.
  await control.waitFor(async () => desk.unsent(hasty).length >= 3);
  await control.waitFor(async () => (await control.counters()).heldCalls > 0);
  await control.clearFaults();
  await desk.topicWith("快点", "着急的");
  await desk.settled(hasty);
  expect(await desk.topicsOf("着急的")).toHaveLength(1);
});

test("19 a flood of /start and questions makes no topic: only a ticket does", async () => {
  const { control } = desk;
  const idle = await desk.newCustomer("路过的");
  const made = (await control.calls("createForumTopic")).length;
  for (let at = 0; at < 30; at += 1) await idle.starts();
  await idle.says("电话多少");
  await control.waitFor(async () => (await control.counters()).pendingUpdates === 0);
  await idle.says("漳浦修不修");
  await control.waitFor(async () => (await control.counters()).pendingUpdates === 0);
  expect((await control.calls("createForumTopic")).length).toBe(made);
});

test("23 a closed topic is opened again for what the customer writes", async () => {
  const { control } = desk;
  await control.staff.closeTopic(topic);
  await customer.says("关了也要收到");
  await control.agent().sees("关了也要收到", { topic });
  expect((await control.staff.topics()).find(({ threadId }) => threadId === topic)?.state).toBe("open");
});

test("23 a ticket that is opened again opens its topic again", async () => {
  const { control } = desk;
  await control.agent().says("/close", { topic });
  await control.waitFor(async () => (await stateOf(topic)) === "closed");
  await control.agent().says("还有一句", { topic });
  await customer.sees("还有一句");
  await control.waitFor(async () => (await stateOf(topic)) === "open");
});

const stateOf = async (threadId: number) =>
  (await desk.control.staff.topics()).find((each) => each.threadId === threadId)?.state;

test("20 the group becomes a supergroup: everything follows its new id", async () => {
  const { control } = desk;
  const known = await desk.newTicket("搬家的");
  await desk.settled(known.customer);
  const to = await control.staff.migrate();
  await known.customer.says("搬家以后的话");
  const after = await desk.topicWith("搬家以后的话", "搬家的");
  await control.agent().says("收到", { topic: after });
  await known.customer.sees("收到");
  await desk.newTicket("新来的");
  expect(await control.staff.id()).toBe(to);

  // The old id is still what STAFF_CHAT_ID says: a restart finds the new one by itself.
  await desk.restart();
  await known.customer.says("重启以后的话");
  await desk.topicWith("重启以后的话", "搬家的");
});

describe("21 what is missing is said exactly, with how to give it, and tickets are taken all the same", () => {
  test("21 the bot isn't an administrator, and once it is, the ticket arrives", async () => {
    const weak = await openDesk({ staffGroup: { bot: "member" } });
    try {
      const bot = await weak.start();
      expect(bot.log()).toMatch(/isn't an administrator.*Manage topics/u);
      const asking = await weak.newCustomer("等权限的");
      await asking.says("转人工");
      await asking.sees(/#1/u);
      await weak.control.staff.addBot("admin");
      const waiting = await weak.control.staff.topic("等权限的");
      await weak.control.waitFor(async () => times(await weak.topicTexts(waiting.threadId), "#1") > 0);
    } finally {
      await weak.end();
    }
  });

  test("21 it lacks the right to manage topics, and another group's id is wrong", async () => {
    const weak = await openDesk();
    try {
      await weak.control.staff.setRight("can_manage_topics", "revoked");
      const bot = await weak.start({ STAFF_CHAT_ID: `-100999,${weak.playground.staffChatId}` });
      expect(bot.log()).toMatch(/lacks the right .{0,2}Manage topics/u);
      expect(bot.log()).toMatch(/-100999.*chat not found.*STAFF_CHAT_ID/u);
      const asking = await weak.newCustomer("缺权限的");
      await asking.says("转人工");
      const told = await asking.sees(/#1/u);
      expect(told.text).toContain("400-1865-909");
    } finally {
      await weak.end();
    }
  });
});
