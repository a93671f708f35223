import { beforeAll, describe, expect, test } from "vitest";
import type { TicketNumber } from "../../src/desk/types.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import type { STRING_PARAMS } from "../../src/dialogue/strings.ts";
import { createSay } from "../../src/knowledge/say.ts";
import type { Business } from "../../src/knowledge/types.ts";
import { realMind } from "../support/mind.ts";
import { dueOf, startWaiting } from "../support/queue.ts";
import { textsTo } from "../support/talk.ts";

let always: Mind;
let office: Mind;
beforeAll(async () => {
  always = await realMind();
  const { knowledge } = always;
  const day = [{ from: 9 * 60, to: 18 * 60 }];
  const business: Business = {
    ...knowledge.business,
    agents: {
      hours: { zh: "工作日 9:00–18:00", en: "9:00–18:00 on weekdays" },
      timeZone: "Asia/Shanghai",
      schedule: {
        weekly: [[], day, day, day, day, day, []],
        days: [{ from: "2027-02-05", to: "2027-02-11", open: [], source: "holiday" }],
      },
    },
  };
  office = {
    ...always,
    knowledge: { ...knowledge, business },
    say: createSay<typeof STRING_PARAMS>(knowledge.strings, business),
  };
});

const cst = (iso: string) => Date.parse(`${iso}+08:00`);
const MINUTE = 60_000;

describe("failure 32: after hours", () => {
  test.each([
    ["2026-11-23T22:00", "明天 9:00", "2026-11-24T09:00"],
    ["2026-11-24T05:00", "今天 9:00", "2026-11-24T09:00"],
    ["2026-11-20T19:00", "11月23日星期一 9:00", "2026-11-23T09:00"],
    ["2027-02-04T18:30", "2月12日星期五 9:00", "2027-02-12T09:00"],
  ])("at %s the ticket opens all the same, promised for %s", (at, words, opening) => {
    const customer = startWaiting(office, { at: cst(at) });
    const decision = customer.says("转人工");
    expect(customer.ticket?.status).toBe("waiting");
    const [text] = textsTo(decision);
    expect(text).toContain(words);
    expect(text).toMatch(/#9.*第 1 位.*400-1865-909/su);
    expect(dueOf(decision, "first_reply")).toBe(cst(opening) + 3 * MINUTE);
    expect(dueOf(decision, "first_reply.warning")).toBe(cst(opening) + 1.5 * MINUTE);
  });

  test("in English", () => {
    const customer = startWaiting(office, { at: cst("2026-11-20T19:00") });
    expect(textsTo(customer.says("I want a human"))[0]).toContain("Monday 23 November 9:00");
  });

  test("just before closing the time that is left today counts, and the customer hears when the rest comes", () => {
    const customer = startWaiting(office, { at: cst("2026-11-23T17:59") });
    const decision = customer.says("转人工");
    expect(dueOf(decision, "first_reply")).toBe(cst("2026-11-24T09:02"));
    expect(textsTo(decision)[0]).toContain("明天 9:00");
  });

  test("asked again, the same promise", () => {
    const customer = startWaiting(office, { at: cst("2026-11-23T22:00") });
    customer.says("转人工");
    customer.at += 5 * MINUTE;
    expect(textsTo(customer.says("人工呢"))[0]).toMatch(/#9.*明天 9:00/su);
  });

  test("missed after opening, it escalates, and the escalation rests at night", () => {
    const customer = startWaiting(office, { at: cst("2026-11-23T22:00") });
    const opened = customer.says("转人工");
    customer.at = dueOf(opened, "first_reply") ?? 0;
    const ticket = 9 as TicketNumber;
    const missed = customer.happens({ kind: "promise.due", promise: "first_reply", ticket });
    expect(textsTo(missed)[0]).toMatch(/没做到/u);
    customer.at = cst("2026-11-24T17:55");
    const again = customer.happens({ kind: "promise.due", promise: "first_reply.escalation", ticket });
    expect(dueOf(again, "first_reply.escalation")).toBe(cst("2026-11-25T09:05"));
  });

  test("in hours it is minutes, as ever", () => {
    const customer = startWaiting(office, { at: cst("2026-11-23T10:00") });
    expect(textsTo(customer.says("转人工"))[0]).toMatch(/3 分钟内会有客服回复/u);
  });
});

test("as shipped, people answer around the clock", () => {
  const customer = startWaiting(always, { at: cst("2026-11-22T03:00") });
  const decision = customer.says("转人工");
  expect(textsTo(decision)[0]).toMatch(/3 分钟内会有客服回复/u);
  expect(dueOf(decision, "first_reply")).toBe(cst("2026-11-22T03:03"));
});
