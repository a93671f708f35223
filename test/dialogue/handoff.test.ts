import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
import { realMind } from "../support/mind.ts";
import { AGENT, buttonsTo, POLICY, sentTo, startTalk, type Talk, textsTo } from "../support/talk.ts";

let mind: Mind;
let talk: Talk;
beforeAll(async () => {
  mind = await realMind();
});
beforeEach(() => {
  talk = startTalk(mind);
});

describe("promise 1: a person, always", () => {
  test.each([
    "人工",
    "轉人工",
    "转 人 工",
    "zhuan rengong",
    "human",
    "I want to speak to a real person",
    "🙋 转人工",
    "叫你们经理来",
  ])("%s opens a ticket in the same step, as the very first message", (text) => {
    const decision = talk.says(text);
    expect(talk.ticket).toMatchObject({ number: 1, status: "waiting", asked: text });
    expect(decision.reading?.route).toBe("human");
  });

  test("one message tells the number, the position, the time and the hotline", () => {
    const [opened] = textsTo(talk.says("转人工"));
    expect(opened).toMatch(/#1/u);
    expect(opened).toMatch(/第 1 位/u);
    expect(opened).toMatch(/3 分钟/u);
    expect(opened).toMatch(/400-1865-909/u);
  });

  test("the button, the command and the deep link are as good as words", () => {
    for (const ask of [
      (t: Talk) => t.presses({ kind: "human" }),
      (t: Talk) => t.types("human"),
      (t: Talk) => t.types("start", "human"),
      (t: Talk) => t.types("operator"),
    ]) {
      const fresh = startTalk(mind);
      ask(fresh);
      expect(fresh.ticket?.status).toBe("waiting");
    }
  });

  test("it holds in every state the bot can wait in", () => {
    for (const prepare of [
      (t: Talk) => t.says("你们覆盖我那儿吗"),
      (t: Talk) => t.says("咕噜咕噜哇啦哇啦"),
      (t: Talk) => t.says("保险柜坏了"),
      (t: Talk) => t.types("forget"),
      (t: Talk) => {
        t.says("转人工");
        t.agentPresses({ kind: "claim", ticket: 1 });
        t.agentPresses({ kind: "close", ticket: 1 });
        return t.presses({ kind: "score", ticket: 1, score: 1 });
      },
    ]) {
      const fresh = startTalk(mind);
      prepare(fresh);
      fresh.says("转人工");
      expect(fresh.ticket?.status).toBe("waiting");
    }
  });

  test("it holds with the classifier, the places and the detector broken", () => {
    const broken = () => {
      throw new Error("broken");
    };
    const without: Mind = {
      ...mind,
      nlu: { classifier: { classify: broken }, human: { detect: broken } },
      places: { read: broken, byCode: () => undefined, near: () => ({ kind: "outside" }) },
    };
    const hurt = startTalk(without);
    hurt.says("转人工");
    expect(hurt.ticket?.status).toBe("waiting");
  });

  test("with the classifier broken, what isn't understood reaches a person the second time", () => {
    const without: Mind = {
      ...mind,
      nlu: {
        ...mind.nlu,
        classifier: {
          classify: () => {
            throw new Error("broken");
          },
        },
      },
    };
    const hurt = startTalk(without);
    hurt.says("电话多少");
    hurt.says("你们的电话多少");
    expect(hurt.ticket).toMatchObject({ status: "waiting", reason: "missed_twice" });
  });

  test("the staff group being gone opens the ticket all the same, pages on-call, and is said honestly", () => {
    const alone = startTalk(mind, { ...POLICY, staff: "unreachable" });
    const decision = alone.says("转人工");
    expect(alone.ticket?.status).toBe("waiting");
    expect(textsTo(decision)[0]).toMatch(/没接通/u);
    expect(textsTo(decision, "oncall")[0]).toMatch(/联系不上/u);
  });

  test("every automatic answer offers the person", () => {
    for (const text of [
      "你好",
      "电话多少",
      "漳浦修不修",
      "多少钱",
      "套餐怎么降",
      "讲个笑话",
      "你们覆盖我那儿吗",
    ]) {
      const decision = startTalk(mind).says(text);
      expect(buttonsTo(decision), text).toContainEqual({ kind: "human" });
    }
  });
});

describe("no second ticket", () => {
  test("asking again while waiting tells the place in the queue", () => {
    talk.says("转人工");
    const again = talk.says("人工!!!");
    expect(talk.ticket?.number).toBe(1);
    expect(textsTo(again).join()).toMatch(/#1.*第 1 位/su);
  });

  test("every message while waiting goes to the topic, and clear questions are still answered, marked", () => {
    talk.says("转人工");
    const asked = talk.says("电话多少");
    expect(textsTo(asked, "topic").join()).toContain("电话多少");
    expect(textsTo(asked)[0]).toMatch(/自动回复/u);
    expect(talk.ticket?.status).toBe("waiting");
  });
});

describe("what opens a ticket without being asked for one", () => {
  test("a second miss in a row", () => {
    talk.says("咕噜咕噜哇啦哇啦");
    expect(talk.ticket).toBeNull();
    talk.says("嘎嘎嘎嘎嘣嘣");
    expect(talk.ticket?.reason).toBe("missed_twice");
  });

  test("an answer in between starts the count anew", () => {
    talk.says("咕噜咕噜哇啦哇啦");
    talk.says("电话多少");
    talk.says("嘎嘎嘎嘎嘣嘣");
    expect(talk.ticket).toBeNull();
  });

  test("the same question a third time", () => {
    talk.says("上门费多少钱");
    talk.says("上门费多少钱");
    expect(talk.ticket).toBeNull();
    const third = talk.says("上门费多少钱");
    expect(talk.ticket?.reason).toBe("asked_thrice");
    expect(third.reading?.route).toBe("human");
  });

  test("greetings and thanks may be said as often as people like", () => {
    for (let at = 0; at < 5; at += 1) talk.says("谢谢");
    expect(talk.ticket).toBeNull();
  });
});

describe("not a request", () => {
  test.each(["不用转人工了", "人工费多少钱", "人工智能是什么", "你是人工还是机器人"])("%s", (text) => {
    talk.says(text);
    expect(talk.ticket).toBeNull();
  });

  test("somebody else's words, forwarded", () => {
    talk.says("转人工", { forwarded: true });
    expect(talk.ticket).toBeNull();
  });
});

describe("withdrawing is as easy as asking", () => {
  test.each(["words", "command", "button"])("by %s, in one step", (way) => {
    talk.says("转人工");
    if (way === "words") talk.says("不用转人工了");
    else if (way === "command") talk.types("cancel");
    else talk.presses({ kind: "withdraw" });
    expect(talk.ticket).toMatchObject({ status: "closed", closedBy: "customer" });
  });

  test("the promises go with it", () => {
    talk.says("转人工");
    const decision = talk.types("cancel");
    expect(decision.effects).toContainEqual({
      kind: "promise.settle",
      promise: "first_reply",
      ticket: 1,
      outcome: "dropped",
    });
  });
});

describe("the agent's side", () => {
  test("the first to answer has claimed the ticket, and the customer hears who it is", () => {
    talk.says("转人工");
    const answered = talk.agentSays("您好,请说");
    expect(talk.ticket).toMatchObject({ status: "serving", agent: AGENT });
    expect(textsTo(answered)).toEqual([
      expect.stringContaining("客服小直"),
      expect.stringMatching(/客服小直.*您好,请说/u),
    ]);
    expect(answered.effects).toContainEqual({
      kind: "promise.settle",
      promise: "first_reply",
      ticket: 1,
      outcome: "kept",
    });
  });

  test("two claim at once: one wins, the other is told who", () => {
    talk.says("转人工");
    talk.agentPresses({ kind: "claim", ticket: 1 });
    const second = talk.agentPresses(
      { kind: "claim", ticket: 1 },
      { id: 902 as typeof AGENT.id, name: "客服小达" },
    );
    expect(talk.ticket?.agent?.name).toBe("客服小直");
    expect(sentTo(second, "topic")).toContainEqual(
      expect.objectContaining({ kind: "callback", text: expect.stringContaining("客服小直") }),
    );
  });

  test("the bot is silent while an agent serves, and speaks again afterwards", () => {
    talk.says("转人工");
    talk.agentSays("您好");
    const served = talk.says("电话多少");
    expect(textsTo(served)).toEqual([]);
    expect(textsTo(served, "topic").join()).toContain("电话多少");
    talk.agentPresses({ kind: "close", ticket: 1 });
    expect(textsTo(talk.says("电话多少")).join()).toContain("400-1865-909");
  });

  test("a // note stays inside", () => {
    talk.says("转人工");
    const note = talk.agentSays("// 这位上周来过");
    expect(sentTo(note, "customer")).toEqual([]);
    expect(talk.ticket?.status).toBe("waiting");
    expect(note.lines).toContainEqual(expect.objectContaining({ speaker: "note", text: "这位上周来过" }));
  });

  test("an agent's word after closing reaches the customer and reopens the ticket, not a new one", () => {
    talk.says("转人工");
    talk.agentSays("您好");
    talk.agentPresses({ kind: "close", ticket: 1 });
    const after = talk.agentSays("还有一点要补充");
    expect(textsTo(after).join()).toContain("还有一点要补充");
    expect(talk.ticket).toMatchObject({ number: 1, status: "serving" });
  });

  test("names and words with markup in them go as they are", () => {
    talk.says("转人工");
    const answered = talk.agentSays("用 *星号* _下划线_ <b> & [链接](x) 也行");
    expect(textsTo(answered).join()).toContain("用 *星号* _下划线_ <b> & [链接](x) 也行");
  });
});

test.each(["/status", "我的工单到哪了"])("the agents needn't read where a ticket stands: %s", (asked) => {
  talk.says("转人工");
  const told = asked.startsWith("/") ? talk.types("status") : talk.says(asked);
  expect(textsTo(told).join()).toMatch(/#1.*第 1 位/su);
  expect(textsTo(told, "topic").join()).not.toContain("第 1 位");
});

describe("satisfaction", () => {
  test("a question right after the rating is answered, not taken for the comment", () => {
    talk.says("转人工");
    talk.agentPresses({ kind: "close", ticket: 1 });
    talk.presses({ kind: "score", ticket: 1, score: 4 });
    expect(textsTo(talk.says("我的工单到哪一步了？")).join()).toMatch(/#1/u);
    expect(talk.ticket?.comment).toBeNull();
  });

  test.each(["书房第二层的事没解决", "上个月也是这么说的", "就这样吧，慢得很"])(
    "%s: after a dispute with a provider, what is said of a rating is its comment",
    (comment) => {
      talk.says("套餐降不下来怎么办");
      talk.says("转人工");
      talk.agentPresses({ kind: "close", ticket: 1 });
      talk.presses({ kind: "score", ticket: 1, score: 2 });
      talk.says(comment);
      expect(talk.ticket?.comment).toBe(comment);
    },
  );

  test("is asked once with its buttons when an agent closes, and a comment follows", () => {
    talk.says("转人工");
    talk.agentSays("您好");
    const closed = talk.agentPresses({ kind: "close", ticket: 1 });
    expect(buttonsTo(closed)).toContainEqual({ kind: "score", ticket: 1, score: 5 });
    talk.presses({ kind: "score", ticket: 1, score: 2 });
    expect(talk.ticket?.score).toBe(2);
    talk.says("等太久了");
    expect(talk.ticket?.comment).toBe("等太久了");
    expect(textsTo(talk.presses({ kind: "score", ticket: 1, score: 5 }))[0]).toMatch(/已经评过/u);
    expect(talk.ticket?.score).toBe(2);
  });

  test("isn't asked of who withdrew by themselves", () => {
    talk.says("转人工");
    expect(buttonsTo(talk.types("cancel"))).not.toContainEqual(expect.objectContaining({ kind: "score" }));
  });
});

describe("promise 5: a promise has a time", () => {
  const due = (promise: "first_reply" | "first_reply.warning" | "first_reply.escalation") =>
    ({ kind: "promise.due", promise, ticket: 1 as never }) as const;

  test("missed, it is told to the customer, pinged in the topic, paged to on-call, and set again", () => {
    talk.says("转人工");
    talk.later(180_000);
    const missed = talk.happens(due("first_reply"));
    expect(textsTo(missed)[0]).toMatch(/没做到.*400-1865-909/su);
    expect(textsTo(missed, "topic")[0]).toMatch(/超过承诺时间/u);
    expect(textsTo(missed, "oncall")[0]).toMatch(/#1/u);
    expect(missed.effects).toContainEqual(
      expect.objectContaining({ kind: "promise.set", promise: "first_reply.escalation" }),
    );
    expect(missed.effects[0]).toMatchObject({ kind: "promise.settle", outcome: "missed" });
  });

  test("once answered, nothing more comes of it", () => {
    talk.says("转人工");
    talk.agentSays("您好");
    talk.later(180_000);
    expect(textsTo(talk.happens(due("first_reply")))).toEqual([]);
  });

  test("claimed without a word isn't answered", () => {
    talk.says("转人工");
    talk.agentPresses({ kind: "claim", ticket: 1 });
    talk.later(180_000);
    expect(textsTo(talk.happens(due("first_reply")))[0]).toMatch(/没做到/u);
  });
});
