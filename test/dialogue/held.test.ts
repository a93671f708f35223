import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
import type { Content, Decision, InlineButton } from "../../src/dialogue/types.ts";
import { realMind } from "../support/mind.ts";
import { AGENT, sentTo, startTalk, type Talk, textsTo } from "../support/talk.ts";

const TALKED_OUT = "其实您现在的套餐更划算";
const GROUP = -1001;

let mind: Mind;
let talk: Talk;
beforeAll(async () => {
  mind = await realMind();
});
beforeEach(() => {
  talk = startTalk(mind);
});

const writes = (content: Content | string, messageId = 50) =>
  talk.happens({
    kind: "agent.message",
    agent: AGENT,
    content: typeof content === "string" ? { kind: "text", text: content } : content,
    ref: { chatId: GROUP, messageId },
    replyTo: null,
  });
const edits = (text: string, messageId = 50) =>
  talk.happens({
    kind: "agent.edited",
    agent: AGENT,
    content: { kind: "text", text },
    ref: { chatId: GROUP, messageId },
  });
const press = (act: "send" | "change", messageId = 50) => talk.agentPresses({ kind: "held", act, messageId });
const topicButtons = (decision: Decision): InlineButton[] =>
  sentTo(decision, "topic").flatMap((message) =>
    message.kind === "text" ? (message.inline ?? []).flat().filter((key) => "button" in key) : [],
  );
const alertOf = (decision: Decision) =>
  sentTo(decision, "topic").flatMap((message) => (message.kind === "callback" ? [message] : []))[0];

/** A customer who asked how to go down, and then for a person. */
function wantsDown() {
  talk.says("套餐降不下来怎么办");
  talk.says("转人工");
}

