import type { LabelledText } from "../types.ts";
import type { Evidence } from "./calibrate.ts";
import { type Committee, judge, trainCommittee } from "./committee.ts";
import { PAIRS, PIECES, type Span, WORDS } from "./features.ts";
import { type Begin, shareOf } from "./linear.ts";
import type { NearestIndex } from "./nearest.ts";
import { lotOf } from "./random.ts";
import { type Columns, invert, type Rows, toRows } from "./rows.ts";
import { type SvmRoom, svmRoom } from "./svm.ts";
import {
  encodeAll,
  featuresIn,
  measureRarity,
  type Rarity,
  rangeOf,
  type SparseVector,
  type Vocabulary,
} from "./vocabulary.ts";

/** The intent of texts that belong to none. */
export const OUT_OF_SCOPE = "oos";

/** Examples, read once; every model of cross-validation and the final one learn from the same reading. */
export interface Corpus {
  /** Sorted, without {@link OUT_OF_SCOPE}. */
  readonly intents: readonly string[];
  readonly texts: readonly string[];
  /** Index into `intents` of each text; `intents.length` for out of scope. */
  readonly labels: Uint16Array;
  readonly vocabulary: Vocabulary;
  readonly rarity: Rarity;
  readonly rows: Rows;
  /** The first so many texts are examples that somebody gave; the rest are intents' names. */
  readonly given: number;
  readonly room: SvmRoom;
}

/** What has been learnt from some of a corpus. */
export interface Learned {
  /** The examples' {@link PIECES}: all that the nearest are found by. */
  readonly pieces: Columns;
  readonly committee: Committee;
}

/** Throws if there's no example of an intent. */
export function readCorpus(examples: readonly LabelledText[]): Corpus {
  const intents = [...new Set(examples.map(({ intent }) => intent))]
    .filter((intent) => intent !== OUT_OF_SCOPE)
    .sort();
  if (intents.length === 0)
    throw new RangeError("a classifier needs examples of at least one intent: got none");
  const indexOf = new Map(intents.map((intent, i) => [intent, i]));
  const all = [...examples, ...intents.map((intent) => ({ text: spelledOut(intent), intent }))];
  const labels = Uint16Array.from(all, ({ intent }) => indexOf.get(intent) ?? intents.length);
  const texts = all.map(({ text }) => text);
  const { vocabulary, encoded } = encodeAll(texts);
  const features = featuresIn(vocabulary);
  const rarity = measureRarity(encoded, features);
  const rows = toRows(encoded, rarity, Uint32Array.from(texts, lotOf));
  const room = svmRoom(texts.length, classesOf(labels), features);
  return { intents, texts, labels, vocabulary, rarity, rows, given: examples.length, room };
}

/** The intents, and out of scope if there are examples of it. */
const classesOf = (labels: Uint16Array): number =>
  labels.reduce((most, label) => Math.max(most, label), 0) + 1;

/** An intent's name is one more example: card_arrival says what it is about. */
function spelledOut(intent: string): string {
  return intent.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[^\p{L}\p{N}]+/gu, " ");
}

/** Whether some examples belong to no intent. */
export const knowsStrangers = ({ intents, labels }: Corpus): boolean => labels.includes(intents.length);

export function learnFrom(
  { intents, rows, labels, vocabulary, room }: Corpus,
  learning: readonly number[],
  begin: Begin,
): Learned {
  return {
    committee: trainCommittee(room, rows, labels, learning, { begin, strange: intents.length }),
    pieces: invert(rows, learning, PIECES, featuresIn(vocabulary)),
  };
}

/**
 * What is taken off the share of words and pairs when asking whether a text belongs to any intent: one of them shared by
 * chance lifts a stranger's margin more than pieces do. Measured in bench/results/nlu.md.
 */
const CHANCE = 0.4;

/** What a trained model sees in a text: the same in calibration and in use. */
export function evidence(
  vector: SparseVector,
  committee: Committee,
  nearest: NearestIndex,
  intents: number,
): Evidence {
  const { scores, linear } = judge(committee, vector);
  const margins = scores.subarray(0, intents);
  const best = Math.max(...margins);
  const of = margins.indexOf(best);
  const shareIn = (span: Span): number => shareOf(committee.linear, vector, { ...rangeOf(vector, span), of });
  return {
    margins,
    best: best - CHANCE * (shareIn(WORDS) + shareIn(PAIRS)),
    outside: linear[intents] ?? 0,
    nearest: nearest(vector, 1)[0]?.similarity ?? 0,
  };
}
