import { normalise } from "../nlu/normalise.ts";
import type { FollowLexicon } from "./follow-lexicon.ts";
import { isMadeOf } from "./made-of.ts";
import { hasWord } from "./repair/lexicon.ts";

/** Letters of the longest message that is looked at: more tell a story. */
const AT_MOST = 80;
const CLAUSE = /,|(?<=\p{Script=Han}) (?=\p{Script=Han})/u;
/** 怎么不等了, 别叫我等, 搞定了吗: asked or demanded, not said. */
const ASKS = /怎么|咋|啥|什么|叫[我咱俺]|[吗么?？]/u;
/** 修好了再说, 你们解决了吗, "not working": the trouble isn't over. */
const NOT_YET = /[你您再该唔]|想(?!起)|\b(?:not|don't|dont|hard|difficult)\b/u;

/**
 * Whether a message only says that the trouble is over (`solved`), that nobody need come any more (`needless`), or
 * something that may mean so (`hopeful`: 门开了). Undefined where anything else is said in it.
 */
export function overIn(
  text: string,
  { solved, hopeful, subjects, dont, acts, withdraws, ok, fillers }: FollowLexicon,
): "solved" | "needless" | "hopeful" | undefined {
  if (text.length > AT_MOST || ASKS.test(text)) return undefined;
  const clauses = normalise(text)
    .split(CLAUSE)
    .map((clause) => clause.replace(/[~ ]+$/u, ""));
  const [first = "", ...reasons] = clauses;
  // 先不用，我老婆会弄: why, is theirs to say.
  const isWithdrawn = hasWord(first, withdraws) && isMadeOf(first, [...withdraws, ...ok, ...fillers]);
  if (isWithdrawn && reasons.length > 0) return "needless";
  const all = [...solved, ...hopeful, ...subjects, ...dont, ...acts, ...ok, ...fillers];
  if (!clauses.every((clause) => isMadeOf(clause, all))) return undefined;
  const says = (words: readonly string[]) => clauses.filter((clause) => hasWord(clause, words));
  if (says([...solved, ...hopeful]).some((clause) => NOT_YET.test(clause))) return undefined;
  if (says(solved).length > 0) return "solved";
  if (says(dont).some((clause) => hasWord(clause, acts))) return "needless";
  return says(hopeful).length > 0 ? "hopeful" : undefined;
}
