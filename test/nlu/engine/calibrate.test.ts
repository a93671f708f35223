import { expect, test } from "vitest";
import { calibrate, type Trial } from "../../../src/nlu/engine/calibrate.ts";
import { seeded } from "../../../src/nlu/engine/random.ts";

/** Trials of one intent and of strangers, whose evidence overlaps. */
function trialsOf(count: number): Trial[] {
  const random = seeded(3);
  return Array.from({ length: count }, (_, i): Trial => {
    const isStrange = i % 4 === 0;
    const best = random() + random() - (isStrange ? 0.6 : 0);
    const margins = Float64Array.of(best, -1);
    return { margins, best, outside: 0, nearest: 0.5, right: isStrange ? -1 : 0, heldOut: false };
  });
}

test("one trial less hardly moves the threshold", () => {
  const trials = trialsOf(100);
  const { threshold } = calibrate(trials);
  const moves = trials.map((left) =>
    Math.abs(calibrate(trials.filter((trial) => trial !== left)).threshold - threshold),
  );
  expect(Math.max(...moves)).toBeLessThan(0.05);
});

test("the threshold parts what is known from what is strange", () => {
  const known = {
    margins: Float64Array.of(1, -1),
    best: 1,
    outside: -1,
    nearest: 1,
    right: 0,
    heldOut: false,
  };
  const strange = {
    margins: Float64Array.of(-1, -1),
    best: -1,
    outside: 1,
    nearest: 0,
    right: -1,
    heldOut: false,
  };
  const { threshold } = calibrate([...Array<Trial>(20).fill(known), ...Array<Trial>(20).fill(strange)]);
  expect(threshold).toBeGreaterThan(0.1);
  expect(threshold).toBeLessThan(0.9);
});
