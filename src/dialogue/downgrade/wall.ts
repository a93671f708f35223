import { isDowngrade } from "../../desk/service.ts";
import { isOpen } from "../../desk/tickets.ts";
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

/**
 * Right after an answer about a provider, what names nothing of ours is said of the provider: 客服也找不到 is its wall,
 * not ours, and nobody called means they didn't. The other way round, a wall of ours is a request.
 */
export function saidOfProvider(turn: Turn, utterance: Utterance, wishes: readonly Wish[]): Meant {
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
    if (utterance.human.kind !== "request" || !COMPLAINS.test(utterance.human.why)) return asIs;
    return {
      utterance: { ...utterance, human: { ...utterance.human, kind: "maybe" } },
      wishes: [{ kind: "intent", intent: "downgrade.no_human", confidence: DOUBTFUL }],
    };
  }
  // How agents here are assigned isn't asked in the middle of it: “公平吗” is about them.
  const isVague =
    wish.confidence < SPEAKS_FOR_ITSELF || (wish.kind === "intent" && wish.intent === "agent_allocation");
  if (isVague && hasWord(said, because))
    return { utterance, wishes: [{ kind: "intent", intent: "downgrade.rights", confidence: DOUBTFUL }] };
  const about = aboutDispute(utterance, wish, dispute.obstacle, mind);
  if (about !== null) return { utterance, wishes: [{ kind: "intent", intent: about, confidence: DOUBTFUL }] };
  if (wish.kind !== "intent" || wish.intent !== "ticket_status") return asIs;
  return { utterance, wishes: [{ ...wish, intent: "downgrade.stalled_callback" }] };
}

function isWall(wish: Wish): boolean {
  return wish.kind === "intent" && wish.intent === "downgrade.no_human";
}
