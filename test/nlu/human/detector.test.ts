import { describe, expect, test } from "vitest";
import { detector, messages } from "./lexicon.ts";

/** The messages of a kind that weren't heard as they should be, each with why. */
function misheard(texts: readonly string[], right: readonly string[]): string[] {
  return texts
    .map((text) => ({ text, verdict: detector.detect(text) }))
    .filter(({ verdict }) => !right.includes(verdict.kind))
    .map(({ text, verdict }) => `${text} → ${verdict.kind} (${verdict.why})`);
}

describe("a request for a person is heard (promise 1)", () => {
  test.each(messages("requests.yaml"))("%s", (_, texts) => {
    expect(misheard(texts, ["request"])).toEqual([]);
  });
});

describe("a person declined, or a request withdrawn, is a cancellation", () => {
  test.each(messages("cancels.yaml"))("%s", (_, texts) => {
    expect(misheard(texts, ["cancel"])).toEqual([]);
  });
});

describe("a person spoken of is not a person asked for", () => {
  test.each(messages("others.yaml"))("%s", (_, texts) => {
    expect(misheard(texts, ["none", "about", "maybe"])).toEqual([]);
  });
});

describe("clauses", () => {
  test.each([
    ["a later request wins over what was said of a provider", "移动客服不转人工，你给我转人工", "request"],
    ["a request stays one when a provider is named after it", "给我转人工，移动太坑了", "request"],
    ["the last word counts: asked, then withdrawn", "转人工，哦不用转人工了", "cancel"],
    ["the last word counts: declined, then asked", "不用转人工了，唉还是转人工吧", "request"],
    ["declining one kind of person leaves the request for another", "我要真人，不要客服", "request"],
    ["a negation ends with its clause", "不用了，转人工", "request"],
    ["who is told to nobody is a doubt, not a request", "人工这个事我再想想", "maybe"],
  ] as const)("%s", (_, text, kind) => {
    expect(detector.detect(text).kind).toBe(kind);
  });
});

describe("why", () => {
  test("names the rule and the words it matched", () => {
    expect(detector.detect("我的柜子坏了，给我转人工").why).toBe("plea: 给我转人工");
  });

  test("shows a misprint as it was heard", () => {
    expect(detector.detect("转仁公").why).toContain("转人工");
  });
});

test("the same message is always heard the same way, whatever came before it", () => {
  const texts = ["转人工", "“转人工”", "不用转人工了", "🙋", "你好"];
  const first = texts.map((text) => detector.detect(text));
  expect(
    texts
      .toReversed()
      .map((text) => detector.detect(text))
      .toReversed(),
  ).toEqual(first);
});
