import { isDowngrade } from "../desk/service.ts";
import { isOpen } from "../desk/tickets.ts";
import type { IntentId } from "../knowledge/types.ts";
import { normalise } from "../nlu/normalise.ts";
import { inContext } from "./context.ts";
import { corrected } from "./correction.ts";
import { settleDoubt } from "./doubt.ts";
import { oneOfGuide } from "./downgrade/hear.ts";
import { guideNames, mentionOf } from "./downgrade/lexicon.ts";
import { saidOfProvider } from "./downgrade/wall.ts";
import { followUp, isOk, TALK, topicOf } from "./follow.ts";
import { isShort } from "./length.ts";
import { withPlaces } from "./placed.ts";
import { readSlots } from "./repair/slots.ts";
import { currentRepair } from "./repair/steps.ts";
import { asTold, heardPromise } from "./reported.ts";
import type { Turn } from "./turn.ts";
import { type Utterance, understand } from "./understand.ts";
import { isCancel, SPEAKS_FOR_ITSELF, type Wish, wishesOf } from "./wish.ts";

/** A message as it is taken in its conversation. */
export interface Meant {
  readonly utterance: Utterance;
  readonly wishes: readonly Wish[];
}

/** What is wanted by a message, once what was talked of before it is known. */
export function meant(turn: Turn, alone: Utterance, { forwarded }: { readonly forwarded: boolean }): Meant {
  // Asked how it was, they tell of that, not of what was talked of before; nor do others' words, passed on.
  if (forwarded || turn.conversation.awaiting?.kind === "comment") {
    const utterance = forwarded ? asTold(alone) : alone;
    return settled(turn, { utterance, wishes: wishesOf(utterance, turn.conversation, turn.mind) });
  }
  const heard = withPlaces(inContext(alone, topicOf(turn)), turn.conversation, turn.mind);
  const told = heardPromise(turn, heard);
  const utterance = told === undefined ? withoutOk(turn, heard) : asTold(heard);
  const short = told ?? corrected(turn, utterance) ?? followUp(turn, utterance);
  const all = short === undefined ? wishesOf(utterance, turn.conversation, turn.mind) : [short];
  // There's nothing to withdraw: what else is asked, is answered.
  const wishes = all.length > 1 && !isOpen(turn.ticket) ? all.filter((wish) => !isCancel(wish)) : all;
  const inTalk = wishes.map((wish) => ofTheTopic(turn, utterance, wish));
  return settled(turn, saidOfProvider(turn, utterance, alone, inTalk));
}

const FIRST_CLAUSE =
  /^(?<first>[^,，。.!！?？\s]{1,6}|(?:ok|okay|yes|yeah|no problem|oh wait|hold on|hang on|one sec|by the way|actually)\b)[,，。.!！\s]+(?<rest>.{2,})$/isu;

/** 嗯 密码忘记了, 等等 多少钱: understood by what it says, not by how it begins. */
function withoutOk({ mind }: Turn, heard: Utterance): Utterance {
  const { first, rest } = FIRST_CLAUSE.exec(heard.text)?.groups ?? {};
  if (first === undefined || rest === undefined || !isOk(first, mind)) return heard;
  const { ranked, inScope, why } = understand(rest, mind);
  return (ranked[0]?.confidence ?? 0) > (heard.ranked[0]?.confidence ?? 0)
    ? { ...heard, ranked, inScope, why }
    : heard;
}

function settled(turn: Turn, { utterance, wishes }: Meant): Meant {
  return { utterance, wishes: oneOfGuide(settleDoubt(turn, utterance, wishes)) };
}

/** So likely, what was talked of is what "who can read them" is about. */
const LIKELY = 0.1;
const POINTS_BACK = /\b(?:it|its|them|they|that|those|this|these)\b|[这那它]/u;

/** An unsure reading of words that point back, or are few, is of what was talked of; proof is of whose safe it is. */
function ofTheTopic(turn: Turn, { text, ranked }: Utterance, wish: Wish): Wish {
  const { lastIntent, downgrade } = turn.conversation;
  const { downgradeLexicon } = turn.mind.knowledge;
  if (wish.kind !== "intent" && wish.kind !== "unsure") return wish;
  if (wish.kind === "intent" && wish.intent === "downgrade.evidence" && downgrade == null)
    return currentRepair(turn) === null ? wish : { ...wish, intent: "locked_out" };
  // Money that our own technician took is no provider's, nor is a complaint about him.
  const guess = wish.kind === "intent" ? wish.intent : wish.guesses[0];
  if (
    guess !== undefined &&
    OF_HIM.has(guess) &&
    lastIntent === "satisfaction" &&
    !mentionOf(normalise(text), guideNames(downgradeLexicon))
  )
    return { kind: "intent", intent: lastIntent, confidence: wish.confidence };
  if (lastIntent === COMPLAIN && downgrade?.sector == null && isTold(turn, wish, text))
    return { ...wish, intent: lastIntent };
  if (lastIntent === null || NO_TOPIC.has(lastIntent) || wish.confidence >= SPEAKS_FOR_ITSELF) return wish;
  const likely = ranked.find(({ intent, confidence }) => intent === lastIntent && confidence >= LIKELY);
  const goesOn =
    POINTS_BACK.test(normalise(text)) || (wish.kind === "unsure" && isShort(text) && likely === ranked[0]);
  return likely === undefined || !goesOn
    ? wish
    : { kind: "intent", intent: lastIntent, confidence: SPEAKS_FOR_ITSELF };
}

const COMPLAIN = "downgrade.complain";
const ASKED_OF_IT: ReadonlySet<IntentId> = new Set<IntentId>(["downgrade.evidence", "downgrade.rights"]);

/** 想投诉, then 是联通，不让降: whom it is about and what they did, told and not asked. */
function isTold(
  { mind: { knowledge } }: Turn,
  wish: Wish,
  text: string,
): wish is Extract<Wish, { kind: "intent" }> {
  if (wish.kind !== "intent" || !isDowngrade(wish.intent) || ASKED_OF_IT.has(wish.intent)) return false;
  if (readSlots(text, knowledge.repairLexicon).isQuestion) return false;
  return mentionOf(normalise(text), guideNames(knowledge.downgradeLexicon)) !== undefined;
}

const OF_HIM: ReadonlySet<IntentId> = new Set<IntentId>(["downgrade.refund_refused", COMPLAIN]);
const NO_TOPIC: ReadonlySet<IntentId> = new Set<IntentId>([...TALK, "coverage"]);
