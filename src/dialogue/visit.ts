import { normalise } from "../nlu/normalise.ts";
import { bareForms } from "./follow-lexicon.ts";
import { isShort } from "./length.ts";
import { isMadeOf } from "./made-of.ts";
import type { Mind } from "./mind.ts";
import { hasWord } from "./repair/lexicon.ts";

/** 周末也来？, 礼拜天来不来, "sundays too?" */
const ASKS = /[?？吗么嘛]|(?<verb>\p{Script=Han})[不没唔]\k<verb>|[不没冇]$|(?<![a-z])ma$/u;

/** “行 那约明天”, 给我派个师傅, "book it": whole words for it, or made of them, whenever it should be. */
export function asksForVisit(text: string, { knowledge: { followLexicon, repairLexicon } }: Mind): boolean {
  if (!isShort(text)) return false;
  const untimed = repairLexicon.times
    .reduce((rest, word) => rest.replaceAll(word, ""), normalise(text))
    .replaceAll(",", " ")
    .replace(/\b(?:for|on|at|in|by)\s*$/u, "")
    .trim();
  const forms = bareForms(untimed, followLexicon);
  if (followLexicon.book.some((word) => forms.has(word))) return true;
  const { lead, tail, bring, visit, visitor } = followLexicon;
  return (
    hasWord(untimed, bring) &&
    hasWord(untimed, [...visit, ...visitor]) &&
    isMadeOf(untimed, [...bring, ...visit, ...visitor, ...lead, ...tail])
  );
}

/** 周末也来？ after a place: which days and hours, not a visit. */
export function asksWhen(text: string, { knowledge: { followLexicon } }: Mind): boolean {
  if (!isShort(text) || !ASKS.test(text.trim())) return false;
  const { lead, tail, visit, recurring, asking } = followLexicon;
  const said = normalise(text).replaceAll(",", " ");
  return hasWord(said, recurring) && isMadeOf(said, [...recurring, ...visit, ...asking, ...lead, ...tail]);
}
