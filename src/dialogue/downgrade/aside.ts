import { isDowngrade } from "../../desk/service.ts";
import type { IntentId } from "../../knowledge/types.ts";
import { normalise } from "../../nlu/normalise.ts";
import { isShort } from "../length.ts";
import type { Mind } from "../mind.ts";
import { hasWord } from "../repair/lexicon.ts";
import type { Utterance } from "../understand.ts";
import { SPEAKS_FOR_ITSELF, type Wish } from "../wish.ts";

/** Not sure: who says it twice in a row has meant us (promise 1). */
export const DOUBTFUL = 0.5;
/** Less likely than this, it is only one of many. */
const LIKELY = 0.35;
/** Taking leave of any kind, and nothing asked. */
const LEAVES = 0.3;

/** 那孩子手表不就断了, "so they couldn't call me": what follows from what was said before. */
const LEADS_ON = /^(?:那|咁|(?:so|and|then)\b)/u;
const ASKS = /[咋啥?？]|(?<verb>[一-鿿])[不没]\k<verb>|[不没冇伐]$/u;
/** 接着等还是咋的, "online or by phone": which way to go on. */
const EITHER_OR = /.(?:还是|还系).|\b(?:or|hai ?shi)\b/u;
/** 合同都没签过, "that was on thursday": what happened, or how it stands. */
const TELLS =
  /\p{Script=Han}{3}[了过的]$|\p{Script=Han}[都也]\p{Script=Han}|\b(?:was|were|had|did|didn't|already|only|never)\b/u;
const PARTING: ReadonlySet<IntentId> = new Set<IntentId>(["thanks", "goodbye"]);
/** Questions about this service and this chat, which a few words may seem to ask by chance. */
const OF_HERE: ReadonlySet<IntentId> = new Set<IntentId>([
  "coverage",
  "hours",
  "hotline",
  "parts",
  "technicians",
  "repair",
  "locked_out",
  "ticket_status",
  "agent_allocation",
  "bot_identity",
  "privacy",
  "greeting",
  "goodbye",
]);

/** A message as it reads by itself and after what was talked of, and what that seems to want. */
export interface Heard {
  readonly alone: Utterance;
  readonly utterance: Utterance;
  readonly wish: Wish;
}

/**
 * What a few vague words in the middle of a dispute are about: 还有戏吗, “do I just keep waiting or what”. By themselves
 * they may look like anything; null where they speak for themselves.
 */
export function aboutDispute(heard: Heard, obstacle: IntentId | null, mind: Mind): IntentId | null {
  const { utterance, alone, wish } = heard;
  if (utterance.human.kind === "maybe" || !isVague(heard)) return null;
  const parting = isParting(utterance, mind);
  if (parting !== null) return wish.kind === "unsure" ? parting : null;
  if (isShort(utterance.text) && (alone.ranked[0]?.confidence ?? 0) < LIKELY && goesOn(utterance, mind))
    return obstacle;
  return likeliestOfGuide(utterance) ?? (goesOn(utterance, mind) ? obstacle : null);
}

function isVague({ utterance: { text }, alone: { ranked }, wish }: Heard): boolean {
  if (wish.kind === "unsure") return true;
  if (!isShort(text)) return false;
  const isOfHere = wish.kind === "coverage" || (wish.kind === "intent" && OF_HERE.has(wish.intent));
  if (isOfHere && EITHER_OR.test(normalise(text))) return true;
  const isGuess = wish.kind === "intent" && isDowngrade(wish.intent) && (ranked[0]?.confidence ?? 0) < LIKELY;
  return (isOfHere || isGuess) && wish.confidence < SPEAKS_FOR_ITSELF;
}

/** 行吧我再去瞅瞅: whoever asks nothing more and goes. */
function isParting({ text, ranked }: Utterance, mind: Mind): IntentId | null {
  const [best] = ranked;
  if (best === undefined || !PARTING.has(best.intent) || asks(text, mind)) return null;
  const together = ranked.reduce(
    (sum, { intent, confidence }) => (PARTING.has(intent) ? sum + confidence : sum),
    0,
  );
  return together >= LEAVES ? best.intent : null;
}

function asks(text: string, { knowledge: { repairLexicon } }: Mind): boolean {
  return ASKS.test(text) || hasWord(normalise(text), repairLexicon.questions);
}

/** 上个月也是这么说的, 我就用了一次, 还有戏吗: more of the same story, or a few words that could ask for anything. */
function goesOn({ text, inScope, ranked: [best] }: Utterance, mind: Mind): boolean {
  const { downgradeLexicon, followLexicon } = mind.knowledge;
  const said = normalise(text);
  if (hasWord(said, [...downgradeLexicon.speakers, ...followLexicon.said, ...followLexicon.it])) return true;
  if (!isShort(text)) return inScope && !asks(text, mind);
  if (inScope || LEADS_ON.test(said) || EITHER_OR.test(said)) return true;
  return (best !== undefined && isDowngrade(best.intent)) || (!asks(text, mind) && TELLS.test(said));
}

/** What would be asked back about by itself is about the dispute when it is the likeliest thing to be. */
function likeliestOfGuide({ ranked }: Utterance): IntentId | null {
  const [best] = ranked;
  const guide = ranked.filter(({ intent }) => isDowngrade(intent));
  const together = guide.reduce((sum, { confidence }) => sum + confidence, 0);
  return best !== undefined && best === guide[0] && best.confidence >= LIKELY && together >= DOUBTFUL
    ? best.intent
    : null;
}
