import { describe, expect, test } from "vitest";
import { createClassifier, loadModel, saveModel, trainModel } from "../../../src/nlu/engine/index.ts";
import { SHOP, STRANGE } from "./fixtures.ts";

const model = trainModel(SHOP);
const shop = createClassifier(model);
const best = (text: string): string | undefined => shop.classify(text).ranked[0]?.intent;

describe("classify", () => {
  test.each([
    ["请问你们周日几点开门", "opening_hours"],
    ["請問你們週末營業嗎", "opening_hours"],
    ["我的包裹到哪里了", "order_status"],
    ["退钱给我", "refund"],
    ["帮我开个发票", "invoice"],
    ["do you open on saturday", "opening_hours"],
    ["my parcel has not arrived", "order_status"],
    ["I want my MONEY back!!", "refund"],
    ["where's my order, 还没到", "order_status"],
  ])("%s → %s", (text, intent) => {
    expect(best(text)).toBe(intent);
  });

  test("a homophone typo in Chinese is still understood", () => {
    expect(best("发漂怎么开")).toBe("invoice");
    expect(best("我的定单到那了")).toBe("order_status");
  });

  test("a misspelling in English is still understood", () => {
    expect(best("send me the invioce")).toBe("invoice");
  });

  test("every intent is ranked once, best first, with probabilities that leave room for none of them", () => {
    const { ranked } = shop.classify("订单");
    expect(new Set(ranked.map(({ intent }) => intent))).toEqual(new Set(SHOP.map(({ intent }) => intent)));
    const confidences = ranked.map(({ confidence }) => confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    expect(confidences.every((confidence) => confidence >= 0 && confidence <= 1)).toBe(true);
    expect(confidences.reduce((sum, confidence) => sum + confidence, 0)).toBeLessThan(1);
  });

  test.each(["", "   ", "?!", "🙏", "\ud800", "啊".repeat(5_000), "a".repeat(5_000)])(
    "odd text %# ranks something",
    (text) => {
      const { ranked } = shop.classify(text);
      expect(ranked).toHaveLength(5);
      expect(ranked.every(({ confidence }) => Number.isFinite(confidence))).toBe(true);
    },
  );

  test("what a training example says is in scope; text that shares nothing with any isn't", () => {
    expect(shop.classify("where is my order").inScope).toBe(true);
    expect(shop.classify("zxqv wvvk qqjx").inScope).toBe(false);
  });
});

test("an emoji that is all there is to a text is known again", () => {
  const moods = createClassifier(trainModel([...SHOP, { text: "🙏", intent: "thanks" }]));
  expect(moods.classify("🙏🙏").why().nearest[0]).toMatchObject({ intent: "thanks", similarity: 1 });
});

describe("why", () => {
  test("a pasted page is explained by its beginning: each word weighed costs another judgement", () => {
    const page = `invoice ${"please ".repeat(2000)}refund`;
    const weighed = shop
      .classify(page)
      .why()
      .words.map(({ word }) => word);
    expect(weighed).toContain("invoice");
    expect(weighed).not.toContain("refund");
  });

  test("names the nearest examples, an exact one with similarity 1", () => {
    const { nearest } = shop.classify("退款多久到账").why();
    expect(nearest[0]?.text).toBe("退款多久到账");
    expect(nearest[0]?.intent).toBe("refund");
    expect(nearest[0]?.similarity).toBeCloseTo(1, 5);
  });

  test("likens texts by what they say, not by their marks", () => {
    expect(shop.classify("退款多久到账？！").why().nearest[0]?.similarity).toBeCloseTo(1, 5);
  });

  test("puts first the word that decided", () => {
    expect(shop.classify("please send the invoice today").why().words[0]?.word).toBe("invoice");
  });

  test("says by how much the runners-up lost", () => {
    const result = shop.classify("退款的发票");
    const [first, second] = result.ranked;
    expect(result.why().runnersUp[0]).toEqual({
      intent: second?.intent,
      behind: (first?.confidence ?? 0) - (second?.confidence ?? 0),
    });
  });
});

describe("out-of-scope examples", () => {
  const careful = createClassifier(trainModel([...SHOP, ...STRANGE]));

  test("are refused, and so is what resembles them", () => {
    expect(careful.classify("讲个笑话吧").inScope).toBe(false);
    expect(careful.classify("what is the capital of spain").inScope).toBe(false);
  });

  test("never rank as an intent", () => {
    expect(careful.classify("讲个笑话吧").ranked.map(({ intent }) => intent)).not.toContain("oos");
  });

  test("don't stop what is in scope", () => {
    expect(careful.classify("我要退款").inScope).toBe(true);
  });
});

describe("training", () => {
  test("is deterministic", () => {
    expect(Buffer.from(saveModel(trainModel(SHOP))).equals(saveModel(model))).toBe(true);
  });

  test("the order of the examples changes nothing", () => {
    const turned = createClassifier(trainModel([...SHOP].reverse()));
    for (const { text } of STRANGE) {
      const before = shop.classify(text);
      const after = turned.classify(text);
      expect(after.scope).toBeCloseTo(before.scope, 3);
      expect(after.ranked[0]?.confidence).toBeCloseTo(before.ranked[0]?.confidence ?? 0, 3);
    }
  });

  test("works with a single intent and a single example", () => {
    const tiny = createClassifier(trainModel([{ text: "你好", intent: "greeting" }]));
    expect(tiny.classify("你好").ranked).toHaveLength(1);
  });

  test("without an example of any intent is refused", () => {
    expect(() => trainModel([])).toThrow(RangeError);
    expect(() => trainModel(STRANGE)).toThrow(RangeError);
  });
});

describe("a saved model", () => {
  test("loads back and classifies exactly the same", () => {
    const again = createClassifier(loadModel(saveModel(model)));
    for (const { text } of [...SHOP, ...STRANGE]) {
      const before = shop.classify(text);
      const after = again.classify(text);
      expect(after.ranked).toEqual(before.ranked);
      expect(after.inScope).toBe(before.inScope);
      expect(after.why()).toEqual(before.why());
    }
  });

  test("loads from a slice of a larger buffer, as file reads give", () => {
    const bytes = saveModel(model);
    const padded = new Uint8Array(bytes.length + 3);
    padded.set(bytes, 3);
    expect(loadModel(padded.subarray(3)).texts).toEqual(model.texts);
  });

  test("loads from a Buffer that shares its memory with others", () => {
    const pooled = Buffer.concat([Buffer.from("x"), saveModel(model)]).subarray(1);
    expect(Buffer.from(saveModel(loadModel(pooled))).equals(saveModel(model))).toBe(true);
  });

  test("is refused when it is something else, or cut short", () => {
    const bytes = saveModel(model);
    expect(() => loadModel(new TextEncoder().encode("{}"))).toThrow(RangeError);
    for (const length of [0, 5, 14, 1_000, bytes.length - 100]) {
      expect(() => loadModel(bytes.subarray(0, length))).toThrow(RangeError);
    }
  });
});
