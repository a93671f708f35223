import { expect, test } from "vitest";
import { ALONE, coupleIn, couplesIn, growCouples, packCouples } from "../../../src/nlu/engine/couples.ts";

const MANY = Array.from({ length: 3_000 }, (_, i) => [i % 60, i % 7 === 0 ? ALONE : (i * 31) % 997] as const);
const DISTINCT = [...new Map(MANY.map((couple) => [couple.join(), couple])).values()];

test("a couple keeps the number it was given first, however many come after it", () => {
  const couples = growCouples();
  const numbers = MANY.map(([first, second]) => couples.numberOf(first, second));
  expect(couples.count).toBe(DISTINCT.length);
  expect(MANY.map(([first, second]) => couples.numberOf(first, second))).toEqual(numbers);
});

test("each couple of an index is found at its own number, and nothing else is found", () => {
  const index = packCouples(Int32Array.from(DISTINCT.flat()));
  expect(couplesIn(index)).toBe(DISTINCT.length);
  expect(DISTINCT.map(([first, second]) => coupleIn(index, first, second))).toEqual([...DISTINCT.keys()]);
  expect(coupleIn(index, 1, 0)).toBe(-1);
  expect(coupleIn(index, 61, ALONE)).toBe(-1);
});
