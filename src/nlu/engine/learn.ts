import type { LabelledText } from "../types.ts";
import type { Evidence } from "./calibrate.ts";
import { type Committee, judge, netsFor, trainCommittee } from "./committee.ts";
import { extract, PAIRS, PIECES, SAID, type Span, WORDS } from "./features.ts";
import { shareOf } from "./linear.ts";
import type { NearestIndex } from "./nearest.ts";
import { countOf, type PackedIndex } from "./packed.ts";
import type { Weights } from "./svm.ts";
import {
  type Columns,
  type Encoded,
  encodeAll,
  invert,
  measureRarity,
  partOf,
  type Rarity,
  type Rows,
  rangeOf,
  type SparseVector,
  toRows,
  vectorise,
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
  readonly vocabulary: PackedIndex;
  readonly encoded: readonly Encoded[];
  /** The first so many texts are examples that somebody gave; the rest are intents' names. */
  readonly given: number;
  /** Where each linear model in turn is worked out: the largest array of all, so it's made once. */
  readonly room: Weights;
}

/** What has been learnt from some of a corpus. */
export interface Learned {
  readonly rarity: Rarity;
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
  const { vocabulary, encoded } = encodeAll(texts.map((text) => () => extract(text)));
  const room = new Float32Array((countOf(vocabulary) + 1) * classesOf(labels));
  return { intents, texts, labels, vocabulary, encoded, given: examples.length, room };
}

/** The intents, and out of scope if there are examples of it. */
const classesOf = (labels: Uint16Array): number =>
  labels.reduce((most, label) => Math.max(most, label), 0) + 1;

/** An intent's name is one more example: card_arrival says what it is about. */
function spelledOut(intent: string): string {
  return intent.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[^\p{L}\p{N}]+/gu, " ");
}

/** `pace` quick: at most one net, for cross-validation. */
export function learnFrom(
  { encoded, labels, vocabulary, room }: Corpus,
  learning: readonly number[],
  pace: "quick" | "thorough",
): Learned {
  const classes = classesOf(labels);
  const texts = learning.map((i) => encoded[i] as Encoded);
  const rarity = measureRarity(texts, countOf(vocabulary));
  const vectorAt = (i: number): SparseVector => vectorise(texts[i] as Encoded, rarity);
  const rowsOf = (groups: Span): Rows => toRows(texts.length, (i) => partOf(vectorAt(i), groups));
  const meant = netsFor(encoded.length);
  const nets = { trained: pace === "quick" ? Math.min(1, meant) : meant, meant };
  const own = Uint16Array.from(learning, (i) => labels[i] ?? 0);
  const whole = toRows(texts.length, vectorAt);
  const said = (): Rows => rowsOf(SAID);
  const committee = trainCommittee(room, whole, said, own, classes, countOf(vocabulary), nets);
  return { rarity, committee, pieces: invert(rowsOf(PIECES), countOf(vocabulary)) };
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
  const best = Math.max(...linear.subarray(0, intents));
  const of = linear.indexOf(best);
  const shareIn = (span: Span): number => shareOf(committee.linear, vector, { ...rangeOf(vector, span), of });
  return {
    margins: scores.subarray(0, intents),
    best: best - CHANCE * (shareIn(WORDS) + shareIn(PAIRS)),
    outside: linear[intents] ?? 0,
    nearest: nearest(vector, 1)[0]?.similarity ?? 0,
  };
}
