import { isDowngrade } from "../desk/service.ts";
import type { IntentId } from "../knowledge/types.ts";
import { normalise } from "../nlu/normalise.ts";
import type { RankedIntent } from "../nlu/types.ts";
import type { PlaceReading } from "../places/types.ts";
import { asksWhetherWeCome, besidePlaces } from "./come.ts";
import { guideNames, mentionOf } from "./downgrade/lexicon.ts";
import { mentionsReminders } from "./downgrade/remind-hear.ts";
import { isElsewhere } from "./elsewhere.ts";
import { bareForms } from "./follow-lexicon.ts";
import type { Mind } from "./mind.ts";
import { addsPlace } from "./one-more.ts";
import { readSlots } from "./repair/slots.ts";
import type { Conversation } from "./types.ts";
import { hearHuman, type Utterance, understand } from "./understand.ts";

/** What one utterance, in its conversation, is taken to want. */
export type Wish =
  | { readonly kind: "human" }
  | { readonly kind: "intent"; readonly intent: IntentId; readonly confidence: number }
  | { readonly kind: "coverage"; readonly confidence: number }
  /** Not sure: the likeliest first, to be offered as buttons; empty where nothing comes near. */
  | { readonly kind: "unsure"; readonly guesses: readonly IntentId[]; readonly confidence: number };

/** From this calibrated confidence on, an answer is given; below it, guesses are offered. */
const SURE = 0.5;
/** A reading surer than this speaks for itself, whatever was talked of before. */
export const SPEAKS_FOR_ITSELF = 0.75;
/** So sure together, the guesses about a downgrade are one. */
const SURE_OF_GUIDE = 0.8;
/** Where the rules too think that a person may have been asked for. */
const SURE_WITH_RULES = 0.3;
/** Of all that it may be, so much for one of ours leaves only whether it is ours at all. */
const BY_FAR = 0.7;
const WORTH_AN_ANSWER = 0.1;
/** A guess less likely than this isn't worth a button. */
const WORTH_A_BUTTON = 0.04;
/** Nobody means to ask these. */
const NO_QUESTION: ReadonlySet<IntentId> = new Set(["greeting", "thanks", "goodbye", "oos"]);
/** A question outside our facts must be this likely before a place named in it is passed over. */
const SURE_OUT_OF_SCOPE = 0.8;
/** After a talk of places, nearly as good as certain: 石狮好玩吗, but 石狮咧 is only odd. */
const SURE_OF_NOTHING_OURS = 0.85;
/** From here on, what has nothing to do with places is meant, whatever place is named. */
const SURE_OF_OTHER = 0.9;
/** As alike as this, a message is one of the examples. */
const WORD_FOR_WORD = 0.99;

/** A place that is named speaks for one of our own intents: less is enough. */
const SURE_WITH_PLACE = 0.3;
/** From here on, a place named beside a repair is asked about. */
const MAYBE_COVERAGE = 0.2;

/** Questions of our own service, which lead from one to the other as the downgrade guide's do. */
export const SERVICE: ReadonlySet<IntentId> = new Set<IntentId>([
  "coverage",
  "hotline",
  "hours",
  "repair",
  "locked_out",
  "parts",
  "technicians",
  "price",
  "ticket_status",
]);
/** A place named with one of these is asked about. */
const WITH_PLACE: ReadonlySet<IntentId> = new Set<IntentId>([...SERVICE, "human"]);

const WHETHER =
  /(?<verb>[修来去到做管搞弄开])[不没]\k<verb>|[能会可有].*[不没无冇伐否][?？]?$|\b(?<pinyin>xiu|lai|qu|dao|zuo|guan|gao|nong|kai|pao|pai|jie|neng|hui|keyi|xing) ?bu ?\k<pinyin>\b/iu;

/** 石狮哪里修: no object, so it's ours; 石狮哪里修手机. */
const ENDS_IN_REPAIR =
  /修(?:理|的|了|吗|呢|吧|啊|呀|么|嘛|没|[,，。！!？?\s])*$|\bxiu(?: (?:li|de|le|ma|ne|ba|a|ya|mei))*[?]?$/iu;

