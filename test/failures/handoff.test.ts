import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
import type { Event } from "../../src/dialogue/types.ts";
import { realMind } from "../support/mind.ts";
import { dueOf, startWaiting } from "../support/queue.ts";
import { AGENT, buttonsTo, sentTo, startTalk, type Talk, textsTo } from "../support/talk.ts";
import { type Desk, openDesk } from "./desk.ts";

// `shared/failures.md`, cases 29 to 40, in its words. All but the thirtieth live in the pure core.

const MINUTE = 60_000;

let desk: Desk;
let mind: Mind;
let talk: Talk;

beforeAll(async () => {
  mind = await realMind();
  desk = await openDesk();
  await desk.start();
});
afterAll(() => desk.end());
beforeEach(() => {
  talk = startTalk(mind);
});

const due = (promise: Extract<Event, { kind: "promise.due" }>["promise"], ticket = 1) =>
  ({ kind: "promise.due", promise, ticket }) as const;
const closeIt = () => talk.agentPresses({ kind: "close", ticket: 1 });

test("29 the bot is silent while an agent serves, and speaks again when the ticket is closed", () => {
  talk.says("转人工");
  talk.agentSays("您好，请说");
  for (const text of ["电话多少", "漳浦修不修", "讲个笑话", "咕噜咕噜"]) {
    const served = talk.says(text);
    expect(sentTo(served, "customer"), text).toEqual([]);
    expect(textsTo(served, "topic").join()).toContain(text);
  }
  closeIt();
  expect(textsTo(talk.says("电话多少")).join()).toContain("400-1865-909");
});

