import { isDowngrade } from "../../desk/service.ts";
import { isOpen } from "../../desk/tickets.ts";
import { normalise } from "../../nlu/normalise.ts";
import type { Mind } from "../mind.ts";
import { hasWord } from "../repair/lexicon.ts";
import type { Turn } from "../turn.ts";
import type { Utterance } from "../understand.ts";
import type { Wish } from "../wish.ts";
import { isFresh } from "./hear.ts";

/** Not sure: who says it twice in a row has meant us (promise 1). */
const DOUBTFUL = 0.5;
/** A reading surer than this speaks for itself. */
const SURE = 0.75;

/** Rules of the human lexicon that read a complaint of having nobody, not a plea for somebody. */
const COMPLAINS =
  /^(?:(?:complaint|nobody|weary):|no-more-bot: (?:全|都|只有|总|老|一直|净|尽|all|only|just|nothing but))/u;

/**
 * Right after an answer about a provider, what names nothing of ours is said of the provider: 客服也找不到 is its wall,
 * not ours, and nobody called means they didn't.
 */
export function saidOfProvider(
  turn: Turn,
  heard: Utterance,
  wishes: readonly Wish[],
): { readonly heard: Utterance; readonly wishes: readonly Wish[] } {
  const { conversation, mind, ticket, at } = turn;
  const asIs = { heard, wishes };
  const dispute = conversation.downgrade ?? null;
  if (!isDowngrade(conversation.lastIntent) || dispute === null || !isFresh(dispute, at) || isOpen(ticket))
    return asIs;
  if (hasWord(normalise(heard.text), mind.knowledge.followLexicon.ours)) return asIs;
  const [wish] = wishes;
  if (wishes.length !== 1 || wish === undefined) return asIs;
  if (wish.kind === "human") {
    if (heard.human.kind !== "request" || !COMPLAINS.test(heard.human.why)) return asIs;
    return {
      heard: { ...heard, human: { ...heard.human, kind: "maybe" } },
      wishes: [{ kind: "intent", intent: "downgrade.no_human", confidence: DOUBTFUL }],
    };
  }
  if (wish.confidence < SURE && asksWhy(heard.text, mind))
    return { heard, wishes: [{ kind: "intent", intent: "downgrade.rights", confidence: DOUBTFUL }] };
  if (wish.kind === "unsure") {
    const meant = meantOfGuide(heard);
    return meant === undefined ? asIs : { heard, wishes: [meant] };
  }
  if (wish.kind !== "intent" || wish.intent !== "ticket_status") return asIs;
  return { heard, wishes: [{ ...wish, intent: "downgrade.stalled_callback" }] };
}

function asksWhy(text: string, { knowledge }: Mind): boolean {
  return hasWord(normalise(text), knowledge.followLexicon.because);
}

/** What would be asked back about by itself is about the dispute when it is the likeliest thing to be. */
function meantOfGuide({ ranked, human }: Utterance): Wish | undefined {
  const [best] = ranked;
  const guide = ranked.filter(({ intent }) => isDowngrade(intent));
  const together = guide.reduce((sum, { confidence }) => sum + confidence, 0);
  if (human.kind === "maybe" || best === undefined || best !== guide[0]) return undefined;
  return together >= DOUBTFUL ? { kind: "intent", ...best } : undefined;
}
