import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { syllable, syllables, toneless } from "../../src/nlu/pinyin.ts";

describe("toneless pinyin", () => {
  test("each Han character gives one syllable, the rest is skipped", () => {
    expect(toneless("转人工, ok 7")).toEqual(["zhuan", "ren", "gong"]);
  });

  test("a reading follows its context", () => {
    expect(toneless("重庆")).toEqual(["chong", "qing"]);
    expect(toneless("重量")).toEqual(["zhong", "liang"]);
  });

  test("ü is written v", () => {
    expect(toneless("绿女")).toEqual(["lv", "nv"]);
  });

  test("there are as many syllables as Han characters, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        expect(toneless(text)).toHaveLength(text.match(/\p{Script=Han}/gu)?.length ?? 0);
      }),
      { seed: 20261123, numRuns: 1000 },
    );
  });

  test("a single character's reading is the same each time, and empty for what isn't Han", () => {
    expect(syllable("工")).toBe("gong");
    expect(syllable("工")).toBe("gong");
    expect(syllable("a")).toBe("");
    expect(syllable("🙋")).toBe("");
  });
});

describe("syllables of a Latin word", () => {
  test.each([
    ["zhuanrengong", ["zhuan", "ren", "gong"]],
    ["kefu", ["ke", "fu"]],
    ["xi'an", ["xi", "an"]],
    ["lvxing", ["lv", "xing"]],
    ["agent", undefined],
    ["seen", undefined],
    ["", undefined],
  ])("%s", (word, expected) => {
    expect(syllables(word)).toEqual(expected);
  });

  test("a long ambiguous word that fails at its end is given up at once", () => {
    expect(syllables(`${"xian".repeat(1000)}q`)).toBeUndefined();
  });
});
