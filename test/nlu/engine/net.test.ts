import { expect, test } from "vitest";
import { logChances, type Net, trainNet } from "../../../src/nlu/engine/net.ts";
import type { SparseVector } from "../../../src/nlu/engine/vocabulary.ts";

const FEATURES = 6;
const UNSEEN = 5;
const WORDS = [
  [0, 2],
  [1, 3],
  [0, 3],
  [1, 2],
];

/** Class 0 has features 0 with 2 or 1 with 3, class 1 the other pairs: no single feature tells them apart. */
function taught(seed: number): Net {
  const texts = Array.from({ length: 400 }, (_, i) => WORDS[i % WORDS.length] ?? []);
  const labels = texts.map((_, i) => (i % WORDS.length < 2 ? 0 : 1));
  const starts = Int32Array.from({ length: texts.length + 1 }, (_, i) => 2 * i);
  const ids = Int32Array.from(texts.flat());
  const lots = Uint32Array.from(texts.keys());
  return trainNet(
    { lots, starts, ids, values: new Float32Array(ids.length).fill(1) },
    labels,
    2,
    FEATURES,
    seed,
  );
}

const text = (...ids: number[]): SparseVector => ({
  ids: Int32Array.from(ids),
  values: new Float32Array(ids.length).fill(1),
  ends: [ids.length],
  length: 1,
});

test("nets learn what no single feature tells", () => {
  const nets = [1, 2, 3, 4, 5, 6, 7, 8].map(taught);
  const right = WORDS.filter((ids, i) => {
    const votes = nets.map((net) => logChances(net, text(...ids)));
    const [one = 0, other = 0] = [0, 1].map((c) => votes.reduce((sum, vote) => sum + (vote[c] ?? 0), 0));
    return one > other === i < 2;
  });
  expect(right).toEqual(WORDS);
});

test("chances sum to one", () => {
  const chances = logChances(taught(1), text(0, 2));
  expect(chances.reduce((sum, chance) => sum + Math.exp(chance), 0)).toBeCloseTo(1, 6);
});

test("a feature that no example has says nothing", () => {
  const net = taught(1);
  expect(logChances(net, text(0, 2, UNSEEN))).toEqual(logChances(net, text(0, 2)));
});
