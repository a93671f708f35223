import { expect, test } from "vitest";
import { areaUnderRoc, evaluate } from "../../../src/nlu/engine/evaluate.ts";
import { findDoubts, type ScopedClassification } from "../../../src/nlu/engine/index.ts";
import { SHOP } from "./fixtures.ts";

/** Answers are written into the text: "a .9 b .1" ranks a before b. */
const scripted = {
  threshold: 0.5,
  classify(text: string): ScopedClassification {
    const parts = text.split(" ");
    const ranked = parts.flatMap((intent, i) =>
      i % 2 === 0 ? [{ intent, confidence: Number(parts[i + 1]) }] : [],
    );
    const scope = ranked[0]?.confidence ?? 0;
    return { ranked, scope, inScope: scope >= 0.5, why: () => ({ nearest: [], words: [], runnersUp: [] }) };
  },
};
const ticking = (): (() => number) => {
  let now = 0;
  return () => now++;
};
const measuring = () => ({ nTrain: 10, trainS: 1.5, clockMs: ticking(), rssMb: () => 60 });

test("figures count what is right, refused and among the best three", () => {
  const { figures, intents, confusions } = evaluate(
    scripted,
    [
      { text: "a .9 b .1", intent: "a" },
      { text: "a .8 b .1", intent: "b" },
      { text: "b .4 a .3", intent: "b" },
      { text: "c .9 d .05 e .03 a .02", intent: "a" },
      { text: "a .45", intent: "oos" },
      { text: "a .6", intent: "oos" },
    ],
    measuring(),
  );
  expect(figures).toEqual({
    n_train: 10,
    n_test: 6,
    accuracy: 0.5,
    top3: 0.75,
    threshold: 0.5,
    in_scope_at_threshold: 0.25,
    oos_recall: 0.5,
    false_alarms: 0.25,
    oos_auroc: 6 / 8,
    train_s: 1.5,
    median_ms: 1,
    p99_ms: 1,
    rss_mb: 60,
  });
  expect(intents.find(({ intent }) => intent === "a")).toEqual({
    intent: "a",
    rows: 2,
    precision: 1 / 3,
    recall: 0.5,
    f1: 0.4,
  });
  expect(confusions).toContainEqual({ intent: "oos", takenFor: "a", rows: 1 });
});

test("without out-of-scope rows their figures are null", () => {
  const { figures } = evaluate(scripted, [{ text: "a .9", intent: "a" }], measuring());
  expect([figures.oos_recall, figures.oos_auroc]).toEqual([null, null]);
});

test("the area under the curve is 1 when apart, 0 when reversed, ½ when alike", () => {
  expect(areaUnderRoc([0.8, 0.9], [0.1, 0.2])).toBe(1);
  expect(areaUnderRoc([0.1], [0.9])).toBe(0);
  expect(areaUnderRoc([0.5, 0.5], [0.5])).toBe(0.5);
});

test("cross-validation lists a mislabelled example", () => {
  const wrong = { text: "我要退款谢谢", intent: "greeting" };
  expect(findDoubts([...SHOP, wrong])).toContainEqual({ ...wrong, takenFor: "refund" });
});
