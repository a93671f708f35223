import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TicketNumber } from "../../src/desk/types.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import type { PromiseKind } from "../../src/dialogue/types.ts";
import { realMind } from "../support/mind.ts";
import { dueOf, startWaiting, type Waiting } from "../support/queue.ts";
import { textsTo } from "../support/talk.ts";

const MINUTE = 60_000;
let mind: Mind;
let waiting: Waiting;
beforeAll(async () => {
  mind = await realMind();
});
beforeEach(() => {
  waiting = startWaiting(mind);
});

function comesDue(promise: PromiseKind, ticket = waiting.ticket?.number) {
  return waiting.happens({ kind: "promise.due", promise, ticket: ticket as TicketNumber });
}

function opensBehind(ahead: number) {
  waiting.ahead = ahead;
  return waiting.says("转人工");
}

/** What a minute later is said of a place, with so many ahead. */
function aMinuteLater(ahead: number): string[] {
  waiting.at += MINUTE;
  waiting.ahead = ahead;
  return textsTo(comesDue("queue.position"));
}

describe("failure 39: customers who wait hear when it makes a difference", () => {
  test("from the fifth place to the second, and to the front, but not every step", () => {
    opensBehind(4);
    expect(aMinuteLater(3)).toEqual([]);
    expect(aMinuteLater(1)).toEqual([expect.stringMatching(/#9.*第 2 位/u)]);
    expect(aMinuteLater(1)).toEqual([]);
    expect(aMinuteLater(0)).toEqual([expect.stringMatching(/下一个就是您/u)]);
    expect(aMinuteLater(0)).toEqual([]);
  });

  test("at most once a minute, and then it isn't forgotten", () => {
    opensBehind(4);
    const told = waiting.at;
    waiting.at += 20_000;
    waiting.ahead = 0;
    const early = comesDue("queue.position");
    expect(textsTo(early)).toEqual([]);
    expect(dueOf(early, "queue.position")).toBe(told + MINUTE);
    waiting.at = told + MINUTE;
    expect(textsTo(comesDue("queue.position"))[0]).toMatch(/下一个/u);
  });

  test("positions go in the last lane", () => {
    opensBehind(4);
    waiting.at += MINUTE;
    waiting.ahead = 1;
    const sends = comesDue("queue.position").effects.filter((effect) => effect.kind === "send");
    expect(sends).toEqual([expect.objectContaining({ lane: "notice" })]);
  });

  test("at the front nothing more is looked at", () => {
    expect(dueOf(opensBehind(0), "queue.position")).toBeUndefined();
  });

  test("once an agent has the ticket, nothing is said of places", () => {
    opensBehind(4);
    waiting.agentDoes("claim");
    waiting.at += MINUTE;
    const late = comesDue("queue.position");
    expect(textsTo(late)).toEqual([]);
    expect(dueOf(late, "queue.position")).toBeUndefined();
    expect(late.effects).toContainEqual(
      expect.objectContaining({ kind: "promise.settle", promise: "queue.position", outcome: "dropped" }),
    );
  });
});

describe("promise 5: before it is missed", () => {
  test("at half the time the customer hears their place and what is left, the topic is pinged", () => {
    const opened = opensBehind(1);
    waiting.at = dueOf(opened, "first_reply.warning") ?? 0;
    const half = comesDue("first_reply.warning");
    expect(textsTo(half)[0]).toMatch(/第 2 位.*约 2 分钟/u);
    expect(textsTo(half, "topic")[0]).toMatch(/还没有人回复/u);
  });

  test("a ticket taken without a word: the customer hears who has it, not a place", () => {
    const opened = opensBehind(1);
    waiting.agentDoes("claim");
    waiting.at = dueOf(opened, "first_reply.warning") ?? 0;
    expect(textsTo(comesDue("first_reply.warning"))[0]).toMatch(/客服小直.*还没回/u);
    waiting.at = dueOf(opened, "first_reply") ?? 0;
    const missed = textsTo(comesDue("first_reply"))[0];
    expect(missed).toMatch(/没做到.*客服小直.*400-1865-909/su);
    expect(missed).not.toMatch(/第 \d+ 位/u);
  });
});

describe("how agents are assigned is answered from the real rule", () => {
  test("first come, first served, and how many wait", () => {
    waiting.ahead = 3;
    const [text] = textsTo(waiting.says("客服是怎么分配的"));
    expect(text).toMatch(/先来先接/u);
    expect(text).toMatch(/3 位客户在排队/u);
  });

  test("with a ticket in the queue, the place as well", () => {
    opensBehind(2);
    expect(textsTo(waiting.says("客服是怎么分配的"))[0]).toMatch(/您排第 3 位/u);
  });
});
