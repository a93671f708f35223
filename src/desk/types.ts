import type { IntentId } from "../knowledge/types.ts";

declare const brand: unique symbol;
type Id<Name extends string> = number & { readonly [brand]?: Name };

/** A Telegram user id; a customer's private chat has the same number. */
export type CustomerId = Id<"customer">;
export type AgentId = Id<"agent">;
/** The `#N` customers see: counted up from 1, never reused. */
export type TicketNumber = Id<"ticket">;

export interface Customer {
  readonly id: CustomerId;
  readonly name: string;
  readonly username: string | null;
  /** The customer has blocked the bot: nothing can be delivered until they come back. */
  readonly blocked: boolean;
  /** Agents have shut the customer out of the human desk; absent is no. Facts are still answered. */
  readonly banned?: boolean;
}

export interface Agent {
  readonly id: AgentId;
  readonly name: string;
  /** As Telegram has it, without the @; known only where the agent acts. */
  readonly username?: string;
}

/** Why a ticket was opened. */
export type TicketReason = "asked" | "missed_twice" | "asked_thrice" | "button" | "command" | "repair";

/** A request for a human. At most one per customer is not closed. */
export interface Ticket {
  readonly number: TicketNumber;
  readonly customerId: CustomerId;
  readonly status: "waiting" | "serving" | "closed";
  readonly reason: TicketReason;
  /** The customer's words that opened it. */
  readonly asked: string;
  /** What it was about when it was opened, or became clear to be about later; null where nobody can tell. */
  readonly about: IntentId | null;
  readonly openedAt: number;
  readonly agent: Agent | null;
  readonly claimedAt: number | null;
  readonly firstReplyAt: number | null;
  readonly closedAt: number | null;
  readonly closedBy: "agent" | "customer" | null;
  /** 1–5 once the customer has answered. */
  readonly score: number | null;
  readonly comment: string | null;
}

/** The kind of a line that is an entry in the customer's case log. */
export const CASE_LINE = "case";

export interface TranscriptLine {
  readonly at: number;
  readonly speaker: "customer" | "bot" | "agent" | "note";
  /** The agent's display name where an agent spoke. */
  readonly name: string | null;
  /** `text`, {@link CASE_LINE}, or the kind of media; text holds the caption then. */
  readonly kind: string;
  readonly text: string;
  readonly ticket: TicketNumber | null;
  /** The message at Telegram, where it is known: a customer's or an agent's own. */
  readonly ref: { readonly chatId: number; readonly messageId: number } | null;
  /** Telegram's own name for the file that was sent (`file_unique_id`), where it was one. */
  readonly file?: string;
  /** Telegram's own name for the album it was a part of, where it was one. */
  readonly album?: string;
}
