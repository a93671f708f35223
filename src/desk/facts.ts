import type { Agent, Ticket, TranscriptLine } from "./types.ts";

/** Somebody who has acted in a staff group. */
export interface KnownAgent extends Agent {
  readonly seenAt: number;
}

/** A reply kept ready for agents; `{name}` and the like are filled in when it is sent. */
export interface Canned {
  readonly name: string;
  readonly text: string;
}

/** What agents' commands about one customer are answered from. */
export interface DeskFacts {
  /** The last seen first. */
  readonly agents: readonly KnownAgent[];
  /** By name. */
  readonly canned: readonly Canned[];
  /** This customer's tickets, the newest first. */
  readonly tickets: readonly Ticket[];
  /** The last lines of this customer's transcript, oldest first. */
  readonly lines: readonly TranscriptLine[];
  /** What the agent said that the command may mean: the message replied to, else their last. */
  readonly said: TranscriptLine | null;
}

/** A ticket in the queue, with what is needed to find it. */
export interface QueueEntry {
  readonly ticket: Ticket;
  readonly customer: string;
  /** Where its topic is; null where it has none. */
  readonly topic: { readonly chatId: number; readonly threadId: number } | null;
}

/** One promise that was settled. */
export interface SettledPromise {
  readonly outcome: "kept" | "missed";
  readonly settledAt: number;
}

/** What was counted since a time, from the rows themselves. */
export interface DeskRecord {
  /** Opened or closed since then. */
  readonly tickets: readonly Ticket[];
  /** First replies promised and settled since then. */
  readonly promises: readonly SettledPromise[];
}
