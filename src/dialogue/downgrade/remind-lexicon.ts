import { z } from "zod";
import { normalise } from "../../nlu/normalise.ts";
import { hasWord, wordList } from "../repair/lexicon.ts";

/** The shape of `data/lexicon/reminders.yaml`. */
export const reminderLexiconSchema = z.strictObject({
  callback: wordList,
  broken: wordList,
  charge: wordList,
  ends: wordList,
  window: wordList,
  complained: wordList,
  asked: wordList,
  asked_at: wordList,
  not_asked: wordList,
  told_of: wordList,
  back: wordList,
  list: wordList,
  take: wordList,
  done: wordList,
  not_done: wordList,
  put_off: wordList,
});

/** Parsed `data/lexicon/reminders.yaml`. */
export type ReminderLexicon = z.infer<typeof reminderLexiconSchema>;

/** Whether a message says that what was promised didn't come: its time was over when they wrote. */
export function isBroken(text: string, { broken }: ReminderLexicon): boolean {
  return hasWord(normalise(text), broken);
}
