import { normalise } from "../normalise.ts";
import type { Classification, Classifier, RankedIntent, Why } from "../types.ts";
import { probabilities } from "./calibrate.ts";
import { judge } from "./committee.ts";
import { formOf, words } from "./features.ts";
import { evidence, OUT_OF_SCOPE } from "./learn.ts";
import { indexNearest } from "./nearest.ts";
import { stringAt } from "./packed.ts";
import type { Model } from "./train.ts";
import { encode, type SparseVector, vectorise } from "./vocabulary.ts";

const NEAREST_SHOWN = 5;
const WORDS_SHOWN = 8;
/** Each word weighed costs another judgement: a pasted page is explained by its beginning, or it holds everybody up. */
const WORDS_WEIGHED = 48;
const RUNNERS_UP_SHOWN = 3;

export interface ScopedClassification<I extends string = string> extends Classification<I> {
  /** Probability that the text belongs to any intent at all, 0–1: what `inScope` is decided by. */
  readonly scope: number;
}

export interface TrainedClassifier<I extends string = string> extends Classifier<I> {
  classify(text: string): ScopedClassification<I>;
  /** A text whose `scope` is below this is out of scope. */
  readonly threshold: number;
}

/**
 * A classifier of a trained model. `ranked` holds every intent but `oos`; `confidence` is the calibrated
 * probability, which leaves room for "none of these". `why` works only when called.
 */
export function createClassifier<I extends string = string>(model: Model): TrainedClassifier<I> {
  const { vocabulary, rarity, committee, calibration, pieces, texts, labels } = model;
  const intents = model.intents as readonly I[];
  const nearest = indexNearest(pieces);
  const vectorOf = (cut: readonly string[], form: readonly string[]): SparseVector =>
    vectorise(encode(cut, form, vocabulary), rarity);

  function explain(
    cut: readonly string[],
    form: readonly string[],
    vector: SparseVector,
    ranked: readonly RankedIntent<I>[],
  ): Why {
    const [top, ...others] = ranked;
    const winner = top === undefined ? 0 : intents.indexOf(top.intent);
    const full = judge(committee, vector).scores[winner] ?? 0;
    const weigh = (left: number): number =>
      full -
      (judge(
        committee,
        vectorOf(
          cut.filter((_, i) => i !== left),
          form,
        ),
      ).scores[winner] ?? 0);
    return {
      nearest: nearest(vector, NEAREST_SHOWN).map(({ example, similarity }) => ({
        text: stringAt(texts, example),
        intent: intents[labels[example] ?? 0] ?? OUT_OF_SCOPE,
        similarity,
      })),
      words: cut
        .slice(0, WORDS_WEIGHED)
        .map((word, i) => ({ word, weight: weigh(i) }))
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
        .slice(0, WORDS_SHOWN),
      runnersUp: others
        .slice(0, RUNNERS_UP_SHOWN)
        .map(({ intent, confidence }) => ({ intent, behind: (top?.confidence ?? 0) - confidence })),
    };
  }

  return {
    threshold: calibration.threshold,
    classify(text: string): ScopedClassification<I> {
      const cut = words(normalise(text));
      const form = formOf(text, cut);
      const vector = vectorOf(cut, form);
      const seen = evidence(vector, committee, nearest, intents.length);
      const chances = probabilities(seen, calibration);
      const ranked = intents
        .map((intent, i) => ({ intent, confidence: chances.intents[i] ?? 0 }))
        .sort((a, b) => b.confidence - a.confidence);
      return {
        ranked,
        scope: chances.inScope,
        inScope: seen.nearest > 0 && chances.inScope >= calibration.threshold,
        why: () => explain(cut, form, vector, ranked),
      };
    },
  };
}
