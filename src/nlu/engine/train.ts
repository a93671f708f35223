import type { LabelledText } from "../types.ts";
import { type Calibration, calibrate } from "./calibrate.ts";
import { runTrials } from "./folds.ts";
import { knowsStrangers, type Learned, learnFrom, readCorpus } from "./learn.ts";
import { type PackedStrings, packStrings } from "./packed.ts";
import type { Rarity, Vocabulary } from "./vocabulary.ts";

/** All that is learnt; plain data. `createClassifier` makes a classifier of it, `saveModel` bytes. */
export interface Model extends Learned {
  /** Sorted, without `oos`, which is one class more where training had examples of it. */
  readonly intents: readonly string[];
  readonly vocabulary: Vocabulary;
  readonly rarity: Rarity;
  readonly calibration: Calibration;
  /** The examples, in the order of `pieces`. */
  readonly texts: PackedStrings;
  /** Index into `intents` of each; `intents.length` for out of scope. */
  readonly labels: Uint16Array;
}

/**
 * Trains on any texts, in Chinese, English or both; the intent `oos` marks examples that belong to none.
 * Deterministic. Throws if there is no example of an intent.
 */
export function trainModel(examples: readonly LabelledText[]): Model {
  const corpus = readCorpus(examples);
  const { intents, vocabulary, rarity, texts, labels } = corpus;
  const calibration = calibrate(runTrials(corpus));
  // Where no intent was held out, the last trial's SVM lacks nothing but the examples tried.
  const begin = knowsStrangers(corpus) ? "on" : "anew";
  const learned = learnFrom(corpus, Array.from(texts.keys()), begin);
  return {
    ...learned,
    intents,
    vocabulary,
    rarity,
    calibration,
    texts: packStrings(texts),
    labels,
  };
}
