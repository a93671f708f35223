import type { IntentId } from "../../knowledge/types.ts";

/** Whose rules apply to a dispute; `other` is what is neither of the three. */
export const SECTORS = ["telecom", "membership", "cloud", "other"] as const;
export type Sector = (typeof SECTORS)[number];

/** What a complaint needs to say, in the order of the letter. In the customer's own words, never guessed. */
export const CASE_FACTS = [
  /** The customer's name and phone number. */
  "name",
  "phone",
  /** The provider's full name; the phone number or account at it. */
  "provider",
  "account",
  "plan",
  "target",
  /**
   * When (an ISO day, with the hour where it was said: 2026-05-03, 2026-05-03 15:00, 2026-05), by which way, and what
   * the provider said to it.
   */
  "happened",
  "channel",
  "words",
  "waited",
  /** How often they asked, called or were put through, as they said it: 打了10086三次. */
  "attempts",
  /** The provider's own ticket number, and what it promised. */
  "number",
  "promised",
  /** ISO day and time by which it was promised. */
  "promised_by",
  /** ISO days: of a charge that is disputed, of the complaint to the provider, and of the next charge. */
  "charged",
  "complained",
  "renews",
  /** What is asked for: until when, and how much back. */
  "by",
  "refund",
  /** What they said of another body that has the dispute already. */
  "elsewhere",
] as const;
export type CaseFact = (typeof CASE_FACTS)[number];

/** A customer's dispute with a provider, as far as they have told it; kept in the conversation. */
export interface DowngradeCase {
  /** Epoch ms. */
  readonly startedAt: number;
  readonly sector: Sector | null;
  /** The obstacle answered last. */
  readonly obstacle: IntentId | null;
  readonly facts: Readonly<Partial<Record<CaseFact, string>>>;
}

export function newCase(startedAt: number): DowngradeCase {
  return { startedAt, sector: null, obstacle: null, facts: {} };
}
