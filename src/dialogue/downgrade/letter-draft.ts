import type { LetterKnowledge } from "../../knowledge/letter.ts";
import { CASE_FACTS, type CaseFact, type DowngradeCase } from "./case.ts";

/** What a letter needs to know: whose rules, whom it goes to, and the facts of the case. */
export const LETTER_SLOTS = ["sector", "recipient", ...CASE_FACTS] as const;
export type LetterSlot = (typeof LETTER_SLOTS)[number];

/**
 * `skip`: leave it blank. `none`: there is no such thing. `write`: with what is known. `change`: choose what to put
 * right. `edit`: put this slot right.
 */
export const LETTER_ACTS = ["start", "skip", "none", "write", "change", "edit", "stop"] as const;
export type LetterAct = (typeof LETTER_ACTS)[number];

/** A complaint letter being asked for; its facts are the case's. Kept in the conversation. */
export interface LetterDraft {
  /** When its case began, epoch ms: a letter belongs to one dispute. */
  readonly caseAt: number;
  /** When the last question was asked, epoch ms. */
  readonly askedAt: number;
  /** What the next message answers; null where nothing is asked. */
  readonly asked: LetterSlot | null;
  /** The question was answered by something else, and is asked for the second time. */
  readonly again: boolean;
  /** Answered or skipped: not asked again. */
  readonly done: readonly LetterSlot[];
  /** Said not to exist: no ticket number was given, no refund is wanted. */
  readonly without: readonly CaseFact[];
  /** An id of `recipients` in `data/downgrade/letter.yaml`. */
  readonly recipient: string | null;
}

export function newDraft(caseAt: number, askedAt: number): LetterDraft {
  return { caseAt, askedAt, asked: null, again: false, done: [], without: [], recipient: null };
}

/** What nobody has told or skipped, in the order it is asked; empty when the letter can be written. */
export function openSlots(
  { template }: LetterKnowledge,
  { sector, facts }: DowngradeCase,
  { done, without, recipient }: LetterDraft,
): readonly LetterSlot[] {
  const choices: LetterSlot[] = [
    ...(sector === null ? (["sector"] as const) : []),
    ...(recipient === null ? (["recipient"] as const) : []),
  ];
  const untold = template.slots.flatMap(({ slot, ask }) =>
    ask !== undefined && facts[slot] === undefined && !without.includes(slot) ? [slot] : [],
  );
  return [...choices, ...untold].filter((slot) => !done.includes(slot));
}

/** Answered or skipped; what was skipped is blank. */
export function withDone(draft: LetterDraft, slot: LetterSlot): LetterDraft {
  return draft.done.includes(slot) ? draft : { ...draft, done: [...draft.done, slot] };
}

/** A question is answered within this time, ms; later, the button or the words begin where it was left. */
const FRESH_MS = 24 * 3_600_000;

/** What the next message answers; null where it is no answer. */
export function askedNow(draft: LetterDraft | null | undefined, at: number): LetterSlot | null {
  return draft && at - draft.askedAt <= FRESH_MS ? draft.asked : null;
}
