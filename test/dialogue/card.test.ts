import { beforeEach, describe, expect, test } from "vitest";
import type { Agent } from "../../src/desk/types.ts";
import { cardButtons } from "../../src/dialogue/card.ts";
import type { Decision } from "../../src/dialogue/types.ts";
import { realMind } from "../support/mind.ts";
import { AGENT, sentTo, startTalk, type Talk, textsTo } from "../support/talk.ts";

const OTHER: Agent = { id: 902, name: "客服小达", username: "xiaoda" };

const mind = await realMind();
let talk: Talk;
beforeEach(() => {
  talk = startTalk(mind);
  talk.knows({
    agents: [
      { ...OTHER, seenAt: 2 },
      { ...AGENT, seenAt: 1 },
    ],
  });
  talk.says("转人工");
});

const shown = () =>
  talk.ticket && cardButtons(talk.ticket, mind.say("zh")).map((row) => row.map((key) => key.label));
const alerts = (decision: Decision) =>
  sentTo(decision, "topic").flatMap((message) =>
    message.kind === "callback" && message.alert === true ? [message.text] : [],
  );

test("the card's buttons are what can be done now: claim, take over from whoever serves, reopen", () => {
  expect(shown()).toEqual([["接单", "关闭"]]);
  talk.agentTypes("claim");
  expect(shown()).toEqual([["转给我（现由 客服小直 服务）"], ["关闭"]]);
  talk.agentTypes("close");
  expect(shown()).toEqual([["重新打开"]]);
});

test("a request that the customer withdrew has nothing to press", () => {
  talk.types("cancel");
  expect(shown()).toEqual([]);
});

test.each([
  ["claimed", () => talk.agentTypes("claim")],
  ["closed", () => talk.agentTypes("close")],
  ["withdrawn", () => talk.types("cancel")],
  ["transferred", () => talk.agentTypes("transfer", "@xiaoda")],
  ["closed by a ban", () => talk.agentTypes("ban")],
  ["answered", () => talk.agentSays("您好")],
])("once it is %s the card follows, after all that somebody waits for", (_, act) => {
  const effects = act().effects.flatMap((effect) =>
    effect.kind === "send" && effect.message.kind === "card.buttons" ? [effect] : [],
  );
  expect(effects).toEqual([
    expect.objectContaining({ lane: "notice", message: { kind: "card.buttons", ticket: 1 } }),
  ]);
});

describe("pressed", () => {
  test("take: the ticket is theirs who pressed, the colleague is called out, the customer told", () => {
    talk.agentTypes("claim", "", { agent: OTHER });
    const taken = talk.agentPresses({ kind: "take", ticket: 1 });
    expect(talk.ticket?.agent?.id).toBe(AGENT.id);
    expect(textsTo(taken, "topic").join()).toMatch(/客服小直.*@xiaoda/u);
    expect(textsTo(taken).join()).toMatch(/客服小直 接手/u);
    expect(alerts(talk.agentPresses({ kind: "take", ticket: 1 })).join()).toContain("已经在您手里");
  });

  test("reopen: the ticket is served again by who pressed, and pressed twice it says whose it is", () => {
    talk.agentTypes("close");
    const reopened = talk.agentPresses({ kind: "reopen", ticket: 1 });
    expect(talk.ticket).toMatchObject({ status: "serving", agent: AGENT });
    expect(sentTo(reopened, "topic")).toContainEqual({ kind: "topic.reopen" });
    expect(alerts(talk.agentPresses({ kind: "reopen", ticket: 1 }, OTHER)).join()).toContain("客服小直");
  });

  test("on an older card: nothing happens, and the newest is pointed to", () => {
    talk.agentTypes("close");
    talk.says("转人工");
    const pressed = talk.agentPresses({ kind: "reopen", ticket: 1 });
    expect(alerts(pressed).join()).toContain("最近的工单");
    expect(talk.ticket).toMatchObject({ number: 2, status: "waiting" });
    expect(alerts(talk.agentPresses({ kind: "take", ticket: 1 })).join()).toContain("已经关闭");
  });

  test("reopen of a banned customer's is refused, with what to do first", () => {
    talk.agentTypes("ban");
    expect(alerts(talk.agentPresses({ kind: "reopen", ticket: 1 })).join()).toContain("/unban");
    expect(talk.ticket?.status).toBe("closed");
  });
});

test("who is paged, and who is late in the topic, gets to the ticket by its number", () => {
  const tickets = [{ number: 1, customerId: talk.snapshot.customer.id }];
  const late = talk.happens({ kind: "promise.due", promise: "first_reply", ticket: 1 });
  for (const to of ["oncall", "topic"] as const)
    expect(sentTo(late, to)).toContainEqual(
      expect.objectContaining({ text: expect.stringContaining("#1"), tickets }),
    );
});
