import { isOpen } from "../desk/tickets.ts";
import type { IntentId } from "../knowledge/types.ts";
import { learnTopic } from "./about.ts";
import { pressed } from "./buttons.ts";
import { chosen, keyboardButton } from "./choice.ts";
import { labelled } from "./downgrade/guide-flow.ts";
import { hearDowngrade, hearEntry } from "./downgrade/hear.ts";
import { askedSlot, askLetterAgain } from "./downgrade/letter-flow.ts";
import { hearLetter, hearLetterContact } from "./downgrade/letter-hear.ts";
import { asksForPerson, confirmEntry, entryIn, logPromise, ownEntry, showEntries } from "./downgrade/log.ts";
import { hearReminder, reminderWord } from "./downgrade/remind.ts";
import { awaitOffer } from "./downgrade/remind-offer.ts";
import { acknowledge, grantAll } from "./grant.ts";
import { handoff, humanButton } from "./handoff.ts";
import { answerLocation } from "./location.ts";
import { meant } from "./meant.ts";
import { fileOf, kindOf, relayToTopic, wordsOf } from "./relay.ts";
import { hearRepair, hearRepairFile } from "./repair/hear.ts";
import { isOneOf } from "./repair/lexicon.ts";
import { readSlots } from "./repair/slots.ts";
import { askAgain } from "./repair/steps.ts";
import { isTrapped } from "./repair/trapped.ts";
import { isToldAgain } from "./same-question.ts";
import { takeComment } from "./score.ts";
import { converse, sayTo, type Turn, tell, writeLine } from "./turn.ts";
import type { Button, Event, Reading, Route } from "./types.ts";
import { type Utterance, understand } from "./understand.ts";
import { asksOfPlace, type Wish } from "./wish.ts";

type Message = Extract<Event, { kind: "customer.message" }>;

/** A customer wrote something. */
export function customerMessage(turn: Turn, message: Message): void {
  const text = wordsOf(message.content).trim();
  const { letterLexicon } = turn.mind.knowledge;
  const entry = message.forwarded ? undefined : entryIn(text, letterLexicon);
  if (entry === undefined || message.content.kind !== "text")
    writeLine(turn, {
      speaker: "customer",
      kind: kindOf(message.content),
      text,
      ref: message.ref,
      ...fileOf(message.content),
    });
  if (entry !== undefined) ownEntry(turn, entry, message.ref);
  const served = turn.ticket?.status === "serving";
  if (isOpen(turn.ticket)) {
    relayToTopic(turn, message);
    if (text !== "") learnTopic(turn, text);
  }
  // While an agent serves, the bot is silent: two voices at once is nobody's help.
  if (served) return;
  if (text === "") {
    wordless(turn, message);
    return;
  }
  const { awaiting } = turn.conversation;
  const shortcut =
    keyboardButton(text, turn.mind) ??
    chosen(text, awaiting) ??
    labelled(text, awaiting, turn.mind) ??
    reminderWord(text, awaiting, turn.mind);
  if (shortcut !== undefined) {
    byButton(turn, message, text, shortcut);
    return;
  }
  const heard = understand(entry ?? text, turn.mind, turn.conversation.places);
  speakTheirLanguage(turn, heard);
  if (!message.forwarded && isTrapped(text, turn.mind.knowledge.repairLexicon)) {
    rescue(turn, heard, message);
    return;
  }
  const { utterance, wishes } = meant(turn, heard, message);
  const isRecord = entry !== undefined && !asksForPerson(utterance, letterLexicon);
  if (isRecord || isOneOf(text, letterLexicon.entries)) {
    if (isRecord) {
      hearEntry(turn, utterance);
      confirmEntry(turn);
    } else showEntries(turn);
    askLetterAgain(turn);
    turn.reading = readingOf(utterance, LOGGED, "answer");
    return;
  }
  turn.urgent = wishes.some((wish) => wish.kind === "human");
  if (takesAsComment(turn, text, wishes)) {
    takeComment(turn, text);
    turn.reading = readingOf(utterance, wishes[0], "answer");
    return;
  }
  if (!message.forwarded && hearReminder(turn, utterance, wishes)) {
    turn.reading = readingOf(utterance, wishes.find(isMeant) ?? REMINDED, "answer");
    if (turn.conversation.awaiting === null) askLetterAgain(turn);
    return;
  }
  const letter = hearLetter(turn, utterance, wishes, message);
  if (letter === "taken") {
    const reading = readingOf(utterance, WRITTEN, "answer");
    turn.reading = { ...reading, why: () => ({ ...reading.why(), letter: "answer" }) };
    return;
  }
  const repair = isToldAgain(turn, text) ? "none" : hearRepair(turn, utterance, wishes, message);
  if (repair === "taken") {
    const reading = readingOf(utterance, wishes[0], "answer");
    // What answers a question of the request means what was asked, whatever it would mean by itself.
    const asked = turn.snapshot.conversation?.repair != null && reading.coverage === null;
    turn.reading = asked
      ? {
          ...reading,
          intent: reading.intent === "locked_out" ? "locked_out" : "repair",
          why: () => ({ ...reading.why(), repair: "answer" }),
        }
      : reading;
    return;
  }
  // A question beside the letter is about something else: nothing in it tells of the dispute.
  if (!message.forwarded && letter !== "aside") {
    const before = turn.conversation.downgrade ?? null;
    hearDowngrade(turn, utterance, wishes);
    logPromise(turn, before);
  }
  const route = grantAll(turn, wishes, utterance, message);
  awaitOffer(turn);
  if (letter === "aside" && route !== "human") askLetterAgain(turn);
  else if (repair === "aside" && route !== "human") askAgain(turn);
  const reading = readingOf(utterance, wishes.find((wish) => wish.kind === "human") ?? wishes[0], route);
  const answersPlaces = wishes.some((wish) => isOfPlaces(wish, utterance));
  turn.reading = { ...reading, coverage: answersPlaces ? utterance.places : null };
  if (route === "human" && message.content.kind !== "text" && turn.snapshot.ticket?.status !== "waiting")
    relayToTopic(turn, message);
}

