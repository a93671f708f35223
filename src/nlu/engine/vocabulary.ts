import { type Features, GROUPS, PAIRS, PIECES, type Span } from "./features.ts";
import { type GrowingIndex, growIndex, numberIn, type PackedIndex } from "./packed.ts";

/** A feature that the vocabulary doesn't hold. */
const UNKNOWN = -1;

/** A text with its features as numbers, group by group: group `g` is `ends[g - 1]` to `ends[g]`. */
export interface Encoded {
  readonly ids: Int32Array;
  /** 1 + ln(how often the feature occurs in the text). */
  readonly frequencies: Float32Array;
  readonly ends: readonly number[];
}

/** The weight of each feature by its rarity in a set of examples; 0 for one not among them. */
export interface Rarity {
  readonly of: Float32Array;
  /** Given to a feature never seen. */
  readonly unseen: number;
}

export interface SparseVector {
  readonly ids: Int32Array;
  readonly values: Float32Array;
  /** Group by group: group `g` is `ends[g - 1]` to `ends[g]`. */
  readonly ends: readonly number[];
  /** The length that the {@link PIECES} would have with the unknown ones beside them: what a cosine divides by. */
  readonly length: number;
}

/** Sparse rows, one after the other: row `i` is `starts[i]` to `starts[i + 1]`. */
export interface Entries {
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

/**
 * Above this many features the rare are left out: they can't generalise, and cost memory. Rare is what occurs in
 * one example, and for a pair of words in two.
 */
const ROOMY = 40_000;
const LEAST = 2;

/**
 * Numbers the features of all texts; no two share a number, so that each weight can be named. A text is read only
 * when its turn comes: the strings of all would fill the memory.
 */
export function encodeAll(reading: Iterable<() => Features>): {
  vocabulary: PackedIndex;
  encoded: Encoded[];
} {
  const index = growIndex();
  const encoded: Encoded[] = [];
  for (const read of reading) encoded.push(encodeWith(read(), index.numberOf));
  return index.count > ROOMY ? withoutRare(index, encoded) : { vocabulary: index.pack(() => true), encoded };
}

export function encode(features: Features, vocabulary: PackedIndex): Encoded {
  return encodeWith(features, (feature) => numberIn(vocabulary, feature) ?? UNKNOWN);
}

function encodeWith(features: Features, numberOf: (feature: string) => number): Encoded {
  const ids: number[] = [];
  const frequencies: number[] = [];
  const ends: number[] = [];
  for (const group of features) {
    const counts = new Map<string, number>();
    for (const feature of group) counts.set(feature, (counts.get(feature) ?? 0) + 1);
    for (const [feature, count] of counts) {
      ids.push(numberOf(feature));
      frequencies.push(1 + Math.log(count));
    }
    ends.push(ids.length);
  }
  return { ids: Int32Array.from(ids), frequencies: Float32Array.from(frequencies), ends };
}

function withoutRare(
  index: GrowingIndex,
  encoded: readonly Encoded[],
): { vocabulary: PackedIndex; encoded: Encoded[] } {
  const seen = countExamples(encoded, index.count);
  const isPair = new Uint8Array(index.count);
  for (const { ids, ends } of encoded)
    for (let k = ends[PAIRS.first - 1] ?? 0; k < (ends[PAIRS.end - 1] ?? 0); k++) isPair[ids[k] ?? 0] = 1;
  const isKept = (id: number): boolean => (seen[id] ?? 0) >= LEAST + (isPair[id] ?? 0);
  const renumbered = new Int32Array(index.count).fill(UNKNOWN);
  let next = 0;
  for (let id = 0; id < index.count; id++) if (isKept(id)) renumbered[id] = next++;
  for (const { ids } of encoded)
    for (let k = 0; k < ids.length; k++) ids[k] = renumbered[ids[k] ?? 0] ?? UNKNOWN;
  return { vocabulary: index.pack(isKept), encoded: [...encoded] };
}

function countExamples(encoded: Iterable<Encoded>, features: number): Int32Array {
  const seen = new Int32Array(features);
  for (const { ids } of encoded) for (const id of ids) if (id !== UNKNOWN) seen[id] = (seen[id] ?? 0) + 1;
  return seen;
}

/** Inverse document frequency to the power ½: the plain one lets rare words rule short texts. */
export function measureRarity(encoded: readonly Encoded[], features: number): Rarity {
  const weigh = (examples: number): number => Math.sqrt(1 + Math.log(encoded.length / examples));
  const seen = countExamples(encoded, features);
  return {
    of: Float32Array.from(seen, (examples) => (examples === 0 ? 0 : weigh(examples))),
    unseen: weigh(1),
  };
}

/**
 * A text as a vector. Each group has the length of its weight, but features never seen count in that length
 * and bring nothing else: a text unlike anything trained on shrinks toward zero, which is how it's told apart.
 */
export function vectorise({ ids, frequencies, ends }: Encoded, rarity: Rarity): SparseVector {
  const outIds: number[] = [];
  const outValues: number[] = [];
  const outEnds: number[] = [];
  let length = 0;
  let from = 0;
  for (let g = 0; g < GROUPS.length; g++) {
    const to = ends[g] ?? from;
    const weight = GROUPS[g]?.weight ?? 0;
    const first = outValues.length;
    let squares = 0;
    for (let k = from; k < to; k++) {
      const id = ids[k] ?? UNKNOWN;
      const known = id === UNKNOWN ? 0 : (rarity.of[id] ?? 0);
      const value = (frequencies[k] ?? 0) * (known || rarity.unseen);
      squares += value * value;
      if (known === 0) continue;
      outIds.push(id);
      outValues.push(value);
    }
    if (squares > 0 && g >= PIECES.first && g < PIECES.end) length += weight * weight;
    const scale = squares > 0 ? weight / Math.sqrt(squares) : 0;
    for (let k = first; k < outValues.length; k++) outValues[k] = (outValues[k] ?? 0) * scale;
    outEnds.push(outValues.length);
    from = to;
  }
  return {
    ids: Int32Array.from(outIds),
    values: Float32Array.from(outValues),
    ends: outEnds,
    length: Math.sqrt(length),
  };
}

/** Where the entries of some groups begin and end. */
export function rangeOf({ ends }: SparseVector, { first, end }: Span): { from: number; to: number } {
  return { from: ends[first - 1] ?? 0, to: ends[end - 1] ?? 0 };
}

/** What a vector has in some groups alone. */
export function partOf(vector: SparseVector, span: Span): SparseVector {
  const { from, to } = rangeOf(vector, span);
  const { ids, values, length } = vector;
  const ends = vector.ends.map((end) => Math.min(Math.max(end, from), to) - from);
  return { ids: ids.subarray(from, to), values: values.subarray(from, to), ends, length };
}

/** Texts as vectors. */
export function toRows(texts: readonly Encoded[], rarity: Rarity): Rows {
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
  return { starts, ids: ids.subarray(0, total), values: values.subarray(0, total), ends, lengths };
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
  return { starts, ids, values };
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
