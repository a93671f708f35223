import { dayOf, isoOf } from "../../nlu/zone.ts";
import { say } from "../answer.ts";
import { humanButton } from "../handoff.ts";
import { converse, sayTo, send, type Turn, writeLine } from "../turn.ts";
import type { InlineButton } from "../types.ts";
import { type CaseFact, newCase, type Sector } from "./case.ts";
import { quotedEnglish } from "./letter-chinese.ts";
import {
  askedNow,
  LETTER_SLOTS,
  type LetterAct,
  type LetterDraft,
  type LetterSlot,
  newDraft,
  openSlots,
  withDone,
} from "./letter-draft.ts";
import {
  blanksIn,
  type Letter,
  type LetterFacts,
  letterText,
  recipientOf,
  statutesFor,
  writeLetter,
} from "./letter-text.ts";
import {
  changeButtons,
  knownLines,
  madeButtons,
  question,
  questionButtons,
  recipientsFor,
} from "./letter-words.ts";
import { caseLog } from "./log.ts";
import { lineWords } from "./log-facts.ts";
import { rungButtons } from "./remind-offer.ts";

/** The letter of the customer's present dispute; null where none is begun. */
export function currentDraft(turn: Turn): LetterDraft | null {
  const { letter, downgrade } = turn.conversation;
  return letter && letter.caseAt === downgrade?.startedAt ? letter : null;
}

/** What the customer's next message answers. Another question asked since, or a repair, comes first. */
export function askedSlot(turn: Turn): LetterSlot | null {
  const { awaiting, repair } = turn.conversation;
  if (awaiting !== null || repair?.stage === "asking") return null;
  return askedNow(currentDraft(turn), turn.at);
}

/** A button of the letter was pressed, or said in words. */
export function letterAct(turn: Turn, act: LetterAct, slot: LetterSlot): void {
  if (act === "start") {
    beginLetter(turn);
    return;
  }
  const draft = currentDraft(turn);
  if (draft === null) {
    noLonger(turn);
    return;
  }
  switch (act) {
    case "skip":
      // What is asked is left blank; a button of an earlier question takes nothing back that was told since.
      if (draft.asked === slot) setFact(turn, slot, undefined);
      goOn(turn, withDone(draft, slot), []);
      return;
    case "none":
      setFact(turn, slot, undefined);
      goOn(turn, withDone(withoutSlot(turn, draft, slot), slot), []);
      return;
    case "write":
      // All that wasn't told is left blank, and not asked again when the letter is put right.
      write(turn, { ...draft, done: LETTER_SLOTS });
      return;
    case "change":
      say(turn, sayTo(turn)("letter.change"), changeButtons(turn));
      return;
    case "edit":
      ask(turn, draft, slot, nowWords(turn, slot));
      return;
    case "stop":
      stopLetter(turn);
  }
}

/** Begins the letter with what is known of the case, or goes on where it was left. */
export function beginLetter(turn: Turn): void {
  const { downgrade, repair } = turn.conversation;
  const dispute = downgrade ?? newCase(turn.at);
  // One flow asks at a time: the repair goes on when it is told of, or its button is pressed.
  if (repair?.stage === "asking") converse(turn, { repair: { ...repair, stage: "offered" } });
  converse(turn, { downgrade: dispute, misses: 0 });
  const draft = currentDraft(turn);
  if (draft !== null) {
    goOn(turn, draft, []);
    return;
  }
  const known = knownLines(turn);
  const words = sayTo(turn);
  const begin = known === "" ? words("letter.begin_empty") : words("letter.begin", { known });
  goOn(turn, newDraft(dispute.startedAt, turn.at), [begin.trim()]);
}

export function pickSector(turn: Turn, sector: Sector): void {
  const draft = currentDraft(turn);
  const { downgrade } = turn.conversation;
  if (draft === null || !downgrade) {
    noLonger(turn);
    return;
  }
  converse(turn, { downgrade: { ...downgrade, sector } });
  const stays = recipientsFor(turn, sector).some(({ id }) => id === draft.recipient);
  goOn(turn, withDone(stays ? draft : undone({ ...draft, recipient: null }, "recipient"), "sector"), []);
}

export function pickRecipient(turn: Turn, recipient: string): void {
  const draft = currentDraft(turn);
  const sector = turn.conversation.downgrade?.sector ?? "other";
  if (draft === null || !recipientsFor(turn, sector).some(({ id }) => id === recipient)) noLonger(turn);
  else goOn(turn, withDone({ ...draft, recipient }, "recipient"), []);
}

/** Asks for the next thing, or writes the letter when nothing is left to ask. */
export function goOn(turn: Turn, draft: LetterDraft, before: readonly string[]): void {
  const [slot] = stillOpen(turn, draft);
  if (slot === undefined) write(turn, draft);
  else ask(turn, { ...draft, again: false }, slot, before);
}

/** Asks for one thing, under what is to be said of the last. */
export function ask(turn: Turn, draft: LetterDraft, slot: LetterSlot, before: readonly string[]): void {
  converse(turn, { letter: { ...draft, asked: slot, askedAt: turn.at }, awaiting: null, misses: 0 });
  const asked = question(turn, slot);
  const count = stillOpen(turn, draft).length;
  const counted = count > 1 ? sayTo(turn)("letter.count", { question: asked, count }) : asked;
  say(turn, [...before, counted].join("\n\n"), questionButtons(turn, slot));
}

function stillOpen(turn: Turn, draft: LetterDraft): readonly LetterSlot[] {
  const { downgrade } = turn.conversation;
  return downgrade ? openSlots(turn.mind.knowledge.letter, downgrade, draft) : [];
}

