import type { IntentId, Lang, Localized } from "../../knowledge/types.ts";
import { nextButtons, say } from "../answer.ts";
import { converse, sayTo, type Turn } from "../turn.ts";
import type { ButtonRow } from "../types.ts";
import { type GuideWords, guideWords, tellsNew } from "./guide.ts";
import { isFresh } from "./hear.ts";
import { offerReminder } from "./remind-offer.ts";

/**
 * The same obstacle told, or the way to complain asked, twice in a row: the sentence and what comes next, not the whole
 * answer that stands above.
 * @returns whether that was the answer
 */
export function tellAgain(turn: Turn, intent: IntentId): boolean {
  const sentence = turn.mind.knowledge.guide.get(intent)?.say;
  const before = turn.snapshot.conversation?.downgrade ?? null;
  if (before?.obstacle !== intent || (turn.conversation.asked?.times ?? 0) < 2) return false;
  // A sector named since has laws and steps of its own.
  if (before.sector !== turn.conversation.downgrade?.sector) return false;
  if (sentence === undefined && intent !== "downgrade.complain") return false;
  const guide = guideWords(turn, intent);
  if (guide === undefined) return false;
  const words = sayTo(turn);
  const again = sentence === undefined ? [] : [sentenceAgain(turn, sentence, guide)];
  converse(turn, { awaiting: null, lastIntent: intent });
  const text = [...again, guide.params.next, words("remind.advice")].join("\n\n");
  say(turn, text, [...guide.buttons, ...reminders(turn, intent), ...nextButtons(turn, intent)]);
  return true;
}

function sentenceAgain(turn: Turn, { zh, en }: Localized, { fillIn }: GuideWords): string {
  const words = sayTo(turn);
  const again = words("guide.again", { say: fillIn(zh) }).trim();
  return turn.conversation.lang === "en" ? `${again}\n${words("remind.gloss", { gloss: en })}` : again;
}

function reminders(turn: Turn, intent: IntentId): readonly ButtonRow[] {
  return offerReminder(turn, intent, undefined)?.inline ?? [];
}

/** Letters, or English words, beside the facts that still say nothing else: 从…降到…那个, "it's from … to the … one". */
const BARE = { zh: 8, en: 6 } as const satisfies Record<Lang, number>;

/** What of itself tells what the provider does, or asks: an answer of its own. */
const TELLS =
  /[没不拒劝推找退投]|[吗么呢]\s*$|[?？]|n't\b|\b(?:not?|never|nobody|refus\w*|how|what|can|could)\b/iu;

/** Whether a message holds nothing but facts of the dispute: its words by themselves may mean anything. */
export function isOnlyFacts({ conversation }: Turn, text: string): boolean {
  const { facts } = conversation.downgrade ?? {};
  const told = Object.values(facts ?? {}).toSorted((one, other) => other.length - one.length);
  const rest = told.reduce((left, fact) => left.replace(fact, " "), text);
  if (rest === text || TELLS.test(rest)) return false;
  const letters = rest.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = rest.match(/[a-z']+/giu)?.length ?? 0;
  return letters <= BARE.zh && words <= BARE.en;
}

/**
 * Words that ask nothing but add to the dispute just told of ("从129降到8元那个"): what was kept, and the next step of
 * the obstacle answered last, with what follows from it now.
 * @returns whether that was the answer
 */
export function noteForCase(turn: Turn): boolean {
  const before = turn.snapshot.conversation?.downgrade ?? null;
  const dispute = turn.conversation.downgrade ?? null;
  if (before === null || dispute === null || !isFresh(before, turn.at)) return false;
  const { obstacle } = before;
  if (obstacle === null || !tellsNew(turn, dispute)) return false;
  const guide = guideWords(turn, obstacle);
  if (guide === undefined) return false;
  converse(turn, { misses: 0 });
  say(turn, guide.params.next, [
    ...guide.buttons,
    ...reminders(turn, obstacle),
    ...nextButtons(turn, obstacle),
  ]);
  return true;
}
