import {
  ALONE,
  coupleIn,
  couplesIn,
  type GrowingCouples,
  growCouples,
  type PackedCouples,
  packCouples,
} from "./couples.ts";
import { createReader, extract, type Features, GROUPS, PAIRS, PIECES, type Span } from "./features.ts";
import { countOf, type GrowingIndex, growIndex, numberIn, type PackedIndex } from "./packed.ts";

/** This and all below are features that the vocabulary doesn't hold. */
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

/**
 * Above this many features the rare are left out: they can't generalise, and cost memory. Rare is what occurs in
 * one example, and for a pair of words in two.
 */
const ROOMY = 40_000;
const LEAST = 2;
/** More than there are units in any vocabulary. */
const MOST_UNITS = 2 ** 26;

/** What features are made of, by name, and the features, each of one unit or two. */
export interface Vocabulary {
  readonly units: PackedIndex;
  readonly features: PackedCouples;
}

export const featuresIn = ({ features }: Vocabulary): number => couplesIn(features);

/**
 * Numbers the features of all texts; no two share a number, so that each weight can be named. A text is read only
 * when its turn comes: the features of all would fill the memory.
 */
export function encodeAll(texts: readonly string[]): { vocabulary: Vocabulary; encoded: Encoded[] } {
  const units = growIndex();
  const features = growCouples();
  const read = createReader(units.numberOf);
  const places = growPlaces();
  const encoded = texts.map((text) => encodeWith(extract(text, read), features.numberOf, places));
  const isKept = features.count > ROOMY ? common(encoded, features.count) : () => true;
  return { vocabulary: packVocabulary(units, features, renumber(encoded, features.count, isKept)), encoded };
}

export function encode(cut: readonly string[], form: readonly string[], vocabulary: Vocabulary): Encoded {
  const known = countOf(vocabulary.units);
  const strange = new Map<string, number>();
  const unitOf = (unit: string): number => {
    const number = numberIn(vocabulary.units, unit) ?? strange.get(unit) ?? known + strange.size;
    if (number >= known) strange.set(unit, number);
    return number;
  };
  const unknown = new Map<number, number>();
  const numberOf = (first: number, second: number): number => {
    const number = coupleIn(vocabulary.features, first, second);
    if (number >= 0) return number;
    const key = first * MOST_UNITS + second;
    const before = unknown.get(key) ?? UNKNOWN - unknown.size;
    unknown.set(key, before);
    return before;
  };
  return encodeWith(createReader(unitOf)(cut, form), numberOf, new Map<number, number>());
}

/** Where a feature stands in the text being read; whatever it is for one not in it. */
interface Places {
  get(feature: number): number | undefined;
  set(feature: number, place: number): void;
}

/** Never emptied: what is left of other texts is told by what stands there. */
function growPlaces(): Places {
  let places = new Int32Array(1 << 10);
  return {
    get: (feature) => places[feature],
    set(feature, place) {
      if (feature >= places.length) {
        const more = new Int32Array(2 * feature);
        more.set(places);
        places = more;
      }
      places[feature] = place;
    },
  };
}

function encodeWith(
  features: Features,
  numberOf: (first: number, second: number) => number,
  places: Places,
): Encoded {
  const ids: number[] = [];
  const counts: number[] = [];
  const ends: number[] = [];
  for (const [g, group] of features.entries()) {
    for (let k = 0; k < group.length; k += 2) {
      const id = numberOf(group[k] as number, group[k + 1] as number);
      const place = places.get(id) ?? ids.length;
      if (ids[place] !== id) {
        places.set(id, ids.length);
        ids.push(id);
        counts.push(1);
      } else if (g !== PAIRS.first) counts[place] = (counts[place] as number) + 1;
    }
    ends.push(ids.length);
  }
  return {
    ids: Int32Array.from(ids),
    frequencies: Float32Array.from(counts, (count) => (count === 1 ? 1 : 1 + Math.log(count))),
    ends,
  };
}

/** Which features aren't rare. */
function common(encoded: readonly Encoded[], features: number): (feature: number) => boolean {
  const seen = countExamples(encoded, features);
  const isPair = new Uint8Array(features);
  for (const { ids, ends } of encoded)
    for (let k = ends[PAIRS.first - 1] ?? 0; k < (ends[PAIRS.end - 1] ?? 0); k++) isPair[ids[k] ?? 0] = 1;
  return (feature) => (seen[feature] ?? 0) >= LEAST + (isPair[feature] ?? 0);
}

/** Gives the features kept new numbers in the texts, in place. Returns their former ones. */
function renumber(
  encoded: readonly Encoded[],
  features: number,
  isKept: (feature: number) => boolean,
): Int32Array {
  const kept = Int32Array.from({ length: features }, (_, i) => i).filter(isKept);
  const renumbered = new Int32Array(features).fill(UNKNOWN);
  for (const [number, former] of kept.entries()) renumbered[former] = number;
  for (const { ids } of encoded)
    for (let k = 0; k < ids.length; k++) ids[k] = renumbered[ids[k] as number] as number;
  return kept;
}

function packVocabulary(units: GrowingIndex, features: GrowingCouples, kept: Int32Array): Vocabulary {
  const parts = new Int32Array(2 * kept.length);
  for (const [i, feature] of kept.entries())
    parts.set(features.parts.subarray(2 * feature, 2 * feature + 2), 2 * i);
  const isUsed = new Uint8Array(units.count);
  for (const part of parts) if (part !== ALONE) isUsed[part] = 1;
  let used = 0;
  const renumbered = Int32Array.from(isUsed, (use) => (use === 1 ? used++ : ALONE));
  return {
    units: units.pack((unit) => isUsed[unit] === 1),
    features: packCouples(parts.map((part) => renumbered[part] ?? ALONE)),
  };
}

function countExamples(encoded: Iterable<Encoded>, features: number): Int32Array {
  const seen = new Int32Array(features);
  for (const { ids } of encoded) for (const id of ids) if (id >= 0) seen[id] = (seen[id] ?? 0) + 1;
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
      const known = id < 0 ? 0 : (rarity.of[id] ?? 0);
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
