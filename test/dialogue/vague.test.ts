import { beforeAll, describe, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
import { isVague } from "../../src/dialogue/vague.ts";
import { realMind } from "../support/mind.ts";
import { startTalk, textsTo } from "../support/talk.ts";

let mind: Mind;
beforeAll(async () => {
  mind = await realMind();
});

describe("words that only point at something unsaid tell nothing", () => {
  test.each([
    "就是那件事呀",
    "這事兒不好講",
    "咪就係嗰樣嘢",
    "还是老样子呗",
    "jiushi na jian shi",
    "um, it's that thing again",
    "you know, same as last time",
    "3",
    "第二个",
    "就是那个嘛，还能是啥",
    "what else could it be",
  ])("%s", (text) => {
    expect(isVague(text, mind.knowledge.followLexicon)).toBe(true);
  });

  test.each([
    "那件事谁管",
    "还有哪个能修",
    "这个多少钱",
    "那个柜子",
    "有个事想问问",
    "刚才那个师傅",
    "嗯",
    "好的",
    "that safe",
    "who is that",
    "same price as last time",
  ])("%s tells something", (text) => {
    expect(isVague(text, mind.knowledge.followLexicon)).toBe(false);
  });
});

test("what tells nothing is asked about once, and goes to a person the second time", () => {
  const talk = startTalk(mind);
  const first = talk.says("就那件事嘛");
  expect(first.reading).toMatchObject({ route: "clarify", intent: "oos" });
  expect(textsTo(first)[0]).toMatch(/没听懂/u);
  expect(talk.says("哎呀就是之前那样").reading?.route).toBe("human");
});
