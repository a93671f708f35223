import { normalise } from "../nlu/normalise.ts";
import type { FollowLexicon } from "./follow-lexicon.ts";
import { isMadeOf } from "./made-of.ts";
import { hasWord } from "./repair/lexicon.ts";

/** Letters of the longest message that is looked at: more tell a story. */
const AT_MOST = 80;
const CLAUSE = /,|(?<=\p{Script=Han}) (?=\p{Script=Han})/u;
/** 怎么不等了, 别叫我等, 搞定了吗: asked or demanded, not said. */
const ASKS = /怎么|咋|啥|什么|叫[我咱俺]|[吗么?？]/u;
/** 算了，等吧, "no thanks, keep me in line", 别取消: they want their place. */
const WAITS =
  /(?<!不想|[不用别莫甭])等(?!一下)|排着|快[点些]|继续|还是?[要得]|要有|有人|给我(?!了)|(?:[不别甭]|唔使)[用要]?.{0,2}[跟说讲]|接电话|投诉|[不别没]要?(?:用|有|想)?(?:取消|撤)|\b(?:keep|still|but|line|queue|want|need a|wait|(?:don't|dont|not) cancel)\b/u;
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
  if (text.length > AT_MOST || ASKS.test(text) || WAITS.test(normalise(text))) return undefined;
  const clauses = normalise(text)
    .split(CLAUSE)
    .map((clause) => clause.replace(/[~ ]+$/u, ""));
  // 先不用，我老婆会弄: why, is theirs to say.
  const takesBack = (clause: string) =>
    (hasWord(clause, withdraws) || (hasWord(clause, dont) && hasWord(clause, acts))) &&
    isMadeOf(clause, [...withdraws, ...dont, ...acts, ...subjects, ...ok, ...fillers]);
  if (clauses.some(takesBack)) return "needless";
  const all = [...solved, ...hopeful, ...subjects, ...dont, ...acts, ...ok, ...fillers];
  if (!clauses.every((clause) => isMadeOf(clause, all))) return undefined;
  const says = (words: readonly string[]) => clauses.filter((clause) => hasWord(clause, words));
  if (says([...solved, ...hopeful]).some((clause) => NOT_YET.test(clause))) return undefined;
  if (says(solved).length > 0) return "solved";
  return says(hopeful).length > 0 ? "hopeful" : undefined;
}
