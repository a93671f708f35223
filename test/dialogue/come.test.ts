import { describe, expect, test } from "vitest";
import { newConversation } from "../../src/dialogue/turn.ts";
import { understand } from "../../src/dialogue/understand.ts";
import { wishesOf } from "../../src/dialogue/wish.ts";
import { realMind } from "../support/mind.ts";

const wishOf = async (text: string) => {
  const mind = await realMind();
  return wishesOf(understand(text, mind), newConversation("zh"), mind).map((wish) =>
    wish.kind === "intent" ? wish.intent : wish.kind,
  );
};

describe("whether anybody comes to a place is no request for a person", () => {
  test.each([
    "漳浦有没有人",
    "绩溪县那块有人吗",
    "弥勒市来人不",
    "渠县派不派人",
    "贵公司在彭州市是否设有服务人员",
    "石狮有没有你们家干活的",
    "you mei you ren zai zhangpu",
    "xichang pai bu pai ren",
    "got anyone in Zhangpu County",
    "漳浦接单吗老板",
    "绩溪接活不",
    "渠县有没有，有的话礼拜六来",
    "云霄打电话讲没有，漳浦呢",
    "弥勒能来给弄一下不",
    "江安县行不行给句话",
    "彭州有冇人㗎",
  ])("%s", async (text) => {
    expect(await wishOf(text)).toEqual(["coverage"]);
  });
});

describe("whoever asks for a person beside a place gets one", () => {
  test.each([
    "漳浦转人工",
    "我在漳浦，叫个人工来",
    "找人工问下漳浦有没有人",
    "漳浦有没有人工",
    "漳浦这边有没有人能跟我说话",
    "zhangpu, zhuan rengong",
    "Zhangpu. Let me talk to a human",
    "人工！漳浦来人吗",
    "别机器人了，漳浦的事换个人跟我说",
  ])("%s", async (text) => {
    expect(await wishOf(text)).toContain("human");
  });
});

test("the price asked beside it is answered too", async () => {
  expect(await wishOf("漳浦换锁芯多少钱，有没有人")).toEqual(["price"]);
});
