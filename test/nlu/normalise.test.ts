import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalise } from "../../src/nlu/normalise.ts";

const SEED = 20261123;

describe("normalise", () => {
  test.each([
    ["traditional characters become simplified", "轉接真人客服", "转接真人客服"],
    ["full width becomes half width, upper case lower", "ＨＥＬＬＯ　１２３", "hello 123"],
    [
      "clause breaks of both languages become one comma",
      "你好！！！在吗？  hello; world…",
      "你好,在吗,hello,world",
    ],
    [
      "a full stop between words breaks, one in a number doesn't",
      "Broken.Call 3.5 at 8:30",
      "broken,call 3.5 at 8:30",
    ],
    ["phone numbers keep their dashes, words lose theirs", "400-1865-909 call-out", "400-1865-909 call out"],
    ["line breaks separate clauses", "转人工\n\n谢谢", "转人工,谢谢"],
    ["a dash between clauses breaks", "不行——转人工", "不行,转人工"],
    ["brackets and quotation marks become spaces", "（人工）“客服” [x]", "人工 客服 x"],
    ["the typographic apostrophe is the plain one", "I don’t", "i don't"],
    [
      "tones written as digits go where the whole message is pinyin",
      "Wo3 yao4 ren2 gong1!",
      "wo yao ren gong",
    ],
    ["digits after words that aren't pinyin stay", "model b2 unit c4", "model b2 unit c4"],
    ["tone marks on Latin letters go", "zhuǎn rén gōng", "zhuan ren gong"],
    ["zero-width characters go", "人\u200b工\ufeff", "人工"],
    ["keycap digits are digits, skin tones go", "0️⃣ 🙋🏽", "0 🙋"],
    ["characters spaced out one by one close up", "转 人 工", "转人工"],
    ["a space between words of Chinese stays: it often ends a clause", "能修吗 多少钱", "能修吗 多少钱"],
    ["marks alone leave nothing", "？！。…  ——", ""],
  ])("%s", (_, raw, expected) => {
    expect(normalise(raw)).toBe(expected);
  });

  test("any string at all is taken, and normalising twice changes nothing more", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.string({
        unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)),
        maxLength: 60,
      }),
      fc.string({ unit: fc.constantFrom(..."转人 工,.'-a1轉。🙋\u0301\u200d\ud800"), maxLength: 40 }),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const once = normalise(raw);
        expect(once).not.toMatch(/^[ ,]|[ ,]$| {2}|,,| ,|, /);
        expect(normalise(once)).toBe(once);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });
});
