import { isDowngrade } from "../../desk/service.ts";
import { isOpen } from "../../desk/tickets.ts";
import type { IntentId } from "../../knowledge/types.ts";
import { normalise } from "../../nlu/normalise.ts";
import type { Meant } from "../meant.ts";
import { hasWord } from "../repair/lexicon.ts";
import type { Turn } from "../turn.ts";
import type { Utterance } from "../understand.ts";
import { SPEAKS_FOR_ITSELF, type Wish } from "../wish.ts";
import { aboutDispute, DOUBTFUL } from "./aside.ts";
import { isFresh } from "./hear.ts";
import { guideNames, mentionOf } from "./lexicon.ts";

/** Rules of the human lexicon that read a complaint of having nobody, not a plea for somebody. */
const COMPLAINS =
  /^(?:(?:complaint|nobody|weary):|no-more-bot: (?:全|都|只有|总|老|一直|净|尽|all|only|just|nothing but))/u;

/** 打了一堆“人工”都没反应, 让他们给我写下来: what was tried with them, or is wanted of them. */
const OF_THEM =
  /[点打按说喊发输回]了.{0,8}(?:人工|客服)|让(?:他们|她们|它们?|人家|对方)给我(?!转|接|找|换|叫|回|打)/u;

/** "What do I tell them so they connect me": how to get through to somebody there. */
const HOW_TO = /\b(?:what|how)\b.+\b(?:they|them)\b.{0,16}\b(?:connect|transfer|put) me\b/u;

/**
 * Right after an answer about a provider, what names nothing of ours is said of the provider: 客服也找不到 is its wall,
 * not ours, and nobody called means they didn't. The other way round, a wall of ours is a request.
 */
export function saidOfProvider(
  turn: Turn,
  utterance: Utterance,
  alone: Utterance,
  wishes: readonly Wish[],
): Meant {
  const { conversation, mind, ticket, at } = turn;
  const [wish] = wishes;
  const asIs = { utterance, wishes };
  if (wishes.length !== 1 || wish === undefined) return asIs;
  const said = normalise(utterance.text);
  const { ours, us, because } = mind.knowledge.followLexicon;
  const dispute = conversation.downgrade ?? null;
  const isOngoing = isDowngrade(conversation.lastIntent) && dispute !== null && isFresh(dispute, at);
  if (
    !isOngoing &&
    isWall(wish) &&
    hasWord(said, us) &&
    mentionOf(said, guideNames(mind.knowledge.downgradeLexicon)) === undefined
  )
    return { utterance, wishes: [{ kind: "human" }] };
  if (!isOngoing || isOpen(ticket) || hasWord(said, ours)) return asIs;
  if (wish.kind === "human") {
    const intent = complaintIn(utterance);
    return intent === null
      ? asIs
      : {
          utterance: { ...utterance, human: { ...utterance.human, kind: "maybe" } },
          wishes: [{ kind: "intent", intent, confidence: DOUBTFUL }],
        };
  }
  // How agents here are assigned isn't asked in the middle of it: “公平吗” is about them.
  const isVague =
    wish.confidence < SPEAKS_FOR_ITSELF || (wish.kind === "intent" && wish.intent === "agent_allocation");
  if (isVague && hasWord(said, because))
    return { utterance, wishes: [{ kind: "intent", intent: "downgrade.rights", confidence: DOUBTFUL }] };
  // Told twice already, it isn't what they mean: asked back, and then a person (promise 1).
  const isTold = (conversation.asked?.times ?? 0) >= 2;
  const about = isTold ? null : aboutDispute({ utterance, alone, wish }, dispute.obstacle, mind);
  if (about !== null) return { utterance, wishes: [{ kind: "intent", intent: about, confidence: DOUBTFUL }] };
  if (wish.kind !== "intent" || wish.intent !== "ticket_status") return asIs;
  return { utterance, wishes: [{ ...wish, intent: "downgrade.stalled_callback" }] };
}

/** What is told of the provider where a person seems to be asked for; null where one of ours is. */
function complaintIn({ text, human, ranked: [best] }: Utterance): IntentId | null {
  if (human.kind !== "request") return null;
  if (COMPLAINS.test(human.why) || HOW_TO.test(normalise(text))) return "downgrade.no_human";
  const isTold = best !== undefined && isDowngrade(best.intent) && best.confidence >= SPEAKS_FOR_ITSELF;
  return isTold && OF_THEM.test(normalise(text)) ? best.intent : null;
}

function isWall(wish: Wish): boolean {
  return wish.kind === "intent" && wish.intent === "downgrade.no_human";
}
