import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
import { realMind } from "../support/mind.ts";
import { startWaiting, type Waiting } from "../support/queue.ts";
import { AGENT, sentTo, textsTo } from "../support/talk.ts";

const HOUR = 3_600_000;
let mind: Mind;
let customer: Waiting;
beforeAll(async () => {
  mind = await realMind();
});
beforeEach(() => {
  customer = startWaiting(mind);
  customer.says("转人工");
  customer.agentSays("您好");
  customer.agentDoes("close");
});

describe("asking again within 72 hours of closing", () => {
  test("is a new ticket in the same topic, which is reopened before the card comes", () => {
    customer.at += 71 * HOUR;
    const again = customer.says("还是要人工");
    expect(customer.ticket).toMatchObject({ number: 10, status: "waiting" });
    const kinds = sentTo(again, "topic").map((message) => message.kind);
    expect(kinds.indexOf("topic.reopen")).toBe(0);
    expect(kinds.indexOf("text")).toBe(1);
  });

  test("goes on from #9, and the agent who had it is asked for", () => {
    customer.at += 71 * HOUR;
    const again = customer.says("还是要人工");
    expect(textsTo(again)[0]).toMatch(/#10.*接着上次的 #9.*已请上次的 客服小直/su);
    expect(textsTo(again, "topic")[0]).toMatch(/接着 #9，上次由 客服小直 接待/u);
  });

  test("an agent with a username is called by it, so that they notice", () => {
    customer.says("转人工");
    customer.agentDoes("claim", { ...AGENT, username: "xiaozhi" });
    customer.agentDoes("close");
    expect(textsTo(customer.says("还是要人工"), "topic")[0]).toMatch(/上次由 @xiaozhi 接待/u);
  });

  test("while that agent is with somebody else, whoever is free first takes it", () => {
    customer.agentServing = 1;
    expect(textsTo(customer.says("还是要人工"))[0]).toMatch(/客服小直 正在接待别的客户/u);
  });

  test("what was said before is on the card", () => {
    expect(textsTo(customer.says("还是要人工"), "topic")[0]).toContain("🎧 您好");
  });
});

test("after 72 hours it is a request like any other", () => {
  customer.at += 73 * HOUR;
  const again = customer.says("转人工");
  expect(textsTo(again)[0]).not.toMatch(/接着(上次的)? #/u);
  expect(textsTo(again, "topic")[0]).not.toMatch(/接着(上次的)? #/u);
});
