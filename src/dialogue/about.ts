import { isDowngrade } from "../desk/service.ts";
import type { IntentId } from "../knowledge/types.ts";
import { FRESH_MS } from "./downgrade/hear.ts";
import { converse, type Turn } from "./turn.ts";

/** Talk, or questions about the desk itself and how to reach it: no topic of its own. */
const NO_TOPIC: ReadonlySet<IntentId> = new Set([
  "greeting",
  "thanks",
  "goodbye",
  "human",
  "human.cancel",
  "hotline",
  "hours",
  "ticket_status",
  "agent_allocation",
  "bot_identity",
  "oos",
]);

/** What was asked longer ago is another conversation. */
const TALK_MS = 24 * 3_600_000;
/** While an agent serves nobody is answered, so only what is said beyond doubt tells the topic. */
const SURE = 0.75;

/** What a ticket opened now is about; null where it can't be told. */
export function topicNow(turn: Turn): IntentId | null {
  const { lastIntent, downgrade } = turn.conversation;
  const answered = turn.lines.some(({ speaker }) => speaker === "bot");
  const lastSaid = turn.snapshot.recent.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const isFresh = answered || turn.at - lastSaid < TALK_MS;
  if (lastIntent !== null && isFresh && !NO_TOPIC.has(lastIntent)) return lastIntent;
  return hasCase(turn) ? (downgrade?.obstacle ?? "downgrade") : null;
}

/** What the customer says to the agents: the ticket learns its topic from it where it has none yet. */
export function learnTopic(turn: Turn, text: string): void {
  const topic = surely(turn, text);
  if (topic === null || turn.ticket === null) return;
  converse(turn, { lastIntent: topic });
  turn.ticket = { ...turn.ticket, about: turn.ticket.about ?? topic };
}

function surely({ mind }: Turn, text: string): IntentId | null {
  try {
    const { ranked, inScope } = mind.nlu.classifier.classify(text);
    const [best] = ranked;
    if (!inScope || best === undefined || NO_TOPIC.has(best.intent)) return null;
    // Which obstacle it is may be in doubt where a downgrade is not.
    const near = ranked.filter(({ intent }) => roomOf(intent) === roomOf(best.intent));
    const confidence = near.reduce((sum, each) => sum + each.confidence, 0);
    return confidence < SURE ? null : best.intent;
  } catch {
    // The message has reached the agents all the same (promise 1).
    return null;
  }
}

function roomOf(intent: IntentId): string | undefined {
  return intent.split(".")[0];
}

/** Whether this customer wants to go down or leave: by their ticket, by what they asked last, or by their case. */
export function isDowngradeTalk(turn: Turn): boolean {
  return (
    isDowngrade(turn.ticket?.about ?? null) || isDowngrade(turn.conversation.lastIntent) || hasCase(turn)
  );
}

function hasCase({ conversation, at }: Turn): boolean {
  const { downgrade } = conversation;
  return downgrade != null && at - downgrade.startedAt < FRESH_MS;
}
