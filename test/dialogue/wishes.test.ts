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
