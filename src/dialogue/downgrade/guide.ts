import type { GuideParams } from "../../knowledge/say.ts";
import type { IntentId } from "../../knowledge/types.ts";
import { converse, type Turn } from "../turn.ts";
import { type ButtonRow, LONGEST_COPY } from "../types.ts";
import { CASE_FACTS, type DowngradeCase, newCase, SECTORS } from "./case.ts";
import { sectorButtons } from "./guide-buttons.ts";
import { type GuideContext, guideContext } from "./guide-context.ts";
import { doorLines, isFiled } from "./guide-doors.ts";
import { ladderLines } from "./guide-ladder.ts";
import { limitLines } from "./guide-limits.ts";
import { ownLines, rungLines } from "./guide-steps.ts";
import { providerName } from "./lexicon.ts";
import { planInChinese } from "./plans.ts";

/** What the guide adds to the answer of one of its intents. */
export interface GuideWords {
  readonly params: GuideParams;
  /** Puts the customer's own plan where an answer says 【目标套餐】. */
  readonly fillIn: (text: string) => string;
  /** Copying the sentences to say; where the sector isn't known, choosing it. */
  readonly buttons: readonly ButtonRow[];
}

/** What follows from the case for an answer: the way for its sector, the next steps with their dates, what to copy. */
export function guideWords(turn: Turn, intent: IntentId): GuideWords | undefined {
  const entry = turn.mind.knowledge.guide.get(intent);
  if (entry === undefined) return undefined;
  const { lang } = turn.conversation;
  converse(turn, { downgrade: { ...(turn.conversation.downgrade ?? newCase(turn.at)), obstacle: intent } });
  const context = guideContext(turn, intent);
  const steps =
    intent === "downgrade.complain"
      ? ladderLines(context, lang)
      : [...ownLines(context, entry, lang), ...(isFiled(context) ? [] : rungLines(context, entry, lang))];
  const lines = [...steps, ...limitLines(context, lang), ...doorLines(context)];
  const fillIn = filling(context.dispute);
  const sentences = [entry.say, entry.say_again].flatMap((said) =>
    said === undefined ? [] : [fillIn(said.zh)],
  );
  return {
    params: {
      way: wayOf(context),
      next: [
        ...knownLine(turn, context),
        context.say("guide.next"),
        ...lines,
        context.say("guide.checked", { date: entry.checked_on }),
      ].join("\n"),
    },
    fillIn,
    buttons: [
      ...sentences
        .filter((sentence) => sentence.length <= LONGEST_COPY)
        .map((copy, at) => [{ label: context.say(at === 0 ? "guide.copy" : "guide.copy_again"), copy }]),
      ...(context.dispute.sector === null ? sectorButtons(turn, intent === "downgrade" ? null : intent) : []),
    ],
  };
}

function wayOf({ say, dispute }: GuideContext): string {
  if (dispute.sector !== null) return say(`guide.way.${dispute.sector}`);
  const ways = SECTORS.filter((sector) => sector !== "other").map((sector) => say(`guide.way.${sector}`));
  return ways.map((way) => `• ${way}`).join("\n");
}

/** Puts the plan they want where a sentence says 【目标套餐】. */
export function filling({ facts: { target } }: DowngradeCase): (text: string) => string {
  if (target === undefined) return (text) => text;
  // The sentence is said in Chinese, whichever language the plan was named in.
  const spoken = planInChinese(target);
  return (text) => text.replaceAll(/【(?:目标套餐|target)】/gu, spoken);
}

/** Whether this message told a fact of the dispute that wasn't known, or another one. */
export function tellsNew(turn: Turn, { facts }: DowngradeCase): boolean {
  const before = turn.snapshot.conversation?.downgrade?.facts ?? {};
  return CASE_FACTS.some((fact) => facts[fact] !== before[fact]);
}

/** What of the customer's words was kept, where this message told something new: they can put it right at once. */
function knownLine(turn: Turn, { say, dispute, dayOfFact, words }: GuideContext): readonly string[] {
  const { facts } = dispute;
  if (!tellsNew(turn, dispute)) return [];
  const plans = [facts.plan, facts.target].filter((plan) => plan !== undefined).join(" → ");
  const target = facts.plan === undefined && facts.target !== undefined ? `→ ${facts.target}` : plans;
  const { number, attempts, waited, promised } = facts;
  const provider =
    facts.provider &&
    providerName(facts.provider, turn.conversation.lang, turn.mind.knowledge.downgradeLexicon);
  const day = dayOfFact("happened");
  const told = [provider, target, day && words(day), number, attempts, waited, promised];
  const known = told.filter((fact) => fact !== undefined && fact !== "");
  return known.length === 0 ? [] : [say("guide.known", { facts: known.join(" · ") }), ""];
}
