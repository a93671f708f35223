import { expect, test } from "vitest";
import { withPinyin } from "../../src/nlu/spelt.ts";
import type { Classifier } from "../../src/nlu/types.ts";
import { realMind } from "../support/mind.ts";

const heard: string[] = [];
const listening: Classifier<"price"> = {
  classify(text) {
    heard.push(text);
    return {
      ranked: [{ intent: "price", confidence: 1 }],
      inScope: true,
      why: () => ({ nearest: [], words: [], runnersUp: [] }),
    };
  },
};
const classifier = withPinyin(listening, () => ({ examples: ["上门多少钱", "nite nite"], names: ["漳浦"] }));

test("pinyin is read as the characters it stands for, and the reading told", () => {
  const { why } = classifier.classify("zhangpu shangmen duoshaoqian");
  expect(heard.pop()).toBe("漳浦上门多少钱");
  expect(why().readAs).toBe("漳浦上门多少钱");
});

test.each(["nite nite", "上门多少钱", "how much", "漳浦 shangmen"])(
  "an example, Chinese and English stay as they are: %s",
  (text) => {
    classifier.classify(text);
    expect(heard.pop()).toBe(text);
  },
);

test.each([
  ["kongtiaobuzhilenglezhaoshui", undefined],
  ["shi fu yi zhi mei lai", "ticket_status"],
  ["guizimimawangjizenmeban", "locked_out"],
  ["yidong de taocan tai gui le xiang huan ge pianyi de", "downgrade"],
  ["xiang tuiding huiyuan zhao bu dao rukou", "downgrade.hidden_entry"],
  ["wo yao tousu nimen na ge shifu", "satisfaction"],
])("as well as Chinese: %s", async (text, intent) => {
  const { ranked, inScope } = (await realMind()).nlu.classifier.classify(text);
  expect(inScope ? ranked[0]?.intent : undefined).toBe(intent);
});
