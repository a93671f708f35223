import { beforeEach, describe, expect, test } from "vitest";
import type { Agent } from "../../src/desk/types.ts";
import { realMind } from "../support/mind.ts";
import { AGENT, POLICY, sentTo, startTalk, type Talk, textsTo } from "../support/talk.ts";

const OTHER: Agent = { id: 902, name: "客服小达", username: "xiaoda" };
const known = [
  { ...OTHER, seenAt: 2 },
  { ...AGENT, seenAt: 1 },
];

const mind = await realMind();
let talk: Talk;
beforeEach(() => {
  talk = startTalk(mind);
  talk.knows({ agents: known });
});

const toTopic = (decision: ReturnType<Talk["says"]>) => textsTo(decision, "topic").join("\n");
const alerts = (decision: ReturnType<Talk["says"]>) =>
  sentTo(decision, "topic").flatMap((message) => (message.kind === "callback" ? [message] : []));

describe("who has the ticket", () => {
  test("two claim at once: the second is alerted who was first, and nothing else follows", () => {
    talk.says("转人工");
    talk.agentPresses({ kind: "claim", ticket: 1 });
    const second = talk.agentPresses({ kind: "claim", ticket: 1 }, OTHER);
    expect(alerts(second)).toEqual([
      expect.objectContaining({ alert: true, text: expect.stringContaining(AGENT.name) }),
    ]);
    expect(second.effects).toHaveLength(1);
    expect(talk.ticket?.agent).toEqual(AGENT);
  });

  test("to claim one's own again is said as it is", () => {
    talk.says("转人工");
    talk.agentTypes("claim");
    expect(toTopic(talk.agentTypes("claim"))).toContain("已经在您手里");
  });

  test("/take moves the ticket; the colleague is called out and the customer told who speaks now", () => {
    talk.says("转人工");
    talk.agentTypes("claim", "", { agent: OTHER });
    const taken = talk.agentTypes("take");
    expect(talk.ticket).toMatchObject({ status: "serving", agent: AGENT });
    expect(toTopic(taken)).toMatch(/客服小直.*@xiaoda/u);
    expect(textsTo(taken).join()).toMatch(/客服小直 接手/u);
  });

  test("/take of what waits is a claim", () => {
    talk.says("转人工");
    talk.agentTypes("take");
    expect(talk.ticket).toMatchObject({ status: "serving", agent: AGENT });
  });

  test.each([
    ["a username", { argument: "@XiaoDa" }],
    ["a name", { argument: "客服小达" }],
    ["a mention without a username, or a reply", { argument: "", mentioned: OTHER }],
  ])("/transfer by %s", (_, { argument, ...more }) => {
    talk.says("转人工");
    talk.agentTypes("claim");
    const moved = talk.agentTypes("transfer", argument, more);
    expect(talk.ticket?.agent?.id).toBe(OTHER.id);
    expect(toTopic(moved)).toContain("@xiaoda");
    expect(textsTo(moved).join()).toContain("客服小达");
  });

  test("/transfer to a username that was never seen calls them, who take it by a press", () => {
    talk.says("转人工");
    talk.agentTypes("claim");
    const asked = talk.agentTypes("transfer", "@newcomer");
    expect(sentTo(asked, "topic")).toContainEqual(
      expect.objectContaining({
        text: expect.stringMatching(/@newcomer.*@xiaoda/su),
        inline: [[{ label: "我来接", button: { kind: "take", ticket: 1 } }]],
      }),
    );
    expect(talk.ticket?.agent).toEqual(AGENT);
    talk.agentPresses({ kind: "take", ticket: 1 }, { id: 903, name: "客服小新", username: "newcomer" });
    expect(talk.ticket?.agent?.id).toBe(903);
  });

  test("/transfer to nobody in particular changes nothing and says whom I know", () => {
    talk.says("转人工");
    talk.agentTypes("claim");
    const unknown = talk.agentTypes("transfer", "小王");
    expect(toTopic(unknown)).toContain("@xiaoda");
    expect(textsTo(unknown)).toEqual([]);
    expect(talk.ticket?.agent).toEqual(AGENT);
  });

  test("a transfer before the first reply leaves the promise standing", () => {
    talk.says("转人工");
    const moved = talk.agentTypes("transfer", "@xiaoda");
    expect(moved.effects.filter(({ kind }) => kind === "promise.settle")).toEqual([]);
    const answered = talk.agentSays("您好", OTHER);
    expect(answered.effects).toContainEqual(
      expect.objectContaining({ kind: "promise.settle", promise: "first_reply", outcome: "kept" }),
    );
  });

  test("anonymous admins share an id and are told apart by name", () => {
    talk.says("转人工");
    const group = -1001;
    talk.agentTypes("claim", "", { agent: { id: group, name: "夜班" } });
    const other = talk.agentTypes("claim", "", { agent: { id: group, name: "白班" } });
    expect(toTopic(other)).toContain("夜班");
  });
});

