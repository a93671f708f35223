import { converse, type Turn } from "./turn.ts";
import type { Utterance } from "./understand.ts";
import type { Wish } from "./wish.ts";

/** A wish surer than this leaves no doubt what the message was about. */
const SURE_ENOUGH = 0.75;

/** Who twice in a row may have asked for a person, and for nothing clearer, has asked for one (promise 1). */
export function settleDoubt(turn: Turn, { human }: Utterance, wishes: readonly Wish[]): readonly Wish[] {
  const before = turn.conversation.doubted ?? false;
  const doubted = human.kind === "maybe" && !wishes.some(isClear);
  if (doubted !== before) converse(turn, { doubted: doubted && !before });
  return doubted && before ? [{ kind: "human" }] : wishes;
}

function isClear(wish: Wish): boolean {
  switch (wish.kind) {
    case "human":
    case "coverage":
      return true;
    case "unsure":
      return false;
    case "intent":
      return wish.intent !== "oos" && wish.confidence >= SURE_ENOUGH;
  }
}
