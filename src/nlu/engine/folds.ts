import type { LabelledText } from "../types.ts";
import type { Trial } from "./calibrate.ts";
import { judge } from "./committee.ts";
import { type Corpus, evidence, knowsStrangers, learnFrom, OUT_OF_SCOPE, readCorpus } from "./learn.ts";
import { indexNearest } from "./nearest.ts";
import { drawn, lotOf, redraw } from "./random.ts";
import { vectorOf } from "./rows.ts";

/** The turn of chance by which examples are split; those of training come before. */
const SPLIT = 100;
const FOLDS = 5;
/** Calibration stops once it has this many trials: enough for a few numbers and a quantile. */
const ENOUGH_TRIALS = 800;
/** No fold of calibration tries more: what it doesn't try it learns from. */
const MOST_TRIALS = 3_000;
/** One intent in this many is held out whole in each fold: what its examples score is what the unknown scores. */
const HELD_OUT = 10;

/** A training example that a model trained on the others gets wrong: a label to check, or an intent to teach better. */
export interface Doubt extends LabelledText {
  /** What it was taken for; may be `oos`. */
  readonly takenFor: string;
}

interface Fold {
  readonly learning: number[];
  readonly trying: number[];
}

/** Splits the given examples; the intents' names are always learnt from, save those of intents held out. */
function foldOf(corpus: Corpus, folds: number, f: number, heldOut: ReadonlySet<number>): Fold {
  const learning: number[] = [];
  const trying: number[] = [];
  for (let i = 0; i < corpus.texts.length; i++) {
    if (i < corpus.given && redraw(corpus.rows.lots[i] ?? 0, SPLIT) % folds === f) trying.push(i);
    else if (!heldOut.has(corpus.labels[i] ?? 0)) learning.push(i);
  }
  return { learning, trying };
}

/** Cross-validates; without examples out of scope, with whole intents held out in their place. */
export function runTrials(corpus: Corpus): Trial[] {
  const { rows, labels } = corpus;
  const intents = corpus.intents.length;
  const turn = drawn(corpus.intents.map(lotOf), SPLIT);
  const folds = Math.max(FOLDS, Math.ceil(corpus.given / MOST_TRIALS));
  const trials: Trial[] = [];
  for (let f = 0; f < folds && trials.length < ENOUGH_TRIALS; f++) {
    const heldOut = new Set(
      intents < 4 || knowsStrangers(corpus) ? [] : turn.filter((_, z) => z % HELD_OUT === f),
    );
    const { learning, trying } = foldOf(corpus, folds, f, heldOut);
    const { pieces, committee } = learnFrom(corpus, learning, "trial");
    const nearest = indexNearest(pieces);
    for (const i of trying) {
      const label = labels[i] ?? 0;
      const held = heldOut.has(label);
      const right = held || label === intents ? -1 : label;
      trials.push({
        ...evidence(vectorOf(rows, i), committee, nearest, intents),
        right,
        heldOut: held,
      });
    }
  }
  return trials;
}

/** k-fold cross-validation on the training examples themselves; the same folds on every run. */
export function findDoubts(examples: readonly LabelledText[], folds = FOLDS): Doubt[] {
  const corpus = readCorpus(examples);
  const doubts: { at: number; doubt: Doubt }[] = [];
  for (let f = 0; f < folds; f++) {
    const { learning, trying } = foldOf(corpus, folds, f, new Set());
    const { committee } = learnFrom(corpus, learning, "trial");
    for (const i of trying) {
      const { scores } = judge(committee, vectorOf(corpus.rows, i));
      const best = scores.indexOf(Math.max(...scores));
      const example = examples[i];
      if (example === undefined || best === corpus.labels[i]) continue;
      doubts.push({ at: i, doubt: { ...example, takenFor: corpus.intents[best] ?? OUT_OF_SCOPE } });
    }
  }
  return doubts.sort((a, b) => a.at - b.at).map(({ doubt }) => doubt);
}