/** The one wish of an utterance, the person first. */
function wishOf(utterance: Utterance, conversation: Conversation, mind: Mind): Wish {
  const beside = heardBesidePlaces(utterance, mind);
  if (beside === "request") return { kind: "human" };
  const ofPlaces = beside === "nobody";
  const heard = utterance.human.kind === "about" || ofPlaces ? withoutHuman(utterance) : utterance;
  const { human, places, ranked, inScope } = heard;
  if (human.kind === "request" && !ofPlaces) return { kind: "human" };
  if (human.kind === "cancel" && !ofPlaces) return { kind: "intent", intent: "human.cancel", confidence: 1 };
  const best = ranked[0];
  const confidence = best?.confidence ?? 0;
  if (places.nationwide) return { kind: "coverage", confidence: 1 };
  if (places.parts.length > 0) {
    const placed = wishOfPlace(heard, conversation, mind);
    if (placed !== undefined) return placed;
  }
  if (best === undefined) return { kind: "unsure", guesses: [], confidence };
  if (human.kind === "maybe" && best.intent === "human" && confidence >= SURE_WITH_RULES)
    return { kind: "human" };
  if (isElsewhere(best.intent, heard.text, conversation, mind))
    return { kind: "intent", intent: "oos", confidence };
  if (inScope && confidence >= SURE) {
    if (best.intent === "human") return { kind: "human" };
    return { kind: "intent", intent: best.intent, confidence };
  }
  const vouched = wishVouchedFor(heard, mind);
  if (vouched !== undefined) return vouched;
  const ofGuide = wishOfGuide(heard);
  if (ofGuide !== undefined) return ofGuide;
  return { kind: "unsure", guesses: guessesOf(utterance), confidence };
}

/** Of all that is ours it can only be one thing, and it names a thing of ours: odd words don't make it foreign. */
function wishVouchedFor({ text, ranked, human }: Utterance, { knowledge }: Mind): Wish | undefined {
  const [best] = ranked;
  if (best === undefined || human.kind === "maybe") return undefined;
  const isGuide = isDowngrade(best.intent);
  const together = ranked.reduce((sum, { confidence }) => sum + confidence, 0);
  const room = ranked.filter(({ intent }) => intent === best.intent || (isGuide && isDowngrade(intent)));
  const share = room.reduce((sum, { confidence }) => sum + confidence, 0) / together;
  const { followLexicon, downgradeLexicon, reminderLexicon } = knowledge;
  const names = isGuide ? guideNames(downgradeLexicon) : followLexicon.things;
  const said = normalise(text);
  // Who wants to be reminded of it asks nothing of it.
  const isNamed = mentionOf(said, names) !== undefined && !mentionsReminders(said, reminderLexicon);
  return isNamed && share >= BY_FAR && best.confidence >= WORTH_AN_ANSWER
    ? { kind: "intent", intent: best.intent, confidence: SURE }
    : undefined;
}

/** About a downgrade beyond doubt, though not which obstacle: the likeliest that is named beats the plain wish. */
function wishOfGuide({ ranked, human, inScope }: Utterance): Wish | undefined {
  const guide = ranked.filter(({ intent }) => isDowngrade(intent));
  const [best, second] = guide;
  const together = guide.reduce((sum, { confidence }) => sum + confidence, 0);
  if (best === undefined || best !== ranked[0] || !inScope || human.kind === "maybe") return undefined;
  if (together < SURE_OF_GUIDE) return undefined;
  const named =
    best.intent === "downgrade" && second !== undefined && second.confidence * 2 >= best.confidence;
  return { kind: "intent", ...(named ? second : best) };
}

/** Whoever asks for no person: the other intents share what `human` had. */
function withoutHuman(utterance: Utterance): Utterance {
  const rest = 1 - (utterance.ranked.find(({ intent }) => intent === "human")?.confidence ?? 0);
  const ranked = utterance.ranked
    .filter(({ intent }) => intent !== "human")
    .map((guess) => ({ ...guess, confidence: rest > 0 ? Math.min(guess.confidence / rest, 1) : 0 }));
  return { ...utterance, ranked };
}

/** Whether a person may have been asked for, so that the button for one comes before every other. */
export function isPersonFirst({ human, ranked }: Utterance): boolean {
  return human.kind === "maybe" || (human.kind === "about" && ranked[0]?.intent === "human");
}

/**
 * What is heard once the places are left out. 同仁呢 is a city, and 漳浦有没有人 asks whether we come there: `nobody`
 * is asked for. 漳浦human pls asks as much as "human pls" does.
 */
function heardBesidePlaces({ text, places, human }: Utterance, mind: Mind): "request" | "nobody" | undefined {
  if (places.parts.length === 0) return undefined;
  const rests = besidePlaces(text, places).map((rest) => hearHuman(rest, mind).kind);
  if (human.kind === "about") return undefined;
  if (human.kind !== "request" && human.kind !== "cancel")
    return rests[0] === "request" ? "request" : undefined;
  const isNamed = places.parts.some(({ recognised: { how } }) => how !== "typo" && how !== "abroad");
  return isNamed && !rests.includes(human.kind) ? "nobody" : undefined;
}

