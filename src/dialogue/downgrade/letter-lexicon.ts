import { z } from "zod";
import { wordList } from "../repair/lexicon.ts";

/** The shape of `data/lexicon/letter.yaml`. */
export const letterLexiconSchema = z.strictObject({
  write: wordList,
  letter: wordList,
  how: wordList,
  us: wordList,
  negated: wordList,
  named: wordList,
  skip: wordList,
  none: wordList,
  write_now: wordList,
  stop: wordList,
  entry: wordList,
  entries: wordList,
  told: wordList,
  counted: wordList,
  wanted: wordList,
});

/** Parsed `data/lexicon/letter.yaml`. */
export type LetterLexicon = z.infer<typeof letterLexiconSchema>;
