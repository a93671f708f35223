import { expect, test } from "vitest";
import { couplesIn } from "../../../src/nlu/engine/couples.ts";
import { lotOf } from "../../../src/nlu/engine/random.ts";
import { toRows } from "../../../src/nlu/engine/rows.ts";
import { svmRoom, trainSvm } from "../../../src/nlu/engine/svm.ts";
import { encodeAll, measureRarity } from "../../../src/nlu/engine/vocabulary.ts";
import { SHOP } from "./fixtures.ts";

const { vocabulary, encoded } = encodeAll(SHOP.map(({ text }) => text));
const features = couplesIn(vocabulary.features);
const rows = toRows(
  encoded,
  measureRarity(encoded, features),
  Uint32Array.from(SHOP, ({ text }) => lotOf(text)),
);
const intents = [...new Set(SHOP.map(({ intent }) => intent))];
const labels = SHOP.map(({ intent }) => intents.indexOf(intent));
const all = [...SHOP.keys()];
const options = { cost: 1, epochs: 100 } as const;

test("going on with examples that were left out ends where all of them from the beginning do", () => {
  const whole = svmRoom(SHOP.length, intents.length, features);
  trainSvm(whole, rows, labels, all, { ...options, begin: "anew" });
  const later = svmRoom(SHOP.length, intents.length, features);
  const some = all.filter((i) => i % 5 > 0);
  trainSvm(later, rows, labels, some, { ...options, begin: "anew" });
  const before = later.weights.slice();
  trainSvm(later, rows, labels, all, { ...options, begin: "on" });
  const apart = (a: Float32Array, b: Float32Array): number => Math.hypot(...a.map((x, i) => x - (b[i] ?? 0)));
  expect(apart(later.weights, whole.weights)).toBeLessThan(apart(before, whole.weights) / 10);
});