test("an agent's album says once whose it is", () => {
  talk.says("转人工");
  talk.agentTypes("claim");
  const part = (messageId: number, album: string) =>
    talk.happens({
      kind: "agent.message",
      agent: AGENT,
      content: { kind: "media", media: "photo", caption: "", album },
      ref: { chatId: -1001, messageId },
      replyTo: null,
    });
  const sent = [part(1, "a"), part(2, "a"), part(3, "b")].map((each) => textsTo(each));
  expect(sent).toEqual([[expect.stringContaining(AGENT.name)], [], [expect.stringContaining(AGENT.name)]]);
});

describe("ready replies", () => {
  const canned = [{ name: "时间", text: "{name}您好，{hotline}，工单 #{number}，我是{agent}" }];

  test("one is sent as the agent's own words, filled in, and claims like any first reply", () => {
    talk.knows({ canned });
    talk.says("转人工");
    const sent = talk.agentTypes("canned", "时间");
    expect(textsTo(sent).at(-1)).toMatch(/客服小直.*客户甲您好，400-1865-909，工单 #1，我是客服小直/su);
    expect(talk.ticket).toMatchObject({ status: "serving", agent: AGENT });
    expect(toTopic(sent)).toContain("客户甲您好");
  });

  test("the list, and what isn't in it", () => {
    talk.knows({ canned });
    talk.says("转人工");
    expect(toTopic(talk.agentTypes("canned"))).toContain("时间");
    const unknown = talk.agentTypes("canned", "没有的");
    expect(toTopic(unknown)).toContain("时间");
    expect(textsTo(unknown)).toEqual([]);
  });

  test("what can't be filled in isn't kept", () => {
    const kept = talk.agentTypes("canned", "add 问候 {nmae}您好");
    expect(kept.effects.some(({ kind }) => kind === "canned.save")).toBe(false);
    expect(toTopic(kept)).toContain("{nmae}");
    const right = talk.agentTypes("canned", "add 问候 {name}您好\n请说");
    expect(right.effects).toContainEqual({ kind: "canned.save", name: "问候", text: "{name}您好\n请说" });
  });
});

describe("withdrawing what was said", () => {
  const ref = { chatId: -1001, messageId: 77 };
  const said = (at: number, name = AGENT.name) => ({
    at,
    speaker: "agent" as const,
    name,
    kind: "text",
    text: "说错了",
    ticket: 1,
    ref,
  });
  const now = Date.UTC(2026, 10, 23, 2, 0);

  test("its copy is deleted, in the line of the customer's own messages, and a note stays", () => {
    talk.knows({ said: said(now) });
    const decision = talk.agentTypes("del");
    expect(decision.effects).toContainEqual({
      kind: "send",
      to: { kind: "customer", customerId: 700 },
      lane: "relay",
      message: { kind: "delete", origin: ref },
    });
    expect(decision.lines).toEqual([expect.objectContaining({ speaker: "note", kind: "withdrawn", ref })]);
  });

  test("of an album every part goes", () => {
    const parts = [77, 78].map((messageId) => ({
      ...said(now),
      kind: "photo",
      text: "",
      album: "a",
      ref: { ...ref, messageId },
    }));
    talk.knows({ said: parts[1] ?? null, saidTogether: parts });
    const decision = talk.agentTypes("del");
    const gone = parts.map((part) => ({ kind: "delete", origin: part.ref }));
    expect(sentTo(decision, "customer")).toEqual(gone);
    expect(decision.lines.map((line) => line.ref)).toEqual(parts.map((part) => part.ref));
  });

  test.each([
    ["more than 48 hours old", said(now - 48 * 3_600_000), /48 小时/u],
    ["somebody else's", said(now, OTHER.name), /不是您发的/u],
    ["nothing", null, /没有可以撤回/u],
  ])("%s: it says so and deletes nothing", (_, line, words) => {
    talk.knows({ said: line });
    const decision = talk.agentTypes("del");
    expect(toTopic(decision)).toMatch(words);
    expect(sentTo(decision, "customer")).toEqual([]);
  });
});

describe("an edit that doesn't do what it looks like", () => {
  const ref = { chatId: -1001, messageId: 77 };
  const said = {
    at: 0,
    speaker: "agent" as const,
    name: AGENT.name,
    kind: "text",
    text: "您好",
    ticket: 1,
    ref,
  };
  const edits = (text: string) =>
    talk.happens({ kind: "agent.edited", agent: AGENT, content: { kind: "text", text }, ref });

  test("words made a note stay with the customer, and how to withdraw them is said there", () => {
    talk.says("转人工");
    talk.knows({ said });
    const edited = edits("// 记一下");
    expect(sentTo(edited, "topic")).toEqual([
      expect.objectContaining({ text: expect.stringContaining("/del"), replyTo: ref }),
    ]);
    expect(sentTo(edited, "customer")).toEqual([]);
  });

  test("a note made words doesn't go to the customer, and that is said there", () => {
    talk.says("转人工");
    talk.knows({ said: null });
    const edited = edits("记一下");
    expect(toTopic(edited)).toContain("客户那边没有这条");
    expect(sentTo(edited, "customer")).toEqual([]);
  });

  test("a note that stays a note, and words that stay words, need no word about it", () => {
    talk.says("转人工");
    talk.knows({ said: null });
    expect(edits("// 记两下").effects).toEqual([]);
    talk.knows({ said });
    expect(toTopic(edits("您好！"))).toBe("");
  });
});

describe("a ban", () => {
  test("closes the ticket with an honest line, and asks for no rating", () => {
    talk.says("转人工");
    const banned = talk.agentTypes("ban");
    expect(talk.ticket?.status).toBe("closed");
    expect(textsTo(banned).join()).toContain("400-1865-909");
    expect(textsTo(banned).join()).not.toContain("打分");
  });

  test.each([
    ["in words", (t: Talk) => t.says("转人工")],
    ["by command", (t: Talk) => t.types("human")],
    ["by button", (t: Talk) => t.presses({ kind: "human" })],
    [
      "by edit",
      (t: Talk) =>
        t.happens({
          kind: "customer.edited",
          content: { kind: "text", text: "转人工" },
          ref: { chatId: 700, messageId: 5 },
        }),
    ],
  ])("a request %s opens nothing, gets the hotline once, and is kept for the agents", (_, ask) => {
    talk.agentTypes("ban");
    const asked = ask(talk);
    expect(talk.ticket).toBeNull();
    expect(textsTo(asked).filter((text) => text.includes("400-1865-909"))).toHaveLength(1);
    expect(sentTo(asked, "topic")).toEqual([]);
    expect(asked.lines).toContainEqual(expect.objectContaining({ speaker: "note" }));
  });

  test("facts are still answered", () => {
    talk.agentTypes("ban");
    expect(textsTo(talk.says("你们漳浦修不修")).join()).toContain("漳浦");
  });

  test("agents can't write past it by the way, and /unban lifts it", () => {
    talk.says("转人工");
    talk.agentTypes("ban");
    expect(textsTo(talk.agentSays("在吗"))).toEqual([]);
    expect(textsTo(talk.agentTypes("claim"))).toEqual([]);
    talk.agentTypes("unban");
    talk.says("转人工");
    expect(talk.ticket).toMatchObject({ status: "waiting" });
  });
});

describe("what could not be delivered", () => {
  const origin = { chatId: -1001, messageId: 55 };
  const failed = (reason: string) => {
    talk.says("转人工");
    return talk.happens({ kind: "delivery.failed", to: "customer", reason, origin, delivery: 31 });
  };

  test("is said at that very message, with the reason and a way to try again", () => {
    const [told] = sentTo(failed("Bad Request: something new"), "topic");
    expect(told).toMatchObject({
      kind: "text",
      text: expect.stringContaining("something new"),
      replyTo: origin,
      inline: [[{ button: { kind: "retry", delivery: 31 } }]],
    });
  });

  test("a voice message the customer's settings refuse: another way is offered", () => {
    expect(toTopic(failed("Bad Request: VOICE_MESSAGES_FORBIDDEN"))).toMatch(/改发文字/u);
  });

  test("the button sends it again", () => {
    talk.says("转人工");
    const pressed = talk.agentPresses({ kind: "retry", delivery: 31 });
    expect(pressed.effects).toContainEqual({ kind: "dead.retry", ids: { outbox: [31] } });
  });

  test("what can't reach the agents is said to the customer, at that message", () => {
    talk.says("转人工");
    const own = { chatId: 700, messageId: 9 };
    const decision = talk.happens({
      kind: "delivery.failed",
      to: "topic",
      reason: "Bad Request: message can't be copied",
      origin: own,
    });
    expect(sentTo(decision, "customer")).toEqual([
      expect.objectContaining({ kind: "text", replyTo: own, text: expect.stringContaining("看不到") }),
    ]);
    expect(sentTo(decision, "oncall")).toEqual([]);
  });

  test("a block is told once, and what is written afterwards is said to wait", () => {
    talk.says("转人工");
    talk.agentTypes("claim");
    expect(toTopic(talk.happens({ kind: "customer.blocked", origin }))).toContain("停用");
    expect(toTopic(talk.happens({ kind: "customer.blocked", origin }))).toBe("");
    expect(toTopic(talk.agentSays("还在吗"))).toContain("先留着");
  });
});

describe("a poor score", () => {
  const close = () => {
    talk.says("转人工");
    talk.agentSays("您好");
    talk.agentTypes("close");
  };

  test("the supervisor reads it with the comment, once", () => {
    close();
    const scored = talk.presses({ kind: "score", ticket: 1, score: 2 });
    expect(textsTo(scored, "oncall")).toEqual([]);
    expect(scored.effects).toContainEqual(
      expect.objectContaining({ kind: "promise.set", promise: "poor_score", ticket: 1 }),
    );
    const commented = talk.says("态度不好");
    expect(textsTo(commented, "oncall")).toEqual([expect.stringMatching(/#1.*2 分.*态度不好/su)]);
    expect(commented.effects).toContainEqual(
      expect.objectContaining({ kind: "promise.settle", promise: "poor_score", outcome: "kept" }),
    );
  });

  test("without a comment it goes all the same, and a late comment doesn't send it twice", () => {
    close();
    talk.presses({ kind: "score", ticket: 1, score: 1 });
    const due = talk.happens({ kind: "promise.due", promise: "poor_score", ticket: 1 });
    expect(textsTo(due, "oncall")).toEqual([expect.stringMatching(/#1.*1 分/su)]);
    expect(textsTo(talk.says("太慢了"), "oncall")).toEqual([]);
    expect(talk.ticket?.comment).toBe("太慢了");
  });

  test("a customer who asks for a person again meanwhile doesn't make it forgotten", () => {
    close();
    talk.presses({ kind: "score", ticket: 1, score: 1 });
    talk.says("转人工");
    const due = talk.happens({ kind: "promise.due", promise: "poor_score", ticket: 1 });
    expect(textsTo(due, "oncall").join()).toContain("#1");
  });

  test("who commented is told of a supervisor only where one reads it", () => {
    close();
    talk.presses({ kind: "score", ticket: 1, score: 1 });
    expect(textsTo(talk.says("太慢了")).join()).toContain("转给客服主管");
    const alone = startTalk(mind, { ...POLICY, onCall: [] });
    alone.says("转人工");
    alone.agentTypes("close");
    expect(textsTo(alone.presses({ kind: "score", ticket: 1, score: 1 })).join()).not.toContain("主管");
    expect(textsTo(alone.says("太慢了")).join()).not.toContain("主管");
  });

  test("three is no alarm", () => {
    close();
    const scored = talk.presses({ kind: "score", ticket: 1, score: 3 });
    expect(scored.effects.some(({ kind }) => kind === "promise.set")).toBe(false);
  });
});

test("/history tells tickets, lines and notes", () => {
  talk.says("转人工");
  const ticket = talk.ticket;
  if (ticket === null) throw new Error("no ticket");
  talk.knows({
    tickets: [{ ...ticket, status: "closed", score: 4, comment: "还行" }],
    lines: talk.snapshot.recent,
  });
  const told = toTopic(talk.agentTypes("history"));
  expect(told).toMatch(/#1 已关闭.*4 分 还行/su);
  expect(told).toContain("👤 转人工");
});

test("/history names what isn't text, and marks who speaks once", () => {
  talk.says("转人工");
  talk.sends({ kind: "media", media: "photo", caption: "正面", album: null });
  talk.says("你们电话多少");
  talk.knows({ lines: talk.snapshot.recent });
  const told = toTopic(talk.agentTypes("history"));
  expect(told).toContain("👤 [图片] 正面");
  expect(told).toMatch(/🤖 自动回复/u);
  expect(told).not.toMatch(/🤖 🤖|\[photo\]/u);
});

test("a note is kept and never sent; an empty one is asked for", () => {
  talk.says("转人工");
  const noted = talk.agentTypes("note", "老客户");
  expect(noted.lines).toEqual([expect.objectContaining({ speaker: "note", text: "老客户" })]);
  expect(sentTo(noted, "customer")).toEqual([]);
  expect(talk.agentTypes("note").lines).toEqual([]);
});

test("an unknown command is answered with the list", () => {
  talk.says("转人工");
  expect(toTopic(talk.agentTypes("help"))).toMatch(/\/claim.*\/transfer.*\/unban/su);
});

test.each(["claim", "close", "take", "reopen", "retry"] as const)(
  "a customer who presses a forged %s button is answered kindly",
  (kind) => {
    const button = kind === "retry" ? { kind, delivery: 1 } : { kind, ticket: 1 };
    const pressed = talk.presses(button);
    expect(textsTo(pressed)).toHaveLength(1);
    expect(pressed.effects.some(({ kind: effect }) => effect === "dead.retry")).toBe(false);
    expect(talk.ticket).toBeNull();
  },
);
