import { nextButtons, say } from "../answer.ts";
import { converse, type Turn } from "../turn.ts";
import { guideWords, tellsNew } from "./guide.ts";
import { isFresh } from "./hear.ts";

/**
 * Words that ask nothing but add to the dispute just told of ("从129降到8元那个"): what was kept, and the next step of
 * the obstacle answered last, with what follows from it now.
 * @returns whether that was the answer
 */
export function noteForCase(turn: Turn): boolean {
  const before = turn.snapshot.conversation?.downgrade ?? null;
  const dispute = turn.conversation.downgrade ?? null;
  if (before === null || dispute === null || !isFresh(before, turn.at)) return false;
  const { obstacle } = dispute;
  if (obstacle === null || !tellsNew(turn, dispute)) return false;
  const guide = guideWords(turn, obstacle);
  if (guide === undefined) return false;
  converse(turn, { misses: 0 });
  say(turn, guide.params.next, [...guide.buttons, ...nextButtons(turn, obstacle)]);
  return true;
}
