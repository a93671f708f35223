import { beforeAll, describe, expect, test } from "vitest";
import { byWhatIsAsked } from "../../src/dialogue/asked.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import { newConversation } from "../../src/dialogue/turn.ts";
import { understand } from "../../src/dialogue/understand.ts";
import { wishesOf } from "../../src/dialogue/wish.ts";
import { realMind } from "../support/mind.ts";

let mind: Mind;
beforeAll(async () => {
  mind = await realMind();
});

const means = (text: string) => understand(text, mind).ranked[0]?.intent;

describe("what is asked decides, whatever it is asked of", () => {
  test.each([
    ["机器人不转人工犯法吗", "downgrade.rights"],
    ["自动续费不提醒，法律管不管", "downgrade.rights"],
    ["is it against the law to hide the cancel button", "downgrade.rights"],
    ["一直让我等下个月怎么证明", "downgrade.evidence"],
    ["they never call back, what can I keep as proof", "downgrade.evidence"],
    ["有证的师傅多少钱", "price"],
    ["夜里上门加不加钱", "price"],
    ["is a genuine lock dearer", "price"],
    ["电机不转了，柜门打不开", "locked_out"],
    ["the buttons are dead and my documents inside", "locked_out"],
    ["越级找谁，热线给我", "downgrade.complain"],
  ])("%s", (text, intent) => expect(means(text)).toBe(intent));

  test.each([
    ["电机不转了，门能开", "repair"],
    ["师傅有证吗", "technicians"],
    ["打过去全是机器，没有真人", "downgrade.no_human"],
    ["把聊天记录都删掉", "privacy"],
  ])("without its words nothing changes: %s", (text, intent) => expect(means(text)).toBe(intent));

  test("the intent that is named takes the confidence of those it stands over, and no others'", () => {
    const ranked = [
      { intent: "technicians", confidence: 0.5 },
      { intent: "price", confidence: 0.25 },
      { intent: "satisfaction", confidence: 0.25 },
    ] as const;
    expect(byWhatIsAsked("多少钱", ranked, mind.knowledge.askedLexicon)).toEqual([
      { intent: "price", confidence: 0.75 },
      { intent: "satisfaction", confidence: 0.25 },
    ]);
  });

  test("what isn't ours stays foreign, though it asks for a price", () => {
    const ranked = [{ intent: "oos", confidence: 0.9 }] as const;
    expect(byWhatIsAsked("车险多少钱", ranked, mind.knowledge.askedLexicon)).toBe(ranked);
  });

  test.each(["锁舌坏了，现在打不开门", "屏幕不亮了，现金还在里面", "the handle came off, my papers inside"])(
    "a broken part and a shut door are one wish: %s",
    (text) => {
      const wishes = wishesOf(understand(text, mind), newConversation("zh"), mind);
      expect(wishes).toMatchObject([{ kind: "intent", intent: "locked_out" }]);
    },
  );
});
