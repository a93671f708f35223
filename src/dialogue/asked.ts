import { z } from "zod";
import { INTENT_IDS, type IntentId } from "../knowledge/types.ts";
import { normalise } from "../nlu/normalise.ts";
import type { RankedIntent } from "../nlu/types.ts";
import { hasWord, wordList } from "./repair/lexicon.ts";

/** The shape of `data/lexicon/asked.yaml`. */
export const askedLexiconSchema = z.array(
  z.strictObject({ intent: z.enum(INTENT_IDS), words: wordList, over: z.array(z.enum(INTENT_IDS)) }),
);

/** Parsed `data/lexicon/asked.yaml`. */
export type AskedLexicon = z.infer<typeof askedLexiconSchema>;

type Ranked = readonly RankedIntent<IntentId>[];

/**
 * What a message may mean once its asking words are weighed: a linear model adds up what is asked and what it is asked
 * of, and the latter is often longer. The intent that they name takes all the confidence of those it stands over.
 */
export function byWhatIsAsked(text: string, ranked: Ranked, lexicon: AskedLexicon): Ranked {
  const [best] = ranked;
  if (best === undefined) return ranked;
  const said = normalise(text);
  const rule = lexicon.find(({ words, over }) => over.includes(best.intent) && hasWord(said, words));
  if (rule === undefined) return ranked;
  const isOf = ({ intent }: RankedIntent<IntentId>) => intent === rule.intent || rule.over.includes(intent);
  const confidence = ranked.filter(isOf).reduce((sum, each) => sum + each.confidence, 0);
  const asked = { intent: rule.intent, confidence: Math.min(confidence, 1) };
  return [asked, ...ranked.filter((each) => !isOf(each))];
}