test("30 asking for a human first, before any other message, notifies the agents", async () => {
  const customer = await desk.newCustomer("第一句就要人的");
  await customer.says("人工");
  await customer.sees(/#\d+/u);
  const { threadId } = await desk.control.staff.topic("第一句就要人的");
  const card = await desk.control.agent().sees("第一句就要人的", { topic: threadId });
  expect(card.reply_markup?.inline_keyboard.flat().length).toBeGreaterThan(0);
});

test("31 the second miss in a row opens a ticket, and so does the same question a third time", () => {
  const nonsense = ["咕噜咕噜哇啦哇啦", "嘎嘎嘎嘎嘣嘣"];
  talk.says(nonsense[0] ?? "");
  expect(talk.ticket).toBeNull();
  talk.says(nonsense[1] ?? "");
  expect(talk.ticket).toMatchObject({ status: "waiting", reason: "missed_twice" });

  const again = startTalk(mind);
  for (let at = 0; at < 2; at += 1) again.says("上门费多少钱");
  expect(again.ticket).toBeNull();
  again.says("上门费多少钱");
  expect(again.ticket).toMatchObject({ status: "waiting", reason: "asked_thrice" });
});

test("32 after hours: it says when, takes the ticket, and keeps the promise", () => {
  const { knowledge } = mind;
  const day = [{ from: 9 * 60, to: 18 * 60 }];
  const agents = {
    ...knowledge.business.agents,
    timeZone: "Asia/Shanghai",
    schedule: { weekly: [[], day, day, day, day, day, []], days: [] },
  };
  const office = { ...mind, knowledge: { ...knowledge, business: { ...knowledge.business, agents } } };
  const friday = Date.parse("2026-11-20T21:00+08:00");
  const customer = startWaiting(office, { at: friday });
  const opened = customer.says("转人工");
  expect(customer.ticket?.status).toBe("waiting");
  expect(textsTo(opened)[0]).toMatch(/星期一 9:00/u);
  expect(dueOf(opened, "first_reply")).toBe(Date.parse("2026-11-23T09:03+08:00"));
  customer.at = Date.parse("2026-11-23T09:03+08:00");
  const missed = customer.happens(due("first_reply", 9));
  expect(textsTo(missed)[0]).toMatch(/没做到/u);
  expect(textsTo(missed, "oncall").length).toBeGreaterThan(0);
});

test.each(["人工", "人工!", "转人工", "human", "agent", "真人", "rengong"])(
  "33 a bare %s is understood, and once is enough",
  (text) => {
    talk.says(text);
    expect(talk.ticket?.status).toBe("waiting");
  },
);

test("34 who speaks is always said: the bot, or the agent by name", () => {
  expect(textsTo(talk.says("转人工")).join()).not.toMatch(/转接成功/u);
  // An automatic answer says that it is one while a person is awaited.
  expect(textsTo(talk.says("电话多少"))[0]).toMatch(/自动/u);
  const [taken, said] = textsTo(talk.agentSays("您好"));
  expect(taken).toContain(AGENT.name);
  expect(said).toContain(AGENT.name);
  expect(said).toContain("您好");
});

test.each(["人工费多少钱", "不用转人工了", "人工智能是什么", "你是人工还是机器人", "人工湖怎么走"])(
  "35 %s isn't a request for a human",
  (text) => {
    talk.says(text);
    expect(talk.ticket).toBeNull();
  },
);

test("35 somebody else's words, forwarded, aren't either", () => {
  talk.says("转人工", { forwarded: true });
  expect(talk.ticket).toBeNull();
});

test("36 nothing stands before the human: no question, no form, no confirmation, in any state", () => {
  for (const prepare of [
    () => undefined,
    (t: Talk) => t.says("保险柜坏了"),
    (t: Talk) => t.types("repair"),
    (t: Talk) => t.says("你们覆盖我那儿吗"),
    (t: Talk) => t.types("forget"),
    (t: Talk) => t.says("咕噜咕噜哇啦哇啦"),
  ]) {
    const fresh = startTalk(mind);
    prepare(fresh);
    const opened = fresh.says("转人工");
    expect(fresh.ticket?.status).toBe("waiting");
    expect(fresh.snapshot.conversation?.awaiting).toBeNull();
    expect(sentTo(opened, "topic").length).toBeGreaterThan(0);
  }
});

test("37 however long nobody comes, the customer stays in the queue and is never handed back to the bot", () => {
  talk.says("转人工");
  talk.later(3 * MINUTE);
  talk.happens(due("first_reply"));
  for (let hours = 0; hours < 48; hours += 1) {
    talk.later(60 * MINUTE);
    const still = talk.happens(due("first_reply.escalation"));
    expect(talk.ticket).toMatchObject({ number: 1, status: "waiting" });
    expect(textsTo(still)[0]).toMatch(/#1/u);
    expect(dueOf(still, "first_reply.escalation")).toBeDefined();
  }
  expect(textsTo(talk.says("咕噜咕噜"), "topic").join()).toContain("咕噜咕噜");
});

test("38 the satisfaction question comes with its five buttons, once a ticket, and at every ticket", () => {
  const scores = () => buttonsTo(closeIt()).filter(({ kind }) => kind === "score");
  talk.says("转人工");
  talk.agentSays("您好");
  expect(scores()).toHaveLength(5);
  talk.presses({ kind: "score", ticket: 1, score: 4 });
  // Opened again and closed again: it has been rated.
  talk.agentSays("补充一句");
  const again = closeIt();
  expect(buttonsTo(again).filter(({ kind }) => kind === "score")).toEqual([]);
  expect(textsTo(again).join()).not.toMatch(/满意吗/u);
  talk.says("转人工");
  talk.agentSays("您好");
  const second = talk.agentPresses({ kind: "close", ticket: 2 });
  expect(buttonsTo(second).filter(({ kind }) => kind === "score")).toHaveLength(5);
});

test("39 a waiting customer is told when the place changes, and before the promise is missed", () => {
  const customer = startWaiting(mind);
  customer.ahead = 6;
  expect(textsTo(customer.says("转人工"))[0]).toContain("第 7 位");
  customer.ahead = 2;
  customer.at += MINUTE;
  expect(textsTo(customer.happens(due("queue.position", 9)))[0]).toContain("第 3 位");
  customer.ahead = 0;
  customer.at += MINUTE;
  expect(textsTo(customer.happens(due("queue.position", 9)))[0]).toMatch(/下一个就是您|第 1 位/u);
  // Half the time is gone, the promise isn't missed yet: both sides hear of it.
  const half = customer.happens(due("first_reply.warning", 9));
  expect(textsTo(half)[0]).toMatch(/#9/u);
  expect(textsTo(half, "topic")[0]).toMatch(/#9/u);
});

test("40 the closing reply is sent once, however often the button is pressed", () => {
  talk.says("转人工");
  talk.agentSays("您好");
  expect(textsTo(closeIt())).toHaveLength(1);
  const again = closeIt();
  expect(textsTo(again)).toEqual([]);
  expect(sentTo(again, "topic")).toContainEqual(expect.objectContaining({ kind: "callback" }));
});

test("40 a closed ticket is gone on with by the customer, in the same topic, with one word", () => {
  talk.says("转人工");
  talk.agentSays("您好");
  closeIt();
  talk.later(60 * MINUTE);
  const opened = talk.says("转人工");
  expect(talk.ticket?.status).toBe("waiting");
  expect(sentTo(opened, "topic")).toContainEqual({ kind: "topic.reopen" });
  expect(textsTo(opened)[0]).toContain("#1");
});
