import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { newConversation } from "../../src/dialogue/turn.ts";
import { understand } from "../../src/dialogue/understand.ts";
import { wishesOf } from "../../src/dialogue/wish.ts";
import { realMind } from "../support/mind.ts";

/** Intent, tab, a message: in the voices of Hong Kong, Taiwan and the mainland, and what is near to ours but isn't. */
const messages = readFileSync(new URL("wishes.tsv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split("\t"));

/** A few may go wrong whenever an example anywhere is written: which, is said. */
const WRONG_AT_MOST = 0.03;

test("what is wanted is understood, and what isn't ours is answered as nothing of ours, or asked back", async () => {
  const mind = await realMind();
  const wrong = messages.filter(([intent = "", text = ""]) => {
    const heard = understand(text, mind);
    const wishes = wishesOf(heard, newConversation("zh"), mind).map((wish) =>
      wish.kind === "intent" ? wish.intent : wish.kind === "unsure" && intent === "oos" ? "oos" : wish.kind,
    );
    return !wishes.some((wish) => wish === intent);
  });
  expect(wrong.length / messages.length, JSON.stringify(wrong)).toBeLessThanOrEqual(WRONG_AT_MOST);
});

const wishOf = async (text: string) => {
  const mind = await realMind();
  return wishesOf(understand(text, mind), newConversation("zh"), mind).map((wish) =>
    wish.kind === "intent" ? wish.intent : wish.kind,
  );
};

test.each([
  "明天泉州下雨吗",
  "武汉到长沙的高铁票还有吗",
  "三亚几月份去最合适",
  "日本签证好办吗",
  "population of Brazil",
  "flights from London to Chengdu",
  "train tickets to Kunming",
])("a place in a question that's nothing of ours doesn't make it ours: %s", async (text) => {
  expect(await wishOf(text)).toStrictEqual(["unsure"]);
});

test.each([
  "泉州",
  "漳浦呢",
  "我在绵阳咋整",
  "格尔木修不修啊，我自驾路过",
  "Thailand?",
  "sorry, I meant Xuzhou",
])("where it may be asked whether we come, it is: %s", async (text) => {
  expect(await wishOf(text)).toStrictEqual(["coverage"]);
});

test.each([
  ["午安", "greeting"],
  ["wan an", "goodbye"],
  ["huijian", "goodbye"],
  ["feiyong", "price"],
  ["peijian", "parts"],
  ["quxiao", "human.cancel"],
])("what only sounds like a place, or is said by everybody, is no place: %s", async (text, intent) => {
  expect(await wishOf(text)).toStrictEqual([intent]);
});

test.each(["漳蒲", "章浦", "zhangpoo", "合作市"])(
  "a misspelt name alone is a place all the same: %s",
  async (text) => {
    expect(await wishOf(text)).toStrictEqual(["coverage"]);
  },
);

test.each([
  "每次我都找人工办结果人工一上来就问我为什么要降是不是用着不满意然后就推荐各种合约我说了不下十遍不需要",
  "我按你说的打了10010先按1再按3它让我说业务我说降套餐它就给我报一堆优惠我说转人工它说坐席繁忙让我留言我试了一上午都没碰到一个活人",
])("a long story of a provider's people isn't a request for ours: %s", async (text) => {
  const wishes = await wishOf(text);
  expect(wishes).toHaveLength(1);
  expect(wishes[0]).toMatch(/^downgrade\./);
});

test.each([
  "每次我都找人工办结果人工一上来就问我为什么要降是不是用着不满意然后就推荐各种合约，你们转人工吧",
  "漳浦能修吗我家柜子是前年买的现在打不开了里面有户口本房产证孩子后天上学报名要用急死了转人工",
])("whatever the story, a request in it is one (promise 1): %s", async (text) => {
  expect(await wishOf(text)).toContain("human");
});

test.each(["zhangpu human", "human zhangpu", "龙海 真人", "agent, Xuzhou"])(
  "where they are, beside a request, takes nothing from it: %s",
  async (text) => {
    expect(await wishOf(text)).toContain("human");
  },
);