/** After a question in between: the letter goes on where it was. */
export function askLetterAgain(turn: Turn): void {
  const draft = currentDraft(turn);
  if (draft?.asked != null && turn.ticket === turn.snapshot.ticket) ask(turn, draft, draft.asked, []);
}

/** A person takes over: what is written next is theirs to read, and the letter waits (promise 1). */
export function holdLetter(turn: Turn): void {
  const { letter } = turn.conversation;
  if (letter && letter.asked !== null) converse(turn, { letter: { ...letter, asked: null } });
}

/** Leaves the questions; what was told stays. True where something was asked. */
export function stopLetter(turn: Turn): boolean {
  const draft = currentDraft(turn);
  if (draft === null || draft.asked === null) return false;
  const isMade = stillOpen(turn, draft).length === 0;
  converse(turn, { letter: { ...draft, asked: null }, awaiting: null });
  const inline = [[humanButton(turn)]];
  say(turn, sayTo(turn)(isMade ? "letter.unchanged" : "letter.stopped"), inline);
  return true;
}

/** Keeps, or takes back, what the customer says a slot is. */
export function setFact(turn: Turn, slot: LetterSlot, value: string | undefined): void {
  const { downgrade } = turn.conversation;
  if (!downgrade || slot === "sector" || slot === "recipient") return;
  const { [slot]: _, ...others } = downgrade.facts;
  const facts = value === undefined ? others : { ...others, [slot]: value };
  converse(turn, { downgrade: { ...downgrade, facts } });
}

/** What can't but exist, such as the provider, is only skipped. */
function withoutSlot(turn: Turn, draft: LetterDraft, slot: LetterSlot): LetterDraft {
  const { slots } = turn.mind.knowledge.letter.template;
  const without: CaseFact[] = slots.flatMap((one) =>
    one.slot === slot && one.none !== undefined ? [one.slot] : [],
  );
  return { ...draft, without: [...draft.without.filter((other) => other !== slot), ...without] };
}

function undone(draft: LetterDraft, slot: LetterSlot): LetterDraft {
  return { ...draft, done: draft.done.filter((done) => done !== slot) };
}

/** One message to copy, then its files, then what to do with them. */
function write(turn: Turn, draft: LetterDraft): void {
  const { downgrade, lang } = turn.conversation;
  if (!downgrade) return;
  converse(turn, { letter: { ...draft, asked: null }, awaiting: null });
  const { letter: knowledge, business, downgradeLexicon } = turn.mind.knowledge;
  const facts: LetterFacts = {
    dispute: downgrade,
    draft,
    log: caseLog(turn)
      .filter(({ at }) => at >= downgrade.startedAt)
      .map((entry) => ({
        at: entry.at,
        text: {
          zh: quotedEnglish(lineWords(entry, turn.mind, "zh")),
          en: lineWords(entry, turn.mind, "en"),
        },
      })),
    lexicon: downgradeLexicon,
    at: turn.at,
    timeZone: business.agents.timeZone,
  };
  const letter = writeLetter(knowledge, facts, "zh");
  const words = sayTo(turn);
  if (lang === "en") {
    const gloss = letterText(writeLetter(knowledge, facts, "en"));
    sendText(turn, words("letter.gloss", { letter: gloss }));
  }
  sendText(turn, letterText(letter), { copyable: true });
  sendFiles(turn, letter);
  // Handed to the provider, its time for an answer runs: the reminder of the guide's first step.
  const [first] = recipientsFor(turn, downgrade.sector ?? "other");
  const isFirst = first !== undefined && recipientOf(knowledge, facts)?.id === first.id;
  const remind = isFirst && downgrade.sector !== null ? rungButtons(turn, downgrade.sector, null, null) : [];
  say(turn, guidance(turn, facts), [...remind, ...madeButtons(turn)]);
}

function sendText(turn: Turn, text: string, more: { copyable?: true } = {}): void {
  writeLine(turn, { speaker: "bot", text });
  const to = { kind: "customer", customerId: turn.customer.id } as const;
  send(turn, to, "answer", { kind: "text", text, ...more });
}

function sendFiles(turn: Turn, letter: Letter): void {
  const { timeZone } = turn.mind.knowledge.business.agents;
  const name = sayTo(turn)("letter.file", { day: isoOf(dayOf(turn.at, timeZone)) });
  const to = { kind: "customer", customerId: turn.customer.id } as const;
  send(turn, to, "answer", { kind: "letter", name, caption: sayTo(turn)("letter.files"), letter });
}

/** Where it goes, what is still blank, and what it is worth. */
function guidance(turn: Turn, facts: LetterFacts): string {
  const words = sayTo(turn);
  const { lang } = turn.conversation;
  const { letter } = turn.mind.knowledge;
  const blanks = blanksIn(letter, facts).map(({ label }) => label[lang]);
  const [day = ""] = statutesFor(letter, facts.dispute)
    .map(({ checked_on }) => checked_on)
    .toSorted();
  return [
    words("letter.made"),
    recipientOf(letter, facts)?.file[lang],
    letter.template.one_track[lang],
    blanks.length === 0
      ? undefined
      : words("letter.blanks", { slots: blanks.join(words("letter.list_separator")) }),
    words("letter.evidence"),
    words("letter.checked", { day }),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function nowWords(turn: Turn, slot: LetterSlot): string[] {
  const { downgrade } = turn.conversation;
  const value = slot === "sector" || slot === "recipient" ? undefined : downgrade?.facts[slot];
  return value === undefined ? [] : [sayTo(turn)("letter.now", { value })];
}

/** The button's letter is over, or was never begun here. */
function noLonger(turn: Turn): void {
  const inline: InlineButton[][] = [[humanButton(turn)]];
  say(turn, sayTo(turn)("button.expired"), inline);
}
