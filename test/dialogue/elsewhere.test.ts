import { expect, test } from "vitest";
import { isElsewhere } from "../../src/dialogue/elsewhere.ts";
import { newConversation } from "../../src/dialogue/turn.ts";
import { realMind } from "../support/mind.ts";

const fresh = newConversation("zh");

test.each([
  ["repair", "自行车链条掉了咋修"],
  ["price", "轮胎扎了换一个多少钱"],
  ["downgrade.evidence", "被辞退了要留什么证据"],
  ["downgrade.evidence", "which evidence matters in a custody fight"],
  ["hotline", "fridge repair number"],
  ["parts", "电影里出现过的配件"],
] as const)("%s isn't asked of us: %s", async (intent, text) => {
  expect(isElsewhere(intent, text, fresh, await realMind())).toBe(true);
});

test.each([
  ["locked_out", "车钥匙锁保险柜里了打不开"],
  ["repair", "柜门关不上，像冰箱门没关严"],
  ["downgrade.evidence", "电信的合同是抄袭的，要留啥证据"],
  ["downgrade.benefits_lost", "已购的电影还在吗"],
  ["repair", "my safe looks like a fridge and won't open"],
] as const)("%s is ours, whatever else is named: %s", async (intent, text) => {
  expect(isElsewhere(intent, text, fresh, await realMind())).toBe(false);
});

test("in a talk of the same, and in a story, other things are only mentioned", async () => {
  const mind = await realMind();
  const talked = { ...fresh, lastIntent: "repair" as const };
  expect(isElsewhere("price", "像修空调那样收费吗", talked, mind)).toBe(false);
  const story = "上次家里修空调的师傅来了三回都没弄好还每次都收一百五的上门费所以这回我要先问清楚你们怎么收";
  expect(isElsewhere("price", story, fresh, mind)).toBe(false);
});
