import { invert, type Rows, type SparseVector, saidOf } from "./vocabulary.ts";

/** An example, and its cosine with the text asked about. */
export interface Neighbour {
  readonly example: number;
  readonly similarity: number;
}

/** Finds the examples nearest to a text. */
export type NearestIndex = (vector: SparseVector, count: number) => Neighbour[];

/**
 * Entries read a message. The rarest features are read first, so that what is left out when examples are
 * many are the common ones: time a message stays bounded, and close examples are still found.
 */
const BUDGET = 20_000;
/** Candidates whose cosine is then worked out in full. */
const CANDIDATES = 12;

/** An inverted index over what the examples say. */
export function indexNearest(rows: Rows, features: number): NearestIndex {
  const examples = rows.lengths.length;
  const { starts, entries, values } = invert(rows, features);
  const dots = new Float32Array(examples);
  const dense = new Float32Array(features);
  const touched = new Int32Array(BUDGET + examples);
  return (whole, count) => {
    const vector = saidOf(whole);
    const order = Array.from(vector.ids.keys()).sort(
      (a, b) => size(starts, vector.ids[a]) - size(starts, vector.ids[b]),
    );
    let read = 0;
    let seen = 0;
    for (const k of order) {
      const id = vector.ids[k] as number;
      const value = vector.values[k] as number;
      const from = starts[id] as number;
      const to = starts[id + 1] as number;
      if (read > 0 && read + to - from > BUDGET) break;
      read += to - from;
      for (let e = from; e < to; e++) {
        const example = entries[e] as number;
        if (dots[example] === 0) touched[seen++] = example;
        dots[example] = (dots[example] as number) + value * (values[e] as number);
      }
    }
    const candidates: Neighbour[] = [];
    const limit = Math.max(count, CANDIDATES);
    let floor = 0;
    for (let t = 0; t < seen; t++) {
      const example = touched[t] as number;
      const similarity = (dots[example] as number) / (vector.length * (rows.lengths[example] as number));
      dots[example] = 0;
      if (similarity < floor) continue;
      keepBest(candidates, { example, similarity }, limit);
      if (candidates.length === limit) floor = candidates[limit - 1]?.similarity ?? 0;
    }
    return exactly(candidates, rows, vector, dense).slice(0, count);
  };
}

const size = (starts: Int32Array, id = 0): number => (starts[id + 1] as number) - (starts[id] as number);

/** Inserts into a list kept best first; equal ones keep the order of the examples. */
function keepBest(best: Neighbour[], found: Neighbour, limit: number): void {
  const last = best[best.length - 1];
  if (best.length === limit && last !== undefined && !closer(found, last)) return;
  let at = best.length;
  while (at > 0 && closer(found, best[at - 1] as Neighbour)) at--;
  best.splice(at, 0, found);
  if (best.length > limit) best.pop();
}

const closer = (a: Neighbour, b: Neighbour): boolean =>
  a.similarity > b.similarity || (a.similarity === b.similarity && a.example < b.example);

function exactly(
  candidates: readonly Neighbour[],
  rows: Rows,
  vector: SparseVector,
  dense: Float32Array,
): Neighbour[] {
  for (let k = 0; k < vector.ids.length; k++) dense[vector.ids[k] as number] = vector.values[k] as number;
  const exact: Neighbour[] = [];
  for (const { example } of candidates) {
    let dot = 0;
    for (let k = rows.starts[example] as number; k < (rows.starts[example + 1] as number); k++) {
      dot += (dense[rows.ids[k] as number] as number) * (rows.values[k] as number);
    }
    keepBest(
      exact,
      { example, similarity: dot / (vector.length * (rows.lengths[example] as number)) },
      candidates.length,
    );
  }
  for (const id of vector.ids) dense[id] = 0;
  return exact;
}
