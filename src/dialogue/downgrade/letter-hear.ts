import { isDowngrade } from "../../desk/service.ts";
import { normalise } from "../../nlu/normalise.ts";
import { hasWord, isOneOf } from "../repair/lexicon.ts";
import { sayTo, type Turn } from "../turn.ts";
import type { Event } from "../types.ts";
import type { Utterance } from "../understand.ts";
import type { Wish } from "../wish.ts";
import type { CaseFact } from "./case.ts";
import { CLAUSE } from "./days.ts";
import { type LetterAct, type LetterDraft, type LetterSlot, withDone } from "./letter-draft.ts";
import { foundFor, IN_PASSING, noteFacts, tidy } from "./letter-facts.ts";
import {
  ask,
  askedSlot,
  beginLetter,
  currentDraft,
  goOn,
  letterAct,
  pickRecipient,
  pickSector,
  setFact,
} from "./letter-flow.ts";
import type { LetterLexicon } from "./letter-lexicon.ts";
import { recipientsFor } from "./letter-words.ts";

type Message = Extract<Event, { kind: "customer.message" }>;

/**
 * A message that may ask for the complaint letter, or answer one of its questions. `taken`: it did. `aside`:
 * something else was asked, and the letter goes on after the answer. A wish for a person is never taken (promise 1).
 */
export function hearLetter(
  turn: Turn,
  heard: Utterance,
  wishes: readonly Wish[],
  message: Message,
): "taken" | "aside" | "none" {
  if (message.forwarded) return "none";
  const { letterLexicon } = turn.mind.knowledge;
  const slot = askedSlot(turn);
  const wantsPerson =
    heard.human.kind === "request" && !(slot === "waited" && counts(heard.text, letterLexicon));
  const act = slot === null || wantsPerson ? undefined : actIn(heard.text, letterLexicon);
  if (slot !== null && act !== undefined) {
    letterAct(turn, act, slot);
    return "taken";
  }
  if (wantsPerson || (slot !== "waited" && wishes.some(({ kind }) => kind === "human"))) return "none";
  if (asksForLetter(heard.text, letterLexicon)) {
    noteFacts(turn, heard, null);
    beginLetter(turn);
    return "taken";
  }
  const draft = currentDraft(turn);
  if (slot === null || draft === null) return "none";
  if (isAside(turn, heard, wishes)) return "aside";
  take(turn, draft, slot, heard);
  return "taken";
}

/** A shared contact is the number to be reached at; true where the letter asked for it. */
export function hearLetterContact(turn: Turn, { content }: Message): boolean {
  const draft = currentDraft(turn);
  if (content.kind !== "contact" || draft === null || askedSlot(turn) !== "phone") return false;
  setFact(turn, "phone", content.phone);
  goOn(turn, withDone(draft, "phone"), []);
  return true;
}

/** 帮我写投诉信, "write a complaint letter": asked for, and not how one is written. */
function asksForLetter(text: string, lexicon: LetterLexicon): boolean {
  if (isOneOf(text, lexicon.named)) return true;
  const said = normalise(text);
  const asks = hasWord(said, lexicon.write) && hasWord(said, lexicon.letter);
  return asks && ![lexicon.how, lexicon.us, lexicon.negated].some((list) => hasWord(said, list));
}

/** 要求了3次人工: to the question how often they asked for a person, a number is the answer. */
function counts(text: string, { counted, wanted }: LetterLexicon): boolean {
  const said = normalise(text);
  return hasWord(said, counted) && !hasWord(said, wanted);
}

/** 跳过, 没有, 都跳过, 算了: the whole message is one of the flow's own words. */
function actIn(text: string, lexicon: LetterLexicon): LetterAct | undefined {
  if (isOneOf(text, lexicon.stop)) return "stop";
  if (isOneOf(text, lexicon.write_now)) return "write";
  if (isOneOf(text, lexicon.skip)) return "skip";
  return isOneOf(text, lexicon.none) ? "none" : undefined;
}