/** What is wanted where a place is named; undefined where the place is beside the point. */
function wishOfPlace(heard: Utterance, conversation: Conversation, mind: Mind): Wish | undefined {
  const { text, places, ranked, inScope, why } = heard;
  const [best] = ranked;
  const confidence = best?.confidence ?? 0;
  const chanceOf = (intent: IntentId) => ranked.find((each) => each.intent === intent)?.confidence ?? 0;
  const coverage: Wish = { kind: "coverage", confidence: Math.max(confidence, SURE) };
  if (best === undefined) return coverage;
  if (places.bare) return isNoPlace(places, best, why) ? undefined : coverage;
  // A greeting before it is only polite.
  if (best.intent === "greeting" && inScope) return coverage;
  const ours = WITH_PLACE.has(best.intent);
  const expected = awaitsPlace(conversation) || conversation.lastIntent === "coverage";
  const mayBeOurs = outside(ranked) < SURE_OF_NOTHING_OURS || addsPlace(heard, mind);
  if (expected && mayBeOurs && (ours || confidence < SPEAKS_FOR_ITSELF)) return coverage;
  const isSureOfGuide = isDowngrade(best.intent) && confidence >= SPEAKS_FOR_ITSELF;
  // Whoever asks the price of it too gets both answers.
  const alsoAsks = WITH_PLACE.has(best.intent) && best.intent !== "human";
  if (!alsoAsks && !isSureOfGuide && asksWhetherWeCome(text, places)) return coverage;
  if (
    !inScope &&
    chanceOf("coverage") < MAYBE_COVERAGE &&
    outside(ranked) >= SURE_OUT_OF_SCOPE &&
    !WHETHER.test(text.trim()) &&
    !ENDS_IN_REPAIR.test(text.trim())
  )
    return undefined;
  // Nothing that is downgraded is named, but a place is: 找不到师傅 isn't the provider's hidden entry.
  const isOfGuide = mentionOf(normalise(text), guideNames(mind.knowledge.downgradeLexicon)) !== undefined;
  const isDoubtful =
    best.intent === "downgrade.hidden_entry"
      ? confidence < SURE_OF_OTHER && !isOfGuide
      : confidence < SURE && chanceOf("coverage") >= WORTH_AN_ANSWER;
  if (!ours) return inScope && !isDoubtful ? undefined : coverage;
  // "漳浦修不修" asks whether somebody comes, not how to have it mended; "漳浦的坏了能修吗" tells a fault.
  const { problem, isQuestion } = readSlots(text, mind.knowledge.repairLexicon);
  if (problem !== null && chanceOf("repair") >= SURE_WITH_PLACE)
    return { kind: "intent", intent: "repair", confidence: chanceOf("repair") };
  if (best.intent === "coverage" || chanceOf("coverage") >= MAYBE_COVERAGE) return coverage;
  if (best.intent === "repair" && problem === null && (isQuestion || WHETHER.test(text.trim())))
    return coverage;
  if (confidence >= SURE) return undefined;
  return confidence >= SURE_WITH_PLACE ? { kind: "intent", intent: best.intent, confidence } : coverage;
}

/** 晚安 sounds like 万安, and feiyong is one letter from Feidong; whoever says "wan an" word for word says good night. */
function isNoPlace({ parts }: PlaceReading, best: RankedIntent<IntentId>, why: Utterance["why"]): boolean {
  if (best.intent === "coverage" || parts.some(({ status }) => status === "partly")) return false;
  if (parts.every(({ recognised }) => recognised.how === "typo")) return best.confidence >= SURE;
  if (best.confidence < SPEAKS_FOR_ITSELF || parts.some(({ status }) => status === "covered")) return false;
  return (why()?.nearest[0]?.similarity ?? 0) > WORD_FOR_WORD;
}

/** How likely it is that none of our intents is meant. */
function outside(ranked: Utterance["ranked"]): number {
  return 1 - ranked.reduce((sum, { confidence }) => sum + confidence, 0);
}

/** Whether a place was asked for. */
export function awaitsPlace({ awaiting }: Conversation): boolean {
  return awaiting?.kind === "place" || (awaiting?.kind === "choice" && awaiting.options[0]?.kind === "place");
}

/** True where the place named in the utterance should be answered beside its intent. */
export function asksOfPlace(intent: IntentId): boolean {
  return WITH_PLACE.has(intent);
}

function guessesOf(utterance: Utterance): IntentId[] {
  const guesses = utterance.ranked
    .filter((guess) => !NO_QUESTION.has(guess.intent) && guess.confidence >= WORTH_A_BUTTON)
    .slice(0, 3)
    .map((guess) => guess.intent);
  if (!isPersonFirst(utterance)) return guesses;
  return ["human", ...guesses.filter((guess) => guess !== "human")].slice(0, 3) as IntentId[];
}

