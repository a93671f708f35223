import fc from "fast-check";
import { expect, test } from "vitest";
import { checkDoubtfulIntents, checkDoubts } from "../../src/knowledge/doubts.ts";
import { checkNearDuplicates, checkOverlap } from "../../src/knowledge/examples.ts";
import type { MeasuringRow } from "../../src/knowledge/jsonl.ts";
import { canonical, indexBigrams } from "../../src/knowledge/similarity.ts";
import { examplesOf, findings, han, intentYaml, latin, linesOf, read } from "./fixtures/content.ts";

const zhWith = (...texts: string[]) => [...examplesOf("hours", 40 - texts.length, han), ...texts];
const enWith = (...texts: string[]) => [...examplesOf("hotline", 20 - texts.length, latin), ...texts];
const row = (text: string): MeasuringRow => ({
  text,
  intent: "hours",
  also: [],
  at: { file: "dev.jsonl", line: 7, column: 1 },
});

test.each([
  ["几点开门?", "几点 开门！"],
  ["ＯＰＥＮ at 9?", "open at 9"],
  ["你好~", "你好"],
])("%s and %s are one utterance", (a, b) => {
  expect(canonical(a)).toBe(canonical(b));
});

test.each([
  ["🙏", "👍"],
  ["?", "。。。"],
  ["open at 9", "open at 10"],
])("%s and %s are two", (a, b) => {
  expect(canonical(a)).not.toBe(canonical(b));
});

test("the index finds what comparing every pair would find", () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom(..."abc"), minLength: 1, maxLength: 12 }), {
    maxLength: 12,
  });
  const bigrams = (text: string) =>
    new Set(text.length < 2 ? [text] : [...text].slice(1).map((c, i) => `${text[i]}${c}`));
  fc.assert(
    fc.property(
      texts,
      fc.string({ unit: fc.constantFrom(..."abcd"), minLength: 1, maxLength: 12 }),
      (all, text) => {
        const near = all.flatMap((other, index) => {
          const shared = [...bigrams(text)].filter((gram) => bigrams(other).has(gram)).length;
          const similarity = shared / (bigrams(text).size + bigrams(other).size - shared);
          return similarity >= 0.8 ? [{ index, similarity }] : [];
        });
        const found = indexBigrams(all, 0.8).near(text);
        expect(found.toSorted((a, b) => a.index - b.index)).toEqual(near);
      },
    ),
    { seed: 1, numRuns: 2000 },
  );
});

test("the same example twice in an intent is pointed out", () => {
  expect(
    findings({ "intents/hours.yaml": intentYaml("hours", { zh: zhWith("几点开门", "几点开门？") }) }),
  ).toEqual([
    'intents/hours.yaml:44:7  duplicate-example  "几点开门？" stands in intents/hours.yaml:43 already: remove one',
  ]);
});

test("the same example in two intents is pointed out", () => {
  const changes = {
    "intents/hotline.yaml": intentYaml("hotline", { en: enWith("When can I call") }),
    "intents/hours.yaml": intentYaml("hours", {
      en: enWith("when can i call?").map((t, i) => (i < 19 ? `${t}x` : t)),
    }),
  };
  expect(findings(changes)).toEqual([
    'intents/hours.yaml:65:7  duplicate-across-intents  "when can i call?" is an example of hotline too ' +
      "(intents/hotline.yaml:65): it can mean only one of them",
  ]);
});

test("nearly the same example in two intents warns once, and only across intents", () => {
  const { files, examples } = read({
    "intents/hotline.yaml": intentYaml("hotline", {
      zh: [...examplesOf("hotline", 39, han), "请问你们的电话几点开始有人接"],
    }),
    "intents/hours.yaml": intentYaml("hours", {
      zh: zhWith("请问你们的电话几点开始有人接听", "请问你们的电话几点开始有人接了"),
    }),
  });
  expect(linesOf(checkNearDuplicates(files, examples))).toEqual([
    expect.stringContaining(
      'intents/hours.yaml:43:7  near-duplicate-across-intents  warning: "请问你们的电话几点开始有人接听" is nearly',
    ),
    expect.stringContaining(
      'intents/hours.yaml:44:7  near-duplicate-across-intents  warning: "请问你们的电话几点开始有人接了" is nearly',
    ),
  ]);
});

test("a near duplicate that is meant can be allowed", () => {
  const { files, examples } = read({
    "intents/human.yaml": intentYaml("human", {
      en: [...examplesOf("human", 19, latin), "connect me to an agent"],
    }),
    "intents/human.cancel.yaml": intentYaml("human.cancel", {
      en: [
        ...examplesOf("human.cancel", 19, latin),
        "do not connect me to an agent # allow near-duplicate-across-intents: 说的正相反",
      ],
    }),
  });
  expect(examples.some((example) => example.text === "do not connect me to an agent")).toBe(true);
  expect(checkNearDuplicates(files, examples)).toEqual([]);
});

test("a copy or near copy of a measured utterance is an error, a single word a warning", () => {
  const { examples } = read({
    "intents/hours.yaml": intentYaml("hours", {
      zh: zhWith("周末还有人接电话吗", "周末还有人接你们电话吗", "人工"),
    }),
  });
  expect(linesOf(checkOverlap(examples, [row("周末还有人接电话吗?"), row("人工")]))).toEqual([
    'intents/hours.yaml:42:7  dev-overlap  "周末还有人接电话吗" is a copy of dev.jsonl:7 ("周末还有人接电话吗?"): write one of your own',
    'intents/hours.yaml:44:7  dev-overlap  warning: "人工" is a copy of dev.jsonl:7 ("人工"): write one of your own',
  ]);
});

test("a near copy counts from four fifths on", () => {
  const { examples } = read({
    "intents/hours.yaml": intentYaml("hours", { zh: zhWith("请问周末还有人接电话吗谢谢") }),
  });
  expect(checkOverlap(examples, [row("请问周末还有人接电话吗谢")])).toHaveLength(1);
  expect(checkOverlap(examples, [row("周末还有人接电话")])).toHaveLength(0);
});

test("examples that cross-validation gets wrong are listed with what they are taken for", () => {
  const { files, examples } = read({ "intents/hours.yaml": intentYaml("hours", { zh: zhWith("几点开门") }) });
  const doubts = [{ text: "几点开门", intent: "hours", takenFor: "hotline" }];
  expect(linesOf(checkDoubts(files, examples, doubts))).toEqual([
    'intents/hours.yaml:44:7  misclassified-example  warning: "几点开门" is taken for hotline by an engine that hasn\'t seen it: ' +
      "move it, or add more like it",
  ]);
});

test("an intent of which more than a quarter is taken for others is summed up in one line", () => {
  const { files, examples } = read();
  const own = examples.filter((example) => example.intent === "hours");
  const doubts = (count: number) =>
    own
      .slice(0, count)
      .map(({ text, intent }, i) => ({ text, intent, takenFor: i < 2 ? "price" : "hotline" }));
  expect(linesOf(checkDoubtfulIntents(files, examples, doubts(15)))).toEqual([]);
  expect(linesOf(checkDoubtfulIntents(files, examples, doubts(16)))).toEqual([
    "intents/hours.yaml:1:1  misclassified-example  warning: 16 of 60 examples are taken for another intent " +
      "(hotline 14, price 2) by an engine that hasn't seen them: --each lists them",
  ]);
});
