import type { Agent, TicketNumber } from "../../desk/types.ts";
import { dissuasiveIn } from "../../knowledge/dissuasive.ts";
import { simplify } from "../../nlu/normalise.ts";
import { isDowngradeTalk } from "../about.ts";
import { sayToStaff, type Turn, tellTopic } from "../turn.ts";
import type { Content, MessageRef } from "../types.ts";

/** The strings of `data/strings/held.yaml` with the parameters each needs. */
export const HELD_STRINGS = {
  "desk.held": ["phrase"],
  "desk.held.edit": ["phrase"],
  "desk.held.send": [],
  "desk.held.change": [],
  "desk.held.sent": [],
  "desk.held.dropped": [],
  "desk.held.settled": [],
  "desk.held.was_sent": ["agent", "phrase"],
  "desk.held.was_dropped": ["agent", "phrase"],
  "desk.held.unsent": ["count"],
  "desk.canned.dissuades": ["phrase"],
  "desk.about": ["about"],
} as const satisfies Record<string, readonly string[]>;

/** `send`: as it stands. `change`: not like this; the agent edits it or writes anew. */
export const HELD_ACTS = ["send", "change"] as const;
export type HeldAct = (typeof HELD_ACTS)[number];

/** An agent's words that look like talking a customer out of a downgrade: they wait for one press (promise 4). */
export interface HeldMessage {
  readonly ref: MessageRef;
  readonly agent: Agent;
  readonly content: Content;
  readonly replyTo: MessageRef | null;
  /** A message that has reached nobody, or new words for one that has. */
  readonly way: "message" | "edit";
  /** What it was held for; null for further parts of an album, which follow the part with the words. */
  readonly phrase: string | null;
  readonly ticket: TicketNumber;
  /** `dropped`: not to be sent as it was; edited, it still may go. */
  readonly state: "pending" | "dropped";
}

/** What in an agent's words talks this customer out of going down; undefined elsewhere, and where nothing does. */
export function dissuasionIn(turn: Turn, text: string): string | undefined {
  if (text === "" || !isDowngradeTalk(turn)) return undefined;
  const { dissuasion } = turn.mind.knowledge;
  return dissuasiveIn(simplify(text), dissuasion, { about: "downgrade" })[0]?.words;
}

/** This customer's messages that wait for a press. */
export function pendingHeld(turn: Turn): readonly HeldMessage[] {
  return (turn.snapshot.held ?? []).filter(({ state }) => state === "pending");
}

/** The ticket is closed while something waits: nobody shall think that it was sent. */
export function tellUnsent(turn: Turn): void {
  const count = pendingHeld(turn).filter(({ phrase }) => phrase !== null).length;
  if (count > 0) tellTopic(turn, "relay", sayToStaff(turn)("desk.held.unsent", { count }));
}
