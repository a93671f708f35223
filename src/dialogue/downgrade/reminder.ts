import type { DowngradeCase, Sector } from "./case.ts";

declare const brand: unique symbol;
/** Counted up, never reused; buttons name it. */
export type ReminderId = number & { readonly [brand]?: "reminder" };

/**
 * What a reminder is about. `case` is what was known of the dispute when it was set: two weeks later the
 * conversation may have moved on to another. Times are epoch ms.
 */
export type ReminderAbout =
  /** The provider said it would call, reply or settle it by then. */
  | { readonly kind: "callback"; readonly by: number; readonly case: DowngradeCase | null }
  /** The provider said to try again then, shortly before the term ends. */
  | { readonly kind: "window"; readonly opens: number; readonly case: DowngradeCase | null }
  /** An automatic renewal or charge. */
  | { readonly kind: "charge"; readonly on: number; readonly case: DowngradeCase | null }
  /** A step of a ladder in `data/downgrade/ladders.yaml` was taken and has its own time for an answer. */
  | {
      readonly kind: "rung";
      readonly sector: Sector;
      readonly rung: string;
      readonly since: number;
      readonly case: DowngradeCase | null;
    }
  /**
   * What the customer asked in their own words. `named`: they said the hour, so no quiet time moves it. With `every` it
   * is set anew when it has come.
   */
  | { readonly kind: "own"; readonly what: string; readonly named: boolean; readonly every?: Repeat };

/** `minutes` after midnight; weekday 0 is Sunday. A month without that date has it on its last day. */
export type Repeat =
  | { readonly kind: "monthly"; readonly date: number; readonly minutes: number }
  | { readonly kind: "weekly"; readonly weekday: number; readonly minutes: number };

export type ReminderKind = ReminderAbout["kind"];

/** A reminder that is still to come, or has come and waits for the customer's word. */
export interface Reminder {
  readonly id: ReminderId;
  readonly about: ReminderAbout;
  readonly dueAt: number;
  readonly createdAt: number;
  readonly state: "pending" | "fired";
}

/** `fired`: said, and the customer's word awaited; `done`: it is settled; `dropped`: nobody needs it any more. */
export type ReminderOutcome = "fired" | "done" | "dropped";

/** What the customer says to a reminder that came: settled, not, or put off once more by the provider. */
export const REMINDER_WORDS = ["done", "not", "again"] as const;
export type ReminderWord = (typeof REMINDER_WORDS)[number];
