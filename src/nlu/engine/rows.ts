import { GROUPS, type Span } from "./features.ts";
import { type Encoded, type Rarity, type SparseVector, vectorise } from "./vocabulary.ts";

/** Sparse rows, one after the other: row `i` is `starts[i]` to `starts[i + 1]`. */
export interface Entries {
  /** Of each row, what chance in training hangs on. */
  readonly lots: Uint32Array;
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/** Vectors, one after the other. */
export interface Rows extends Entries {
  /** For each row, as of a {@link SparseVector}, those of its groups. */
  readonly ends: Int32Array;
  readonly lengths: Float32Array;
}

/** Texts as vectors, with a lot for each. */
export function toRows(texts: readonly Encoded[], rarity: Rarity, lots: Uint32Array): Rows {
  const count = texts.length;
  const most = texts.reduce((sum, { ids }) => sum + ids.length, 0);
  const starts = new Int32Array(count + 1);
  const ends = new Int32Array(count * GROUPS.length);
  const lengths = new Float32Array(count);
  const ids = new Int32Array(most);
  const values = new Float32Array(most);
  for (const [i, text] of texts.entries()) {
    const vector = vectorise(text, rarity);
    const from = starts[i] ?? 0;
    ids.set(vector.ids, from);
    values.set(vector.values, from);
    starts[i + 1] = from + vector.ids.length;
    ends.set(vector.ends, i * GROUPS.length);
    lengths[i] = vector.length;
  }
  const total = starts[count] ?? 0;
  return { lots, starts, ids: ids.subarray(0, total), values: values.subarray(0, total), ends, lengths };
}

export function vectorOf({ starts, ids, values, ends, lengths }: Rows, i: number): SparseVector {
  const from = starts[i] ?? 0;
  const to = starts[i + 1] ?? from;
  return {
    ids: ids.subarray(from, to),
    values: values.subarray(from, to),
    ends: [...ends.subarray(i * GROUPS.length, (i + 1) * GROUPS.length)],
    length: lengths[i] ?? 0,
  };
}

/** Where a row's entries of some groups begin and end. */
function rangeIn({ starts, ends }: Rows, i: number, { first, end }: Span): { from: number; to: number } {
  const start = starts[i] as number;
  const at = i * GROUPS.length;
  return {
    from: start + (first === 0 ? 0 : (ends[at + first - 1] as number)),
    to: start + (ends[at + end - 1] as number),
  };
}

/** What some rows have in some groups. */
export function partOfRows(rows: Rows, chosen: readonly number[], groups: Span): Entries {
  const ranges = chosen.map((i) => rangeIn(rows, i, groups));
  const starts = new Int32Array(chosen.length + 1);
  for (const [z, { from, to }] of ranges.entries()) starts[z + 1] = (starts[z] ?? 0) + to - from;
  const ids = new Int32Array(starts[chosen.length] ?? 0);
  const values = new Float32Array(ids.length);
  for (const [z, { from, to }] of ranges.entries()) {
    ids.set(rows.ids.subarray(from, to), starts[z]);
    values.set(rows.values.subarray(from, to), starts[z]);
  }
  return { lots: Uint32Array.from(chosen, (i) => rows.lots[i] ?? 0), starts, ids, values };
}

/** What some rows have in some groups, by feature: feature `f` is in the rows `entries` from `starts[f]` to `starts[f + 1]`, in order. */
export interface Columns {
  readonly starts: Int32Array;
  /** Positions in the list of rows chosen. */
  readonly entries: Int32Array | Uint16Array;
  readonly values: Float32Array;
  /** Of each row chosen, as in {@link Rows}. */
  readonly lengths: Float32Array;
}

const MOST_IN_16_BITS = 0x10000;

export function invert(rows: Rows, chosen: ArrayLike<number>, groups: Span, features: number): Columns {
  const { ids, values } = rows;
  const starts = new Int32Array(features + 1);
  for (let z = 0; z < chosen.length; z++) {
    const { from, to } = rangeIn(rows, chosen[z] as number, groups);
    for (let k = from; k < to; k++) {
      const next = (ids[k] as number) + 1;
      starts[next] = (starts[next] as number) + 1;
    }
  }
  for (let f = 0; f < features; f++) starts[f + 1] = (starts[f + 1] as number) + (starts[f] as number);
  const free = starts.slice();
  const size = starts[features] as number;
  const entries = chosen.length <= MOST_IN_16_BITS ? new Uint16Array(size) : new Int32Array(size);
  const turned = new Float32Array(size);
  for (let z = 0; z < chosen.length; z++) {
    const { from, to } = rangeIn(rows, chosen[z] as number, groups);
    for (let k = from; k < to; k++) {
      const id = ids[k] as number;
      const at = free[id] as number;
      free[id] = at + 1;
      entries[at] = z;
      turned[at] = values[k] as number;
    }
  }
  const lengths = Float32Array.from(chosen, (i) => rows.lengths[i] ?? 0);
  return { starts, entries, values: turned, lengths };
}
