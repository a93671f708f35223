import { expect, expectTypeOf, test } from "vitest";
import { createSay, type Say, sayFact } from "../../src/knowledge/say.ts";
import { read, type STRINGS } from "./fixtures/content.ts";

type Table = typeof STRINGS;

function sayIn(changes: Record<string, string> = {}) {
  const { knowledge } = read(changes);
  if (knowledge === undefined) throw new Error("the fixture is broken");
  return { say: createSay<Table>(knowledge.strings, knowledge.business), business: knowledge.business };
}

test("a key is said in the language asked for, with its parameters", () => {
  const { say } = sayIn();
  expect(say("zh")("ticket.opened", { number: 7 })).toBe("工单 #7");
  expect(say("en")("ticket.opened", { number: 7 })).toBe("Ticket #7");
});

test("the business facts fill themselves in, in the same language", () => {
  const { say, business } = sayIn({
    "data/strings/chat.yaml":
      'hello: { zh: "{brand}：{hotline}（{hotline_hours}）", en: "{brand}: {hotline} ({hotline_hours})" }\n' +
      'ticket.opened: { zh: "#{number}", en: "#{number}" }\n',
  });
  expect(say("zh")("hello")).toBe("某某柜：400-123-4567（24小时）");
  expect(say("en")("hello")).toBe("Some Safes: 400-123-4567 (24 hours a day)");
  expect(sayFact({ zh: "{commitment_parts}", en: "We have {commitment_parts}" }, business, "en")).toBe(
    "We have original parts",
  );
});

test("a customer's own braces are said as they are", () => {
  expect(sayIn().say("en")("ticket.opened", { number: "{hotline}" })).toBe("Ticket #{hotline}");
});

test("a missing string or parameter throws: check has proved there is none", () => {
  const { knowledge } = read();
  if (knowledge === undefined) throw new Error("the fixture is broken");
  const say = createSay<Record<"nothing", []>>(knowledge.strings, knowledge.business)("zh");
  expect(() => say("nothing")).toThrow("no string is called nothing");
  const wrong = createSay<Record<"ticket.opened", []>>(knowledge.strings, knowledge.business)("zh");
  expect(() => wrong("ticket.opened")).toThrow("no value for {number}");
});

test("a wrong key or parameter doesn't compile", () => {
  expectTypeOf<Say<Table>>().toBeCallableWith("hello");
  const { say } = sayIn();
  // @ts-expect-error: the number is missing
  expect(() => say("zh")("ticket.opened")).toThrow();
  // @ts-expect-error: no such key
  expect(() => say("zh")("ticket.closed")).toThrow();
});
