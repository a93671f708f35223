import { describe, expect, test } from "vitest";
import { replyLang, textLang } from "../../src/nlu/language.ts";

describe("textLang", () => {
  test.each([
    ["zh", ["保险柜打不开", "我要 human agent", "downgrade 怎么弄", "著名的牌子", "a在吗"]],
    ["zh-Hant", ["請問可以轉接嗎", "幾點開門", "佢咁講㗎", "麻煩call我"]],
    [
      "en",
      [
        "change my plan",
        "are you human",
        "agent",
        "can you manage",
        "HELP ME PLEASE",
        "résumé",
        "hi",
        "ok thanks",
      ],
    ],
    [
      "pinyin",
      [
        "nihao",
        "wo xiang tui taocan",
        "xianzai you ren ma",
        "rengong",
        "zhuǎn rén gōng",
        "NIMEN JIDIAN XIABAN",
        "ni hao ok",
        "you mei you ren a",
      ],
    ],
  ] as const)("%s is told by how it is written", (lang, texts) => {
    for (const text of texts) expect.soft(textLang(text), text).toBe(lang);
  });

  test("a little misspelling doesn't turn pinyin into English", () => {
    expect(textLang("wo xiang wenn yixia baoxiangui")).toBe("pinyin");
  });

  test("what tells nothing keeps the earlier language", () => {
    for (const text of [
      "",
      "🙋",
      "👍👍",
      "0",
      "400-1865-909",
      "ok",
      "https://example.com/change",
      "...",
      "SVIP",
      "Привет",
    ]) {
      expect.soft(textLang(text), text).toBeUndefined();
    }
  });

  test("only English is answered in English", () => {
    expect(["zh", "zh-Hant", "pinyin", "en"].map((lang) => replyLang(lang as "zh"))).toEqual([
      "zh",
      "zh",
      "zh",
      "en",
    ]);
  });
});
