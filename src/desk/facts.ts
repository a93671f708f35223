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
  /** All parts of the album that it is one of; empty where it is none. */
  readonly saidTogether: readonly TranscriptLine[];
}

/** A ticket in the queue. */
export interface QueueEntry {
  readonly ticket: Ticket;
  /** Their name. */
  readonly customer: string;
  /** When the customer wrote the first message that no agent has answered, epoch ms; null where all are. */
  readonly unansweredSince: number | null;
}

/** A request for a person as far as it is counted: whose it was, and their words, don't count. */
export type CountedTicket = Pick<
  Ticket,
  "number" | "status" | "reason" | "about" | "score" | "openedAt" | "firstReplyAt" | "closedAt" | "closedBy"
>;

/** A promised first reply that was settled, and the ticket it was promised on. Times in epoch ms. */
export interface SettledPromise extends Pick<Ticket, "about" | "openedAt" | "firstReplyAt"> {
  readonly outcome: "kept" | "missed";
  readonly dueAt: number;
  readonly settledAt: number;
}

/** An agent's message that was held because it looked like talking a customer out of a downgrade. */
export interface HeldCount {
  readonly at: number;
  /** `changed` and `dropped` weren't sent as they were. */
  readonly outcome: "pending" | "sent" | "changed" | "dropped";
}

/** What was counted since a time, from the rows themselves. */
export interface DeskRecord {
  /** Opened or closed since then. */
  readonly tickets: readonly CountedTicket[];
  /** First replies promised and settled since then. */
  readonly promises: readonly SettledPromise[];
  /** Held since then. */
  readonly held: readonly HeldCount[];
}
