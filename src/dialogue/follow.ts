import { isDowngrade } from "../desk/service.ts";
import { isOpen } from "../desk/tickets.ts";
import type { IntentId } from "../knowledge/types.ts";
import { normalise } from "../nlu/normalise.ts";
import { isFresh } from "./downgrade/hear.ts";
import { guideNames, mentionOf } from "./downgrade/lexicon.ts";
import { bareForms } from "./follow-lexicon.ts";
import { isShort } from "./length.ts";
import { isMadeOf, startsWithOne } from "./made-of.ts";
import type { Mind } from "./mind.ts";
import { hasWord } from "./repair/lexicon.ts";
import { currentRepair } from "./repair/steps.ts";
import { overIn } from "./solved.ts";
import type { Turn } from "./turn.ts";
import type { Utterance } from "./understand.ts";
import { asksForVisit, asksWhen } from "./visit.ts";
import { SPEAKS_FOR_ITSELF, to, type Wish } from "./wish.ts";

const HAN = /\p{Script=Han}/u;
/** 四天了, "it's been 5 days": how long they wait, and nothing else. */
const SO_LONG =
  /^(?:都|已经|已|快|快要|将近|过了|过去|等了|又|足足|整整|这)*[\d一二三四五六七八九十两几好半]+多?个?(?:天|日|周|星期|礼拜|小时|钟头|月)多?(?:过去|过去了|了|啦|喇)?$|^(?:it's been |its been |it has been |that was )?(?:over |more than )?(?:\d+|a|one|two|three|four|five|six|seven|ten|several) (?:hours?|days?|weeks?|months?)(?: ago| already| now)*$/u;
/** 都十二点了: later than was said. */
const SO_LATE = /^(?:都|已经|这都|现在都|快)快?[\d一二三四五六七八九十两]+点(?:半|多|钟|过)?(?:了|啦|喇)?$/u;
/** 没有啊 那怎么办: what is asked is behind the first word. */
const BEHIND_A_WORD = /^\p{Script=Han}{1,4}[\s,，。！!]+(.+)$/u;
/** 那电池呢, "and the battery?": the same question of something else. */
const ELLIPSIS =
  /^(?:(?:那么?|咁|还有|至于).{1,10}|.{1,8}(?:呢|咧|嘞|哩)|[a-z ]{2,30} ne)$|^(?:and|what about|how about|and what about) .{1,30}$/u;
/** 5, 打三分, "four stars": a score and nothing else. */
const SCORE =
  /^(?:我?[打给]|i give |give )?(?:[1-5一二两三四五]|one|two|three|four|five)(?:分|星|颗星|分吧| stars?)?$/u;
/** Small talk: what was talked of before it goes on. */
export const TALK: ReadonlySet<IntentId> = new Set<IntentId>([
  "greeting",
  "thanks",
  "goodbye",
  "oos",
  "human",
  "human.cancel",
]);
/** Where “what now” after an answer leads: who can say more, or the same once again. */
const NEXT: Partial<Record<IntentId, IntentId>> = {
  coverage: "hotline",
  price: "hotline",
  parts: "hotline",
  technicians: "hotline",
  hours: "hotline",
  satisfaction: "satisfaction",
  repair: "repair",
  locked_out: "locked_out",
  ticket_status: "ticket_status",
  privacy: "privacy",
  agent_allocation: "agent_allocation",
};
/** Asked again of something else by naming that alone: what its name by itself would be about. */
const ELLIPTIC: Partial<Record<IntentId, readonly IntentId[]>> = {
  price: ["repair", "locked_out", "parts"],
  parts: ["repair", "locked_out"],
  hours: ["repair"],
  technicians: [],
};
/** 那怎么修呢, "and how long": asked of the same thing, not the same of something else. */
const OF_THE_SAME = /怎|咋|点样|多久|哪|谁|几[点天]|什么|如何|\b(?:how|who|when|where|why|which)\b/u;
/** After these, “come then” books a repair. */
const BOOKABLE: ReadonlySet<IntentId> = new Set<IntentId>([
  "coverage",
  "price",
  "parts",
  "technicians",
  "hours",
  "hotline",
  "repair",
  "locked_out",
]);
/** How it is done is what is hidden there. */
const ENTRY = "downgrade.hidden_entry";
export const FAULTS: ReadonlySet<IntentId> = new Set<IntentId>(["repair", "locked_out", "parts"]);
/** What may keep somebody waiting for a call or a visit of ours. */
const AWAITED: ReadonlySet<IntentId> = new Set<IntentId>(["ticket_status", "repair", "locked_out", "human"]);

/**
 * What a message that means nothing by itself wants after what was talked of last: “那怎么办”, “为什么”, “都四天了”,
 * “book it”. Undefined for a message that has a meaning of its own, or where nothing was talked of.
 */
export function followUp(turn: Turn, heard: Utterance): Wish | undefined {
  const { text, human } = heard;
  if (human.kind === "request" || human.kind === "cancel") return undefined;
  if (heard.places.parts.length > 0) return undefined;
  const { followLexicon } = turn.mind.knowledge;
  const topic = topicOf(turn);
  const over = overIn(text, followLexicon);
  if (isOpen(turn.ticket) && over !== undefined) return to(over === "hopeful" ? "thanks" : "human.cancel");
  if (over === "solved" && currentRepair(turn)?.stage === "asking") return to("human.cancel");
  if (over === "solved" && topic !== null && FAULTS.has(topic)) return to("thanks");
  if (!isShort(text)) return undefined;
  const points = [text, ...(BEHIND_A_WORD.exec(text)?.slice(1) ?? [])];
  const forms = new Set(points.flatMap((point) => [...bareForms(point, followLexicon)]));
  const squeezed = new Set([...forms].map(squeeze));
  const is = (list: readonly string[]) => list.some((word) => squeezed.has(squeeze(word)));
  const waitsSoLong = [...forms].some((form) => SO_LONG.test(form) || SO_LATE.test(form));
  const dispute = topic !== null && isDowngrade(topic);
  if (isProvider(forms, turn.mind))
    return { ...to(dispute ? topic : "downgrade"), confidence: SPEAKS_FOR_ITSELF };
  if (dispute && isService(forms, turn.mind)) return { ...to(topic), confidence: SPEAKS_FOR_ITSELF };
  if (is(followLexicon.impatient)) {
    if (isOpen(turn.ticket)) return to("ticket_status");
    if (topic !== null && AWAITED.has(topic)) return { kind: "human" };
  }
  // Days asked about by themselves are our hours, unless somebody is awaited.
  const unawaited = topic === null || TALK.has(topic) ? !isOpen(turn.ticket) : BOOKABLE.has(topic);
  if (unawaited && asksWhen(text, turn.mind)) return to("hours");
  if (topic !== null) {
    if (waitsSoLong || is(followLexicon.silent)) {
      if (dispute) return to("downgrade.stalled_callback");
      if (AWAITED.has(topic)) return to("ticket_status");
    }
    if (is(followLexicon.person)) return { kind: "human" };
    if (is(followLexicon.why)) return dispute ? to("downgrade.rights") : again(topic);
    if (dispute && is(followLexicon.switch)) return to(topic === ENTRY ? topic : "downgrade");
    if (is(followLexicon.next)) return dispute ? to("downgrade.complain") : nextOf(turn, topic);
    if (dispute && is(followLexicon.useful)) return to("downgrade.complain");
    if (FAULTS.has(topic) && followLexicon.still.some((word) => endsWithOne(forms, word))) return to(topic);
    if (BOOKABLE.has(topic) && asksForVisit(text, turn.mind))
      return to(topic === "locked_out" ? topic : "repair");
    if (topic === "satisfaction" && SCORE.test(normalise(text))) return to(topic);
    if (NEXT[topic] === topic && asksWhatThen(heard, forms, turn.mind)) return to(topic);
    if (isElliptic(normalise(text)) && isOfTopic(topic, heard)) return to(topic);
  }
  return isOk(text, turn.mind) ? to("thanks") : undefined;
}

/** Pinyin is written with spaces or without. */
function squeeze(text: string): string {
  return text.replaceAll(" ", "");
}

function endsWithOne(forms: ReadonlySet<string>, word: string): boolean {
  return [...forms].some((form) => form.endsWith(word));
}

/** 已经发给他了咋办: what was done, and what then; it names nothing else that could be meant. */
function asksWhatThen(heard: Utterance, forms: ReadonlySet<string>, { knowledge }: Mind): boolean {
  const { followLexicon, downgradeLexicon } = knowledge;
  const said = normalise(heard.text);
  if (speaksForItself(heard) || hasWord(said, followLexicon.ours)) return false;
  if (mentionOf(said, guideNames(downgradeLexicon)) !== undefined) return false;
  return followLexicon.next.some((word) => endsWithOne(forms, word));
}

/** 手机卡的, 视频那个, "for my phone": nothing but which service it is about. */
function isService(forms: ReadonlySet<string>, { knowledge: { followLexicon } }: Mind): boolean {
  return [...forms].some((form) => followLexicon.services.includes(named(form)));
}

function named(form: string): string {
  return form.replace(
    /^(?:就?是|(?:it's |it is )?(?:for |on )?(?:my |the )?)|(?:的?那[个种张项]|的| one| plan)$/gu,
    "",
  );
}

/** 移动, 是腾讯的: nothing but whom it is about, by the name or its beginning. */
function isProvider(forms: ReadonlySet<string>, { knowledge: { downgradeLexicon } }: Mind): boolean {
  const names = downgradeLexicon.providers.flatMap(({ said }) => said);
  return [...forms].some((form) => {
    const name = named(form);
    return (
      name.length >= 2 && names.some((each) => each === name || (HAN.test(name) && each.startsWith(name)))
    );
  });
}

/** Whether a message only agrees, or says that it was read: 嗯 好的知道了. There's nothing to thank for. */
export function isOk(text: string, { knowledge: { followLexicon } }: Mind): boolean {
  if (!isShort(text)) return false;
  const { tail } = followLexicon;
  const ok = [...followLexicon.ok, ...followLexicon.wait];
  const said = normalise(text).replace(/[~ ,]+$/u, "");
  return startsWithOne(said, ok).some((rest) => isMadeOf(rest, [...ok, ...tail]));
}

/** 那电池呢, "what about Sundays": something else is asked of what was asked about. */
export function isElliptic(normalised: string): boolean {
  return ELLIPSIS.test(normalised);
}

/** What the conversation is about: the last question, or the dispute that small talk only interrupted. */
export function topicOf({ conversation, at }: Turn): IntentId | null {
  const { lastIntent, downgrade } = conversation;
  if (lastIntent !== null && !TALK.has(lastIntent)) return lastIntent;
  return downgrade != null && isFresh(downgrade, at) ? (downgrade.obstacle ?? "downgrade") : lastIntent;
}

function nextOf({ conversation, mind }: Turn, topic: IntentId): Wish | undefined {
  const served = conversation.places.some((code) => mind.places.byCode(code)?.status === "covered");
  const intent = topic === "coverage" && served ? "repair" : NEXT[topic];
  return intent === undefined ? undefined : to(intent);
}

function again(topic: IntentId): Wish | undefined {
  return TALK.has(topic) ? undefined : to(topic);
}

function isOfTopic(topic: IntentId, heard: Utterance): boolean {
  const things = ELLIPTIC[topic];
  const [best] = heard.ranked;
  if (things === undefined || OF_THE_SAME.test(heard.text.replace(/^(?:what|how) about/iu, ""))) return false;
  return !speaksForItself(heard) || (best !== undefined && things.includes(best.intent));
}

function speaksForItself({ ranked: [best], inScope }: Utterance): boolean {
  return best !== undefined && inScope && best.confidence >= SPEAKS_FOR_ITSELF;
}
