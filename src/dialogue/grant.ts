import { isDowngrade } from "../desk/service.ts";
import { isOpen } from "../desk/tickets.ts";
import { normalise } from "../nlu/normalise.ts";
import { answerIntent, answerPlaces, askPlace, intentButton, nextButtons, say } from "./answer.ts";
import { isOnlyFacts, noteForCase, tellAgain } from "./downgrade/guide-noted.ts";
import { isOk } from "./follow.ts";
import { handoff, humanButton, withdrawButton } from "./handoff.ts";
import { hasWord } from "./repair/lexicon.ts";
import { currentRepair } from "./repair/steps.ts";
import { askedThrice } from "./same-question.ts";
import { overIn } from "./solved.ts";
import { converse, sayTo, type Turn, tell } from "./turn.ts";
import type { Event, Route } from "./types.ts";
import type { Utterance } from "./understand.ts";
import { asksOfPlace, isPersonFirst, keyOf, type Wish } from "./wish.ts";

type Message = Extract<Event, { kind: "customer.message" }>;

/** What is said so surely is answered, however many facts come with it. */
const SURE = 0.9;

/** Does what a message wants, wish by wish. Returns the way it went: to a person if one of them did. */
export function grantAll(turn: Turn, wishes: readonly Wish[], utterance: Utterance, message: Message): Route {
  const [wish, ...others] = wishes;
  if (wish !== undefined && others.length === 0) return grant(turn, wish, utterance, message);
  // Several questions in one message are asked again all at once.
  const isAsked = wishes.every(({ kind }) => kind !== "human");
  if (isAsked && repeated(turn, wishes.map(keyOf).join(" "), utterance.text))
    return thrice(turn, utterance.text, message);
  const { asked } = turn.conversation;
  const routes = wishes.map((each) => grant(turn, each, utterance, message));
  if (isAsked) converse(turn, { asked });
  return routes.includes("human") ? "human" : (routes[0] ?? "clarify");
}

/** Does what one wish asks for. Returns the way it went. */
function grant(turn: Turn, wish: Wish, utterance: Utterance, message: Message): Route {
  switch (wish.kind) {
    case "human":
      handoff(turn, { reason: "asked", asked: utterance.text, ref: message.ref });
      return "human";
    case "coverage":
      if (repeated(turn, `coverage ${placesIn(utterance)}`, utterance.text))
        return thrice(turn, utterance.text, message);
      converse(turn, { misses: 0 });
      answerCoverage(turn, utterance);
      return "answer";
    case "unsure":
      return missed(turn, wish, utterance, message);
    case "intent": {
      const { intent } = wish;
      if (intent === "oos") return missed(turn, wish, utterance, message);
      const isSure = wish.confidence >= SURE;
      if (isDowngrade(intent) && !isSure && isOnlyFacts(turn, utterance.text) && noteForCase(turn))
        return "answer";
      if (!CHAT.has(intent) && repeated(turn, intent, utterance.text))
        return thrice(turn, utterance.text, message);
      converse(turn, { misses: 0 });
      if (tellAgain(turn, intent)) return "answer";
      if (intent === "human.cancel" && askWhetherGivenUp(turn, utterance)) return "answer";
      if (intent === "thanks" && agree(turn, utterance.text)) return "answer";
      const humanFirst = isPersonFirst(utterance);
      if (utterance.places.parts.length > 0 && asksOfPlace(intent) && intent !== "coverage")
        answerPlaces(turn, utterance.places, { beside: intent, heard: utterance.text });
      else answerIntent(turn, intent, { humanFirst, heard: utterance.text });
      return "answer";
    }
  }
}

/** A place in the queue isn't given up on a guess: how to give it up is said (promise 1). */
function askWhetherGivenUp(turn: Turn, { text, human }: Utterance): boolean {
  const { ticket, mind } = turn;
  if (!isOpen(ticket) || ticket.status !== "waiting" || human.kind === "cancel") return false;
  const over = overIn(text, mind.knowledge.followLexicon);
  if (over === "needless" || over === "solved") return false;
  say(turn, sayTo(turn)("follow.given_up", { number: ticket.number }), [[withdrawButton(turn)]]);
  return true;
}