/** Whether a message asks something of its own. What tells of an obstacle is an answer, however it is put. */
function isAside(turn: Turn, { text, places }: Utterance, wishes: readonly Wish[]): boolean {
  const isQuestion =
    /[?？]\s*$/u.test(text) || hasWord(normalise(text), turn.mind.knowledge.repairLexicon.questions);
  return wishes.some((wish) => {
    if (wish.kind === "coverage") return isQuestion && places.parts.length > 0;
    if (wish.kind !== "intent" || wish.intent === "oos") return false;
    if (SMALL_TALK.has(wish.intent)) return true;
    return isQuestion && (!isDowngrade(wish.intent) || ASKED.has(wish.intent));
  });
}

const SMALL_TALK: ReadonlySet<string> = new Set(["greeting", "thanks", "goodbye", "human.cancel"]);
/** Of the guide's intents, those that are questions rather than stories. */
const ASKED: ReadonlySet<string> = new Set(["downgrade.rights", "downgrade.evidence", "downgrade.complain"]);

function take(turn: Turn, draft: LetterDraft, slot: LetterSlot, heard: Utterance): void {
  if (slot === "sector" || slot === "recipient") {
    choose(turn, draft, slot, heard);
    return;
  }
  const noted = noteFacts(turn, heard, slot);
  const isTold = noted.includes(slot) && (noted.length > 1 || !FREE.has(slot));
  const found = isTold ? undefined : foundFor(turn, slot, heard);
  const fits = isTold || found !== undefined || mayBe(turn, slot, heard.text, noted);
  if (!fits && !draft.again) {
    ask(turn, { ...draft, again: true }, slot, []);
    return;
  }
  if (fits && !isTold) setFact(turn, slot, found ?? tidy(heard.text));
  const without = draft.without.filter((other) => other !== slot);
  goOn(turn, withDone({ ...draft, without }, slot), []);
}

/** Told in sentences: alone in a message, all of it is the answer. */
const FREE: ReadonlySet<LetterSlot> = new Set(["words", "promised", "waited", "elsewhere"]);

/** Letters beside what was understood that are no more than its name: 工单号, "ticket no.". */
const NAME_OF_IT = 10;

/** Whether a message can be the answer, as it is: not where it told something else, or has no number to call. */
function mayBe(turn: Turn, slot: CaseFact, text: string, noted: readonly CaseFact[]): boolean {
  if (slot === "phone") return /\d{5}/u.test(text);
  if (!FREE.has(slot)) return noted.length === 0;
  const others = noted.filter((fact) => !IN_PASSING.has(fact));
  if (others.length === 0) return true;
  const facts = turn.conversation.downgrade?.facts ?? {};
  const rest = others.reduce((left, fact) => left.replace(facts[fact] ?? "", ""), text);
  return rest.trim().length > NAME_OF_IT;
}

/** Told by a word of the button, or by the name of the provider. */
function choose(turn: Turn, draft: LetterDraft, slot: "sector" | "recipient", heard: Utterance): void {
  const clauses = heard.text.split(CLAUSE).map(normalise);
  const { lang } = turn.conversation;
  const matches = (label: string) => clauses.some((said) => names(said, normalise(label)));
  const noted = noteFacts(turn, heard, slot);
  if (slot === "recipient") {
    const sector = turn.conversation.downgrade?.sector ?? "other";
    const found = recipientsFor(turn, sector).find(({ label }) => matches(label[lang]));
    if (found !== undefined) {
      pickRecipient(turn, found.id);
      return;
    }
  } else {
    const { template } = turn.mind.knowledge.letter;
    const sectors = ["telecom", "membership", "cloud", "other"] as const;
    const found = sectors.find((sector) => matches(template.sectors[sector].label[lang]));
    const sector = found ?? turn.conversation.downgrade?.sector;
    if (sector) {
      pickSector(turn, sector);
      return;
    }
  }
  // Said twice and still neither: it is left open rather than asked for ever.
  if (draft.again) goOn(turn, withDone(draft, slot), []);
  else ask(turn, { ...draft, again: true }, slot, noted.length > 0 ? [] : [sayTo(turn)("letter.pick")]);
}

/** 运营商 or “to the carrier first” for the button “The carrier first”. */
function names(said: string, label: string): boolean {
  return (said.length >= 2 && label.includes(said)) || said.includes(label);
}