/** Somebody is shut in: the rescue service's number first, and a person of ours in the same breath (promise 1). */
function rescue(turn: Turn, heard: Utterance, message: Message): void {
  turn.urgent = true;
  tell(turn, "human", sayTo(turn)("repair.trapped"));
  handoff(turn, { reason: "asked", asked: heard.text, ref: message.ref });
  turn.reading = readingOf(heard, { kind: "human" }, "human");
}

/** What an answer to a question of the letter means, whatever it would mean by itself. */
const WRITTEN: Wish = { kind: "intent", intent: "downgrade.complain", confidence: 1 };

/** What a reminder that was asked for by itself is told under: they are the guide's. */
const REMINDED: Wish = { kind: "intent", intent: "downgrade", confidence: 1 };

function isMeant(wish: Wish): boolean {
  return wish.kind !== "unsure" && !(wish.kind === "intent" && wish.intent === "oos");
}

/** What an entry of the case log is told under: keeping evidence. */
const LOGGED: Wish = { kind: "intent", intent: "downgrade.evidence", confidence: 1 };

/** A picture, a voice message, a place, a contact: no words to understand. */
function wordless(turn: Turn, message: Message): void {
  const words = sayTo(turn);
  if (hearLetterContact(turn, message) || hearRepairFile(turn, message)) return;
  if (isOpen(turn.ticket)) {
    acknowledge(turn, message.content.kind === "contact");
    return;
  }
  const { content } = message;
  if (content.kind === "location") {
    answerLocation(turn, content);
    return;
  }
  const key = content.kind === "contact" ? "clarify.contact" : "clarify.media";
  tell(turn, "answer", words(key), { inline: [[humanButton(turn)]] });
}

/** A keyboard label or a number stands for a button. */
function byButton(turn: Turn, message: Message, text: string, button: Button): void {
  pressed(turn, button, { asked: text, ref: message.ref });
  const human = button.kind === "human";
  turn.urgent = human;
  turn.reading = {
    text,
    lang: turn.conversation.lang,
    intent: intentOf(button),
    confidence: 1,
    route: human ? "human" : "answer",
    coverage: button.kind === "place" ? (turn.mind.places.byCode(button.code) ?? null) : null,
    why: () => ({ button: button.kind }),
  };
}

function isOfPlaces(wish: Wish, { places }: Utterance): boolean {
  if (wish.kind === "coverage") return true;
  return (
    wish.kind === "intent" &&
    (wish.intent === "coverage" || (asksOfPlace(wish.intent) && places.parts.length > 0))
  );
}

function intentOf(button: Button): IntentId {
  if (button.kind === "human") return "human";
  if (button.kind === "intent") return button.intent;
  return /^(?:remind|guide)/u.test(button.kind) ? "downgrade" : "coverage";
}

function takesAsComment(turn: Turn, text: string, wishes: readonly Wish[]): boolean {
  const { awaiting } = turn.conversation;
  if (awaiting?.kind !== "comment" || awaiting.ticket !== turn.ticket?.number) return false;
  const asks = readSlots(text, turn.mind.knowledge.repairLexicon).isQuestion;
  return wishes.every(
    (wish) =>
      wish.kind === "unsure" ||
      (wish.kind === "intent" &&
        // "Waited so long" tells how it was; "where is my ticket" asks.
        (COMMENTS.has(wish.intent) || (wish.intent === "ticket_status" && !asks))),
  );
}

const COMMENTS: ReadonlySet<string> = new Set([
  "oos",
  "satisfaction",
  // Of a ticket that is closed there's nothing to withdraw: "waited too long" says how it was.
  "human.cancel",
  "technicians",
  "thanks",
  "goodbye",
  "greeting",
]);

/** Letters of an answer that may be no more than a name. */
const NAME = 20;

function speakTheirLanguage(turn: Turn, utterance: Utterance): void {
  if (utterance.lang === undefined || turn.conversation.langPinned) return;
  // A name that was asked for (中国移动, Netflix) says nothing of the language of whoever gives it.
  if (askedSlot(turn) !== null && utterance.text.length <= NAME) return;
  // So does a bare place in Latin letters: it may be pinyin as well as English.
  if (utterance.lang === "pinyin" && utterance.places.bare) return;
  converse(turn, { lang: utterance.lang === "en" ? "en" : "zh" });
}

function readingOf(utterance: Utterance, wish: Wish | undefined, route: Route): Reading {
  const best = utterance.ranked[0];
  const intent =
    wish?.kind === "human"
      ? "human"
      : wish?.kind === "coverage"
        ? "coverage"
        : wish?.kind === "intent"
          ? wish.intent
          : utterance.inScope && best !== undefined
            ? best.intent
            : "oos";
  return {
    text: utterance.text,
    lang: utterance.lang ?? "zh",
    intent,
    confidence: wish?.kind === "human" ? 1 : (wish?.confidence ?? 0),
    route,
    coverage: wish !== undefined && isOfPlaces(wish, utterance) ? utterance.places : null,
    why: () => ({
      human: utterance.human,
      ...utterance.why(),
      ...(utterance.broken.length > 0 ? { broken: utterance.broken } : {}),
    }),
  };
}