describe("where a customer wants to go down", () => {
  beforeEach(wantsDown);

  test("an agent's words that talk them out of it wait for a press, and the agent reads why", () => {
    const held = writes(TALKED_OUT);
    expect(textsTo(held)).toEqual([]);
    expect(textsTo(held, "topic")[0]).toMatch(/劝留（“更划算”）/u);
    expect(topicButtons(held).map(({ label }) => label)).toEqual(["照发", "改一下"]);
    expect(held.lines).toEqual([]);
  });

  test.each([
    ["send", "✅ 客服小直 看过，已照发（“更划算”）。"],
    ["change", "✏️ 客服小直 选了改一下（“更划算”），这条没发。编辑那条消息，或重新写一条，就会发给客户。"],
  ] as const)("after %s the notice says who decided what, and its buttons go", (act, text) => {
    writes(TALKED_OUT);
    const on = { chatId: GROUP, messageId: 51 };
    const button = { kind: "held", act, messageId: 50 } as const;
    const pressing = { kind: "agent.button", agent: AGENT, button, callbackId: "2", on } as const;
    expect(sentTo(talk.happens(pressing), "topic")).toContainEqual({ kind: "settled", on, text });
    expect(sentTo(talk.happens(pressing), "topic")).toContainEqual({ kind: "settled", on });
  });

  test("held, it keeps no promise and takes no ticket", () => {
    const held = writes(TALKED_OUT);
    expect(held.effects.filter(({ kind }) => kind === "promise.settle")).toEqual([]);
    expect(talk.ticket).toMatchObject({ status: "waiting", firstReplyAt: null });
  });

  test("照发 sends it as any other message: taken, promised, written down, found by replies", () => {
    writes(TALKED_OUT);
    const sent = press("send");
    expect(sentTo(sent, "customer")).toContainEqual(
      expect.objectContaining({
        text: expect.stringContaining(TALKED_OUT),
        origin: { chatId: GROUP, messageId: 50 },
      }),
    );
    expect(sent.effects).toContainEqual(
      expect.objectContaining({ kind: "promise.settle", promise: "first_reply", outcome: "kept" }),
    );
    expect(sent.effects).toContainEqual(expect.objectContaining({ kind: "held.settle", outcome: "sent" }));
    expect(sent.lines.at(-1)).toMatchObject({ speaker: "agent", name: AGENT.name, text: TALKED_OUT });
    expect(talk.ticket?.status).toBe("serving");
  });

  test("pressed twice, it goes once", () => {
    writes(TALKED_OUT);
    press("send");
    const again = press("send");
    expect(textsTo(again)).toEqual([]);
    expect(alertOf(again)).toMatchObject({ text: expect.stringContaining("处理过"), alert: true });
  });

  test("改一下 drops it; edited to other words, it goes after all", () => {
    writes(TALKED_OUT);
    expect(textsTo(press("change"))).toEqual([]);
    expect(textsTo(press("send"))).toEqual([]);
    const edited = edits("好的，我现在教您怎么降");
    expect(textsTo(edited).join()).toContain("教您怎么降");
    expect(edited.effects).toContainEqual(
      expect.objectContaining({ kind: "held.settle", outcome: "changed" }),
    );
  });

  test("an edit of what is held goes at once where it no longer matches, and stays held where it does", () => {
    writes(TALKED_OUT);
    const worse = edits("您再考虑一下吧");
    expect(textsTo(worse)).toEqual([]);
    expect(textsTo(worse, "topic")[0]).toContain("再考虑");
    const better = edits("我这就帮您办");
    expect(textsTo(better).join()).toContain("我这就帮您办");
    expect(textsTo(press("send"))).toEqual([]);
    expect(sentTo(edits("我这就给您办"), "customer")).toMatchObject([{ kind: "edit" }]);
  });

  test("what was sent can't be edited into it unseen", () => {
    writes("您好");
    const edited = edits(TALKED_OUT);
    expect(sentTo(edited, "customer")).toEqual([]);
    expect(textsTo(edited, "topic")[0]).toContain("改之前");
    expect(sentTo(press("send"), "customer")).toMatchObject([
      { kind: "edit", text: expect.stringContaining(TALKED_OUT) },
    ]);
  });

  test("it holds up nothing that comes after", () => {
    writes(TALKED_OUT);
    expect(textsTo(writes("请问您的手机号是移动还是联通", 51)).join()).toContain("移动还是联通");
  });

  test("a caption holds its picture, and the rest of an album goes with it", () => {
    const part = (caption: string): Content => ({ kind: "media", media: "photo", caption, album: "a" });
    const held = writes(part(TALKED_OUT), 60);
    expect(sentTo(held, "customer")).toEqual([]);
    expect(sentTo(writes(part(""), 61), "customer")).toEqual([]);
    const sent = press("send", 60);
    expect(sentTo(sent, "customer").filter(({ kind }) => kind === "copy")).toMatchObject([
      { origin: { messageId: 60 } },
      { origin: { messageId: 61 } },
    ]);
  });

  test("a ready reply is held like any other words", () => {
    talk.knows({ canned: [{ name: "别走", text: "您再考虑一下" }] });
    const typed = talk.agentTypes("canned", "别走");
    expect(textsTo(typed)).toEqual([]);
    expect(textsTo(typed, "topic")).toEqual([expect.stringContaining("劝留")]);
  });

  test("notes among the agents aren't looked at, and neither is what they quote", () => {
    expect(textsTo(writes(`// ${TALKED_OUT}`), "topic")).toEqual([]);
    expect(textsTo(writes("对方说「您再考虑一下」，您就回「不用，请办理」", 51)).join()).toContain("不用");
  });

  test("in traditional characters it is the same", () => {
    expect(textsTo(writes("原來的方案比較劃算"))).toEqual([]);
  });

  test("a ticket closed over it says that it wasn't sent; sent then, it opens the ticket again", () => {
    writes("您好", 40);
    writes(TALKED_OUT);
    const closed = talk.agentTypes("close");
    expect(textsTo(closed, "topic").join()).toContain("还有 1 条");
    press("send");
    expect(talk.ticket?.status).toBe("serving");
  });

  test("a customer can't press it", () => {
    writes(TALKED_OUT);
    const pressed = talk.presses({ kind: "held", act: "send", messageId: 50 });
    expect(textsTo(pressed).join()).not.toContain(TALKED_OUT);
    expect(textsTo(pressed).join()).toContain("过期");
  });
});

describe("what a ticket is about", () => {
  test("is what was asked before it, and stands on the card", () => {
    wantsDown();
    expect(talk.ticket?.about).toMatch(/^downgrade/u);
    talk.says("不用转人工了");
    talk.says("保险柜坏了");
    expect(textsTo(talk.says("转人工"), "topic")[0]).toContain("事由：");
    expect(talk.ticket?.about).toBe("repair");
  });

  test("isn't what was asked days ago", () => {
    talk.says("保险柜坏了");
    talk.later(3 * 24 * 3_600_000);
    talk.says("转人工");
    expect(talk.ticket?.about).toBeNull();
  });

  test("elsewhere an agent says what they like", () => {
    talk.says("保险柜坏了");
    talk.says("转人工");
    expect(textsTo(writes("换整把锁更划算")).join()).toContain("更划算");
  });

  test("with the classifier broken, what the customer says still reaches the agents", () => {
    const classify = (): never => {
      throw new Error("broken");
    };
    talk = startTalk({ ...mind, nlu: { ...mind.nlu, classifier: { classify } } });
    talk.says("转人工");
    writes("您好，请说", 40);
    expect(textsTo(talk.says("我想降套餐"), "topic")).toEqual([expect.stringContaining("我想降套餐")]);
    expect(talk.ticket?.about).toBeNull();
  });

  test("is learnt from what the customer tells the agent, too", () => {
    talk.says("转人工");
    writes("您好，请说", 40);
    talk.says("我想把手机套餐降到最低档，他们一直不给我办");
    expect(talk.ticket?.about).toMatch(/^downgrade/u);
    expect(textsTo(writes(TALKED_OUT))).toEqual([]);
  });
});
