import type { IntentId } from "../knowledge/types.ts";
import { normalise } from "../nlu/normalise.ts";
import { isElliptic } from "./follow.ts";
import type { FollowLexicon } from "./follow-lexicon.ts";
import { hasWord } from "./repair/lexicon.ts";
import { converse, type Turn } from "./turn.ts";

/** One question each, however it is put: asked so often, the answer wasn't it. Others have many sides. */
const ONE_QUESTION: ReadonlySet<string> = new Set<IntentId>(["price", "hotline"]);
const FAULTS: ReadonlySet<string> = new Set<IntentId>(["repair", "locked_out"]);
const AT_MOST = 4;
const ALIKE = 0.5;
/** Letters of a question that are kept to compare the next with. */
const KEPT = 80;

/**
 * Counts how often in a row the same thing was asked; true when this is the third time, and neither of something
 * else nor in words of its own.
 * @param about an intent, or a coverage question with the codes of its places
 */
export function askedThrice(turn: Turn, about: string, text: string): boolean {
  const said = keptOf(text);
  const [before, words = ""] = turn.conversation.asked?.key.split("\n") ?? [];
  const times = before === about ? (turn.conversation.asked?.times ?? 0) + 1 : 1;
  converse(turn, { asked: { key: `${about}\n${said}`, times } });
  if (times >= AT_MOST && ONE_QUESTION.has(about)) return true;
  return times >= 3 && isSame(about, words, said, turn.mind.knowledge.followLexicon);
}

/** Whether a fault is told once more in the very words: it answers nothing that was asked meanwhile. */
export function isToldAgain({ conversation }: Turn, text: string): boolean {
  const [about = "", words] = conversation.asked?.key.split("\n") ?? [];
  return FAULTS.has(about) && words === keptOf(text);
}

function keptOf(text: string): string {
  return normalise(text).slice(0, KEPT);
}

function isSame(about: string, before: string, now: string, lexicon: FollowLexicon): boolean {
  if (isElliptic(now)) return false;
  if (/^coverage \d/u.test(about) || hasWord(now, lexicon.insists)) return true;
  const [one, other] = [piecesOf(before), piecesOf(now)];
  const shared = [...one].filter((piece) => other.has(piece)).length;
  return shared / Math.max(1, Math.min(one.size, other.size)) >= ALIKE;
}

/** Pairs of Chinese characters, and words of other scripts that are more than particles. */
function piecesOf(text: string): Set<string> {
  const pairs = [...text.matchAll(/(?=(\p{Script=Han}{2}))/gu)].map(([, pair]) => pair ?? "");
  return new Set([...pairs, ...(text.match(/[a-z]{4,}/g) ?? []), ...(pairs.length === 0 ? [text] : [])]);
}
