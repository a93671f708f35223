import { describe, expect, test } from "vitest";
import { humanLexiconSchema } from "../../../src/nlu/human/lexicon.ts";
import { patternCompiler } from "../../../src/nlu/human/pattern.ts";
import { createSlips } from "../../../src/nlu/human/slips.ts";
import { lexicon } from "./lexicon.ts";

const compile = patternCompiler(
  new Map([
    ["verb", ["转", "转接", "talk to"]],
    ["noun", ["人工", "human", "real person"]],
    ["no", ["不用", "never"]],
  ]),
);
const found = (pattern: string, text: string) => new RegExp(compile(pattern).source).exec(text)?.[0];

describe("the pattern language", () => {
  test.each([
    ["a class stands for each of its words", "{verb} {noun}", "请转接人工", "转接人工"],
    [
      "a space in the text is optional between tokens and inside words",
      "{verb} {noun}",
      "转 人工",
      "转 人工",
    ],
    ["a Latin word is only itself, not a part of one", "{noun}", "humane", undefined],
    ["words may be run together where the lexicon has a space", "{noun}", "a realperson", "realperson"],
    ["a class and a word may be alternatives", "{verb}|找 {noun}", "找人工", "找人工"],
    ["_ is a space inside a word", "put_me_through", "put me through", "put me through"],
    ["a gap counts characters", "{verb} ..2 {noun}", "转一下人工", "转一下人工"],
    ["a gap is no longer than it says", "{verb} ..2 {noun}", "转一下这人工", undefined],
    ["a gap counts Latin words", "{verb} ..2 {noun}", "talk to a very human", "talk to a very human"],
    ["a gap stays in its clause", "{verb} ..3 {noun}", "转,人工", undefined],
    ["a ~gap crosses clauses", "{verb} ~3 {noun}", "转吧,人工", "转吧,人工"],
    ["^ is the start of any clause", "^ {noun}", "好的,人工", "人工"],
    ["$ is the end of any clause", "{noun} $", "人工,好的", "人工"],
    ["^^ is the start of the message only", "^^ {noun}", "好的,人工", undefined],
    ["<! looks back, over a gap too", "<!{no}..1 {verb} {noun}", "不用你转人工", undefined],
    ["<= asks for what stands before", "<={no}..1 {noun}", "不用这人工", "人工"],
    ["> looks ahead", "{noun} >!..1{verb}", "人工可转", undefined],
    ["* repeats within a clause", "{verb}* {noun}", "转转转接人工", "转转转接人工"],
    ["** repeats across clauses", "^^ 好|嗯** {noun}", "好,嗯,人工", "好,嗯,人工"],
  ] as const)("%s", (_, pattern, text, expected) => {
    expect(found(pattern, text)).toBe(expected);
  });

  test("an unknown class is refused by name", () => {
    expect(() => compile("{verb} {nuon}")).toThrow('pattern "{verb} {nuon}": no class {nuon}');
  });

  test("a token that can't be read is refused", () => {
    expect(() => compile("人工?*")).toThrow("can't read");
  });
});

describe("the lexicon's shape", () => {
  const written = {
    mentions: Object.fromEntries(
      Object.entries(lexicon.mentions).map(([kind, list]) => [kind, list.join(", ")]),
    ),
    words: { verb: "转, 轉接" },
    hidden: "人工智能",
    spelling: {
      lookalikes: {},
      sounds: { verbs: "转", nouns: "人工", whole: "人工", notBefore: "司", never: "招人工", first: "有" },
      typos: { words: "human", never: "humane" },
    },
    negation: ["{verb}"],
    unfinished: "verb",
    quoting: ["{verb} □"],
    rules: [{ id: "a", reads: "request", patterns: ["{verb} {human}"] }],
  };

  test("words are kept as normalised text is written", () => {
    expect(humanLexiconSchema.parse(written).words.verb).toEqual(["转", "转接"]);
  });

  test("a pattern with an unknown class is reported where it stands", () => {
    const result = humanLexiconSchema.safeParse({
      ...written,
      rules: [{ id: "a", reads: "request", patterns: ["{verb}", "{vreb} {human}"] }],
    });
    expect(result.error?.issues).toMatchObject([{ path: ["rules", 0, "patterns", 1] }]);
  });

  test("an empty word is reported", () => {
    expect(humanLexiconSchema.safeParse({ ...written, hidden: "人工智能,, 真人秀" }).success).toBe(false);
  });
});

describe("slips of the finger", () => {
  const slips = createSlips(["human", "agent", "representative", "talk"], ["humane"]);

  test.each([
    ["two letters swapped", "humna", "human"],
    ["a letter missing", "agnt", "agent"],
    ["a letter too many", "aggent", "agent"],
    ["a wrong letter", "hunan", "human"],
    ["two slips in a long word", "represntatve", "representative"],
    ["two slips in a short word are another word", "huxxn", undefined],
    ["a word of its own isn't a slip", "humane", undefined],
    ["a right word isn't a slip", "human", undefined],
    ["short words are too close to others", "tall", undefined],
  ] as const)("%s", (_, word, meant) => {
    expect(slips.meant(word)).toBe(meant);
  });
});
