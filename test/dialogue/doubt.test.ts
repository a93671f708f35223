import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
import { realMind } from "../support/mind.ts";
import { startTalk, type Talk } from "../support/talk.ts";

let mind: Mind;
let talk: Talk;
beforeAll(async () => {
  mind = await realMind();
});
beforeEach(() => {
  talk = startTalk(mind);
});

test("who twice in a row may have asked for a person has asked for one", () => {
  expect(talk.says("客服这两个字").reading?.route).toBe("clarify");
  expect(talk.says("客服那个词").reading?.route).toBe("human");
  expect(talk.ticket).toMatchObject({ status: "waiting", reason: "asked" });
});

test("a clear question between two doubts settles the first", () => {
  talk.says("客服这两个字");
  talk.says("漳浦能来吗");
  expect(talk.says("客服这两个字").reading?.route).toBe("clarify");
  expect(talk.ticket).toBeNull();
});

test("people spoken of in clear questions are no doubts", () => {
  expect(talk.says("专员说审核不通过，一直不给我降套餐").reading?.route).toBe("answer");
  expect(talk.says("人工那边处理到哪一步了").reading?.route).toBe("answer");
  expect(talk.ticket).toBeNull();
});

test.each([
  "谢谢人工客服",
  "an agent hung up on me",
  "需要的话我再找人工",
  "what's a customer service representative",
])("a person only spoken of is not asked for, whatever the examples say: %s", (text) => {
  expect(mind.nlu.human.detect(text).kind).toBe("about");
  expect(talk.says(text).reading?.route).not.toBe("human");
  expect(talk.ticket).toBeNull();
});

test.each(["打这个电话找我 13900000000", "打字说不清楚，打电话给我", "电话里说吧 让人打过来"])(
  "a call asked for is no promise somebody made: %s",
  (text) => {
    expect(talk.says(text).reading?.route).toBe("human");
  },
);
