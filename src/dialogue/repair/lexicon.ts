import { z } from "zod";
import { normalise } from "../../nlu/normalise.ts";

/** Words with commas between them, compared as {@link normalise} writes them. */
const words = z.string().transform((text, context) => {
  const list = text.split(",").map((word) => normalise(word));
  if (list.includes("")) context.addIssue({ code: "custom", message: "an empty word between two commas" });
  return list;
});

/** The shape of `data/lexicon/repair.yaml`. */
export const repairLexiconSchema = z.strictObject({
  symptoms: words,
  vague: words,
  locked: words,
  times: words,
  available: words,
  skip: words,
  done: words,
  stop: words,
  questions: words,
});

/** Parsed `data/lexicon/repair.yaml`. */
export type RepairLexicon = z.infer<typeof repairLexiconSchema>;

const HAN = /\p{Script=Han}/u;

/** Whether a normalised text has one of the words: Chinese anywhere, others as words of their own. */
export function hasWord(normalised: string, list: readonly string[]): boolean {
  const spaced = ` ${normalised.replaceAll(",", " ")} `;
  return list.some((word) => (HAN.test(word) ? normalised.includes(word) : spaced.includes(` ${word} `)));
}
