import { humanButton } from "../handoff.ts";
import { sayTo, type Turn } from "../turn.ts";
import type { InlineButton } from "../types.ts";
import type { CaseFact, Sector } from "./case.ts";
import type { LetterAct, LetterSlot } from "./letter-draft.ts";
import { factAsRead } from "./lexicon.ts";
import { caseLog, entriesButton } from "./log.ts";

type Rows = readonly (readonly InlineButton[])[];

/** Under the answers about a provider that is in the way, and under what comes next. */
export function letterButton(turn: Turn): InlineButton {
  return button(sayTo(turn)("button.letter"), "start", "sector");
}

/** Under a question: its answers where they are few, leave it blank, write at once, leave, or a person (promise 1). */
export function questionButtons(turn: Turn, slot: LetterSlot): Rows {
  const say = sayTo(turn);
  const { template } = turn.mind.knowledge.letter;
  const { lang, downgrade } = turn.conversation;
  const skip = button(say("letter.button.skip"), "skip", slot);
  const none = template.slots.find((one) => one.slot === slot)?.none;
  const answers: Rows =
    slot === "sector"
      ? pairs(
          Object.entries(template.sectors).map(([sector, { label }]) => ({
            label: label[lang],
            button: { kind: "letter.sector", sector: sector as Sector },
          })),
        )
      : slot === "recipient"
        ? recipientsFor(turn, downgrade?.sector ?? "other").map(({ id, label }) => [
            { label: label[lang], button: { kind: "letter.recipient", recipient: id } },
          ])
        : none === undefined
          ? []
          : [[button(none.label[lang], "none", slot)]];
  return [
    ...answers,
    [skip, button(say("letter.button.write"), "write", slot)],
    [button(say("letter.button.stop"), "stop", slot), humanButton(turn)],
  ];
}

/** Under the finished letter. */
export function madeButtons(turn: Turn): Rows {
  const change = button(sayTo(turn)("letter.button.change"), "change", "sector");
  const entries = caseLog(turn).length > 0 ? [entriesButton(turn)] : [];
  return [[change, ...entries], [humanButton(turn)]];
}

/** A button for each thing that can be put right. */
export function changeButtons(turn: Turn): Rows {
  const say = sayTo(turn);
  const { lang } = turn.conversation;
  const slots = turn.mind.knowledge.letter.template.slots.filter(({ ask }) => ask !== undefined);
  const buttons = [
    button(say("letter.label.sector"), "edit", "sector"),
    button(say("letter.label.recipient"), "edit", "recipient"),
    ...slots.map(({ slot, label }) => button(label[lang], "edit", slot)),
  ];
  return [...pairs(buttons), [humanButton(turn)]];
}

/** The question for one thing, and what it is for. */
export function question(turn: Turn, slot: LetterSlot): string {
  const { template } = turn.mind.knowledge.letter;
  if (slot === "sector" || slot === "recipient") return sayTo(turn)(`letter.ask.${slot}`);
  const ask = template.slots.find((one) => one.slot === slot)?.ask;
  return ask?.[turn.conversation.lang] ?? "";
}

/** 目标套餐：8元, a line each; empty where nothing is known yet. */
export function knownLines(turn: Turn): string {
  const { template } = turn.mind.knowledge.letter;
  const { lang, downgrade } = turn.conversation;
  const facts: Readonly<Partial<Record<CaseFact, string>>> = downgrade?.facts ?? {};
  return template.slots
    .flatMap(({ slot, label }) => {
      const value = facts[slot];
      if (value === undefined) return [];
      const said = factAsRead(slot, value, lang, turn.mind.knowledge.downgradeLexicon);
      return [sayTo(turn)("letter.known", { label: label[lang], value: said })];
    })
    .join("\n");
}

export function recipientsFor(turn: Turn, sector: Sector) {
  const { template } = turn.mind.knowledge.letter;
  const ids = template.sectors[sector].recipients;
  return template.recipients.filter(({ id }) => ids.includes(id));
}

function button(label: string, act: LetterAct, slot: LetterSlot): InlineButton {
  return { label, button: { kind: "letter", act, slot } };
}

function pairs(buttons: readonly InlineButton[]): Rows {
  return buttons.flatMap((_, at) => (at % 2 === 0 ? [buttons.slice(at, at + 2)] : []));
}

/** The strings of the letter in `data/strings/letter.yaml`, with the parameters each needs. */
export const LETTER_STRINGS = {
  "button.letter": [],
  "letter.begin": ["known"],
  "letter.begin_empty": [],
  "letter.known": ["label", "value"],
  "letter.ask.sector": [],
  "letter.ask.recipient": [],
  "letter.pick": [],
  "letter.count": ["question", "count"],
  "letter.now": ["value"],
  "letter.change": [],
  "letter.stopped": [],
  "letter.unchanged": [],
  "letter.made": [],
  "letter.blanks": ["slots"],
  "letter.list_separator": [],
  "letter.evidence": [],
  "letter.checked": ["day"],
  "letter.gloss": ["letter"],
  "letter.file": ["day"],
  "letter.files": [],
  "letter.label.sector": [],
  "letter.label.recipient": [],
  "letter.button.skip": [],
  "letter.button.write": [],
  "letter.button.stop": [],
  "letter.button.change": [],
} as const satisfies Record<string, readonly string[]>;
