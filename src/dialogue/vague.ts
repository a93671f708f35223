import { normalise } from "../nlu/normalise.ts";
import { isNumber } from "./choice.ts";
import type { FollowLexicon } from "./follow-lexicon.ts";
import { isMadeOf } from "./made-of.ts";
import { hasWord } from "./repair/lexicon.ts";

/** Letters of the longest message that is looked at: more tell something. */
const AT_MOST = 60;

/**
 * “就是那个嘛”, "you know, that thing from before": words that point at something unsaid, and others that mean nothing
 * without it; or a number where none was offered. However alike the examples may be, nothing can be told from it.
 */
export function isVague(text: string, { points, fillers, wait }: FollowLexicon): boolean {
  if (text.length > AT_MOST) return false;
  if (isNumber(text)) return true;
  const said = normalise(text).replace(/[~ ,]+$/u, "");
  return wait.includes(said) || (hasWord(said, points) && isMadeOf(said, [...points, ...fillers]));
}
