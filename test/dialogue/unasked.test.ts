import { beforeAll, describe, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
import { understand } from "../../src/dialogue/understand.ts";
import { realMind } from "../support/mind.ts";

let mind: Mind;
beforeAll(async () => {
  mind = await realMind();
});
const heard = (text: string) => understand(text, mind).human.kind;

describe("a provider's wall told of asks for nobody of ours", () => {
  test.each([
    "disney plus chat bot only, impossible to reach human",
    "10086 just a recording menu, cannot get a person",
    "打联通按来按去，光按没人理",
  ])("%s", (text) => {
    expect(mind.nlu.human.detect(text).kind).toBe("request");
    expect(heard(text)).toBe("maybe");
  });
});

describe("a request stays one, whatever was said of a provider (promise 1)", () => {
  test.each([
    "10086没人理，你们人呢",
    "转人工，明天下午三点提醒我打10086",
    "优酷没人管，来个人",
    "移动机器人不理我，给我找个真人",
    "china mobile is only a bot, get me a person here please",
    "没人理我",
    "cannot get a person",
  ])("%s", (text) => {
    expect(heard(text)).toBe("request");
  });
});
