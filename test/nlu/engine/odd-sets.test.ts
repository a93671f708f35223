import { describe, expect, test } from "vitest";
import {
  createClassifier,
  evaluate,
  loadModel,
  saveModel,
  trainModel,
} from "../../../src/nlu/engine/index.ts";
import type { LabelledText } from "../../../src/nlu/types.ts";
import { SHOP, STRANGE } from "./fixtures.ts";

const of = (intent: string, ...texts: string[]): LabelledText[] => texts.map((text) => ({ text, intent }));

/** `count` different texts that all say one thing. */
const many = (intent: string, count: number, say: (n: number) => string): LabelledText[] =>
  Array.from({ length: count }, (_, n) => ({ text: say(n), intent }));

const CITIES = ["Lima", "Oslo", "Rome", "Cairo", "Quito"];
const city = (n: number): string => `${CITIES[n % CITIES.length]} ${n}`;

/** Training sets as they come, none of them made for us. */
const SETS: Readonly<Record<string, readonly LabelledText[]>> = {
  "one intent": SHOP.filter(({ intent }) => intent === "refund"),
  "one intent and strangers": [...SHOP.filter(({ intent }) => intent === "refund"), ...STRANGE],
  "two intents of one example": [...of("yes", "是的"), ...of("no", "不是")],
  "an intent of one example among large ones": [
    ...SHOP,
    ...of("warranty", "is there a warranty"),
    ...many("weather", 400, (n) => `weather in ${city(n)}`),
  ],
  "more strangers than anything else": [...SHOP, ...many("oos", 200, (n) => `tell me about ${city(n)}`)],
  "the same text under two intents": [...SHOP, ...SHOP.map(({ text }) => ({ text, intent: "everything" }))],
  "the same text again and again": [...SHOP, ...many("refund", 50, () => "refund")],
  "texts without a word": [...SHOP, ...of("empty", "", "   ", "\n"), ...of("marks", "?!", "。。。", "…")],
  "nothing but pictures": [...of("good", "👍", "🙏🙏", "❤️"), ...of("bad", "👎", "😡", "💔")],
  "scripts that the engine has no pieces for": [
    ...of("hello", "здравствуйте", "привет", "สวัสดี", "नमस्ते"),
    ...of("bye", "до свидания", "пока", "ลาก่อน", "अलविदा"),
  ],
  "names of intents in any string": [
    ...of("", "nameless one", "nameless two"),
    ...of("__proto__", "the root of all", "root of things"),
    ...of("toString", "print it", "print this out"),
    ...of("退款/中文 🙂\n", "我要退款", "退钱"),
    ...of("0", "zero", "nothing at all"),
  ],
  "a text as long as a page": [...SHOP, ...of("essay", "once upon a time ".repeat(500))],
};

describe.each(Object.entries(SETS))("trained on %s", (_, examples) => {
  const model = trainModel(examples);
  const classifier = createClassifier(model);
  const intents = new Set(examples.map(({ intent }) => intent).filter((intent) => intent !== "oos"));

  test.each(["我要退款", "where is my order", "", "🙏", "привет, 你好 hello", "a ".repeat(300)])(
    "%j gets every intent, with a probability each",
    (text) => {
      const { ranked, scope, why } = classifier.classify(text);
      expect(new Set(ranked.map(({ intent }) => intent))).toEqual(intents);
      const chances = ranked.map(({ confidence }) => confidence);
      expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
      expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(scope, 9);
      expect(() => why()).not.toThrow();
    },
  );

  test("it is saved and loaded whole, and every figure is a number", () => {
    const bytes = saveModel(model);
    expect(Buffer.from(saveModel(loadModel(bytes))).equals(bytes)).toBe(true);
    const { figures } = evaluate(classifier, examples, {
      nTrain: examples.length,
      trainS: 0,
      clockMs: () => 0,
      rssMb: () => 0,
    });
    expect(Object.values(figures).every((value) => value === null || Number.isFinite(value))).toBe(true);
  });
});

const best = (examples: readonly LabelledText[], text: string): string | undefined =>
  createClassifier(trainModel(examples)).classify(text).ranked[0]?.intent;

test("an intent of one example is found among large ones", () => {
  const examples = SETS["an intent of one example among large ones"] ?? [];
  expect(best(examples, "does it have a warranty")).toBe("warranty");
  expect(best(examples, "weather in Madrid")).toBe("weather");
});

test("letters of any alphabet and single pictures are told apart", () => {
  expect(best(SETS["scripts that the engine has no pieces for"] ?? [], "привет")).toBe("hello");
  expect(best(SETS["nothing but pictures"] ?? [], "😡")).toBe("bad");
});

test("two intents of a thousand examples each are learnt", () => {
  const examples = [
    ...many("weather", 1000, (n) => `how is the weather in ${city(n)}`),
    ...many("flight", 1000, (n) => `book a flight to ${city(n)}`),
  ];
  const classifier = createClassifier(trainModel(examples));
  expect(classifier.classify("what's the weather like in Paris").ranked[0]?.intent).toBe("weather");
  expect(classifier.classify("a flight to Paris please").ranked[0]?.intent).toBe("flight");
});