/** Clauses longer than this tell a story; splitting one finds wishes nobody has. */
const SHORT_CLAUSE = 24;
const SURE_OF_CLAUSE = 0.75;

/**
 * The wishes of a message that plainly holds several ("漳浦能修吗 电话多少 不行就转人工"), in their order; a single
 * one for every other message. A request for a person comes last and decides the route.
 */
export function wishesOf(utterance: Utterance, conversation: Conversation, mind: Mind): readonly Wish[] {
  const whole = wishOf(utterance, conversation, mind);
  const clauses = utterance.text
    .split(/[,，。．.!！?？;；\n]+|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");
  if (clauses.length < 2 || clauses.length > 4) return [whole];
  if (clauses.some((clause) => clause.length > SHORT_CLAUSE && !/^[\x20-\x7e]+$/u.test(clause)))
    return [whole];
  const parts = clauses.filter(meansSomething(mind)).map((clause) => {
    const heard = understand(clause, mind);
    return { wish: wishOf(heard, conversation, mind), heard };
  });
  const clear = parts.flatMap(({ wish, heard }): Wish[] => {
    if (wish.kind === "coverage") return heard.places.parts.length > 0 ? [wish] : [];
    if (wish.kind === "intent") return isClear(wish.intent, wish.confidence) ? [wish] : [];
    return [];
  });
  const distinct = withoutTwins(clear, utterance.places);
  if (whole.kind === "human") return [...distinct, whole];
  // 我不要人工，就问下漳浦修不修: what is asked is answered.
  if (isCancel(whole)) return [...distinct.filter(isSure), whole];
  if (distinct.length < 2) return [whole];
  return ofOneStory(distinct, whole);
}

/** "They won't refund me, what can I do": the second half asks about the first. */
function meansSomething({ knowledge: { followLexicon } }: Mind): (clause: string) => boolean {
  const pointing = new Set([...followLexicon.next, ...followLexicon.why]);
  return (clause) => ![...bareForms(clause, followLexicon)].some((form) => pointing.has(form));
}

/** What happened, the whole story tells better than its pieces: they are no wishes of their own. */
function ofOneStory(wishes: readonly Wish[], whole: Wish): readonly Wish[] {
  // A visit of ours that was late is told of, not waited for.
  if (keyOf(whole) === "satisfaction") return wishes.filter((wish) => keyOf(wish) !== "ticket_status");
  if (!isOfGuide(whole) || keyOf(whole) === "downgrade") return wishes;
  const first = wishes.findIndex(isOfGuide);
  return wishes.flatMap((wish, at) => (at === first ? [whole] : isOfGuide(wish) ? [] : [wish]));
}

function isOfGuide(wish: Wish): boolean {
  return wish.kind === "intent" && isDowngrade(wish.intent);
}

/** Each wish once; a place asked about beside a repair is answered with it, and what is broken with the door it shuts. */
function withoutTwins(wishes: readonly Wish[], { parts }: PlaceReading): readonly Wish[] {
  const isCoverage = (wish: Wish) => keyOf(wish) === "coverage";
  const withPlace = wishes.some(
    (wish) => wish.kind === "intent" && !isCoverage(wish) && asksOfPlace(wish.intent),
  );
  const isShut = wishes.some((wish) => keyOf(wish) === "locked_out");
  return wishes.filter((wish, at) => {
    if (parts.length > 0 && withPlace && isCoverage(wish)) return false;
    if (isShut && keyOf(wish) === "repair") return false;
    return wishes.findIndex((other) => keyOf(other) === keyOf(wish)) === at;
  });
}

/** Beside a withdrawal only what is beyond doubt counts. */
function isSure(wish: Wish): boolean {
  return wish.kind === "coverage" || (wish.kind === "intent" && wish.confidence >= 0.95);
}

/** Whether it withdraws the request for a person. */
export function isCancel(wish: Wish): boolean {
  return wish.kind === "intent" && wish.intent === "human.cancel";
}

function isClear(intent: IntentId, confidence: number): boolean {
  return !NO_QUESTION.has(intent) && intent !== "human.cancel" && confidence >= SURE_OF_CLAUSE;
}

export function keyOf(wish: Wish): string {
  return wish.kind === "intent" ? wish.intent : wish.kind;
}

/** An intent beyond doubt. */
export function to(intent: IntentId): Extract<Wish, { kind: "intent" }> {
  return { kind: "intent", intent, confidence: 1 };
}
