import type { IntentId } from "../knowledge/types.ts";

/** How an utterance is written. */
export type TextLang = "zh" | "zh-Hant" | "en" | "pinyin";

export interface LabelledText {
  readonly text: string;
  readonly intent: string;
}

export interface RankedIntent<I extends string = string> {
  readonly intent: I;
  /** Probability that this is the right intent, calibrated, 0–1. */
  readonly confidence: number;
}

/** Why the classifier ranked as it did: enough to explain a reply to a person. */
export interface Why {
  /** The characters that pinyin was read as. */
  readonly readAs?: string;
  readonly nearest: readonly {
    readonly text: string;
    readonly intent: string;
    readonly similarity: number;
  }[];
  readonly words: readonly { readonly word: string; readonly weight: number }[];
  readonly runnersUp: readonly { readonly intent: string; readonly behind: number }[];
}

export interface Classification<I extends string = string> {
  /** Best first; never empty for a trained model. */
  readonly ranked: readonly RankedIntent<I>[];
  /** False where the text is unlike anything trained on. */
  readonly inScope: boolean;
  readonly why: () => Why;
}

/** A trained intent classifier. */
export interface Classifier<I extends string = string> {
  classify(text: string): Classification<I>;
}

/**
 * What the human-request detector heard. `maybe` puts the human button first; `about` is a person spoken of and not
 * asked for (their hours, their fee), `none` nobody at all.
 */
export interface HumanVerdict {
  readonly kind: "request" | "cancel" | "maybe" | "about" | "none";
  /** A request read from so few words that a long story may have them in passing. */
  readonly isLoose?: boolean;
  /** The rule and the words it matched, for `why`. */
  readonly why: string;
}

export interface HumanDetector {
  detect(text: string): HumanVerdict;
}

/** Parsed `data/lexicon/human.yaml`; `humanLexiconSchema` checks it. */
export type HumanLexicon = import("./human/lexicon.ts").HumanLexicon;

/** An utterance, understood: what the dialogue decides from. */
export interface Nlu {
  readonly classifier: Classifier<IntentId>;
  readonly human: HumanDetector;
}
