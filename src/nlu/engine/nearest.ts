import { PIECES } from "./features.ts";
import type { Columns } from "./rows.ts";
import { partOf, type SparseVector } from "./vocabulary.ts";

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
const BUDGET = 5_000;
/** Candidates whose cosine is then worked out in full. */
const CANDIDATES = 12;

/** Over the {@link PIECES} of the examples, by feature. */
export function indexNearest(columns: Columns): NearestIndex {
  const { starts, entries, values, lengths } = columns;
  const examples = lengths.length;
  const dots = new Float32Array(examples);
  const touched = new Int32Array(BUDGET + examples);
  return (whole, count) => {
    const vector = partOf(whole, PIECES);
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
      const similarity = (dots[example] as number) / (vector.length * (lengths[example] as number));
      dots[example] = 0;
      if (similarity < floor) continue;
      keepBest(candidates, { example, similarity }, limit);
      if (candidates.length === limit) floor = candidates[limit - 1]?.similarity ?? 0;
    }
    return exactly(candidates, columns, vector).slice(0, count);
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
  { starts, entries, values, lengths }: Columns,
  vector: SparseVector,
): Neighbour[] {
  const exact: Neighbour[] = [];
  for (const { example } of candidates) {
    let dot = 0;
    for (let k = 0; k < vector.ids.length; k++) {
      const id = vector.ids[k] as number;
      const at = find(entries, example, starts[id] as number, starts[id + 1] as number);
      if (at >= 0) dot += (vector.values[k] as number) * (values[at] as number);
    }
    keepBest(
      exact,
      { example, similarity: dot / (vector.length * (lengths[example] as number)) },
      candidates.length,
    );
  }
  return exact;
}

/** Where an example stands among those of a feature, which are in order; -1 for nowhere. */
function find(entries: Columns["entries"], example: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle] as number) < example) low = middle + 1;
    else high = middle;
  }
  return low < to && entries[low] === example ? low : -1;
}
