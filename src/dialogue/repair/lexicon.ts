import { z } from "zod";
import { normalise } from "../../nlu/normalise.ts";

/** Words with commas between them, compared as {@link normalise} writes them. */
export const wordList = z.string().transform((text, context) => {
  const list = text.split(",").map((word) => normalise(word));
  if (list.includes("")) context.addIssue({ code: "custom", message: "an empty word between two commas" });
  return list;
});

/** The shape of `data/lexicon/repair.yaml`. */
export const repairLexiconSchema = z.strictObject({
  symptoms: wordList,
  vague: wordList,
  locked: wordList,
  times: wordList,
  available: wordList,
  skip: wordList,
  done: wordList,
  stop: wordList,
  questions: wordList,
  people: wordList,
  trapped: wordList,
});

/** Parsed `data/lexicon/repair.yaml`. */
export type RepairLexicon = z.infer<typeof repairLexiconSchema>;

const HAN = /\p{Script=Han}/u;

/** Whether a normalised text has one of the words: Chinese anywhere, others as words of their own. */
export function hasWord(normalised: string, list: readonly string[]): boolean {
  const spaced = ` ${normalised.replaceAll(",", " ")} `;
  return list.some((word) => (HAN.test(word) ? normalised.includes(word) : spaced.includes(` ${word} `)));
}

/** Whether a message is, as a whole, one of the words: 跳过, 跳过吧, "Skip.". */
export function isOneOf(text: string, list: readonly string[]): boolean {
  const said = normalise(text);
  return list.includes(said) || list.includes(said.replace(/[,~ ]*[吧了啊呀啦]?[,~ ]*$/u, ""));
}