/** Nothing to be thanked for: they agree, or the trouble is over. */
function agree(turn: Turn, text: string): boolean {
  const words = sayTo(turn);
  const { ticket, mind } = turn;
  if (overIn(text, mind.knowledge.followLexicon) !== undefined) {
    if (isOpen(ticket))
      say(turn, words("follow.over_waiting", { number: ticket.number }), [[withdrawButton(turn)]]);
    else say(turn, words("follow.over"), [[humanButton(turn)]]);
    return true;
  }
  if (!isOk(text, mind)) return false;
  say(turn, words("follow.ok"), [[humanButton(turn)]]);
  return true;
}

/** 还去哪些地方, "any other cities": not the place last spoken of. */
const ELSEWHERE =
  /哪[里些儿个]|边度|其他|其它|别的|还有|另外|\b(?:where|which|other|else)\b|\bna ?(?:li|xie)\b/iu;

/** Where they are is asked once: a repair that is being told of has its place, and “附近” the last one. */
function answerCoverage(turn: Turn, { places, text }: Utterance): void {
  if (places.status !== "not_a_place" || places.nationwide) {
    answerPlaces(turn, places);
    return;
  }
  const { conversation, mind } = turn;
  const isNear = hasWord(normalise(text), mind.knowledge.followLexicon.near);
  const isOfLast = conversation.lastIntent === "coverage" && !ELSEWHERE.test(text);
  const codes = currentRepair(turn)?.place?.codes ?? (isNear || isOfLast ? conversation.places : []);
  const [code] = codes;
  const known = code === undefined || codes.length > 1 ? undefined : mind.places.byCode(code);
  if (known === undefined) askPlace(turn);
  else answerPlaces(turn, known);
}

/** Not questions: said as often as people like. */
const CHAT: ReadonlySet<string> = new Set(["greeting", "thanks", "goodbye", "human.cancel"]);

function placesIn({ places }: Utterance): string {
  return places.parts.flatMap(({ candidates }) => candidates.map(({ code }) => code)).join();
}

/** The same question for the third time in a row; who waits for a person already is only answered. */
function repeated(turn: Turn, about: string, text: string): boolean {
  return askedThrice(turn, about, text) && !isOpen(turn.ticket);
}

function thrice(turn: Turn, asked: string, message: Message): Route {
  const because = sayTo(turn)("ticket.after_thrice");
  handoff(turn, { reason: "asked_thrice", asked, ref: message.ref, because });
  return "human";
}

/** Not understood, or not ours: guesses at first, a person the second time in a row. */
function missed(turn: Turn, wish: Wish, utterance: Utterance, message: Message): Route {
  const words = sayTo(turn);
  if (isOpen(turn.ticket)) {
    acknowledge(turn);
    return "human";
  }
  if (noteForCase(turn)) return "answer";
  const misses = turn.conversation.misses + 1;
  if (misses >= 2) {
    const because = words("ticket.after_misses");
    handoff(turn, { reason: "missed_twice", asked: utterance.text, ref: message.ref, because });
    return "human";
  }
  const guesses = wish.kind === "unsure" ? wish.guesses : [];
  // Like nothing that is ours: said so. With the classifier broken, nothing can be told.
  const foreign = guesses.length === 0 && utterance.ranked.length > 0;
  if (wish.kind === "intent" || foreign) answerIntent(turn, "oos");
  else if (guesses.length === 0) say(turn, words("clarify.rephrase"), nextButtons(turn, "oos"));
  else offerGuesses(turn, guesses);
  converse(turn, { misses, asked: null });
  return "clarify";
}

function offerGuesses(turn: Turn, guesses: Extract<Wish, { kind: "unsure" }>["guesses"]): void {
  const words = sayTo(turn);
  const buttons = guesses
    .filter((intent) => intent !== "human")
    .map((intent, at) => {
      const { label, button } = intentButton(turn, intent);
      return { label: `${at + 1}. ${label}`, button };
    });
  const human = humanButton(turn);
  const rows = guesses[0] === "human" ? [human, ...buttons] : [...buttons, human];
  say(
    turn,
    words("clarify.choose"),
    rows.map((button) => [button]),
  );
  converse(turn, { awaiting: { kind: "choice", options: buttons.map(({ button }) => button) } });
}

/** Says once a ticket that what is written while waiting reaches the agents; more would be noise. */
export function acknowledge(turn: Turn, contact?: boolean): void {
  if (!isOpen(turn.ticket)) return;
  const { number } = turn.ticket;
  const key = `noted ${number}`;
  if (turn.conversation.asked?.key === key && contact !== true) return;
  converse(turn, { asked: { key, times: 1 } });
  tell(turn, "answer", sayTo(turn)(contact === true ? "ticket.contact_noted" : "ticket.noted", { number }));
}
