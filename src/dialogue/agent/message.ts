import type { Agent } from "../../desk/types.ts";
import { kindOf, wordsOf } from "../relay.ts";
import { sayToStaff, type Turn, tellTopic, writeLine } from "../turn.ts";
import type { Event } from "../types.ts";
import { dissuasionIn } from "./held.ts";
import { heldAlbum, hold } from "./held-press.ts";
import { changeForCustomer, passToCustomer } from "./pass.ts";

/** A line that starts like this stays among the agents. */
const NOTE = "//";
/** So does a command, edited or not. */
const COMMAND = /^\/[a-z0-9_]/iu;

/** An agent wrote in a customer's topic: it goes to the customer, unless it is held. Returns whether it went. */
export function agentMessage(
  turn: Turn,
  event: Extract<Event, { kind: "agent.message" }>,
): "passed" | "kept" {
  const { agent, content, ref } = event;
  const words = wordsOf(content);
  if (words.startsWith(NOTE)) {
    keepNote(turn, agent, words.slice(NOTE.length).trim(), kindOf(content));
    return "kept";
  }
  const say = sayToStaff(turn);
  if (turn.customer.banned === true) {
    tellTopic(turn, "relay", say("desk.is_banned"), { replyTo: ref });
    return "kept";
  }
  const { ticket } = turn;
  if (ticket === null) {
    tellTopic(turn, "relay", say("desk.no_ticket"));
    return "kept";
  }
  const phrase = dissuasionIn(turn, words);
  if (phrase !== undefined || heldAlbum(turn, content) !== undefined) {
    hold(turn, { ...event, way: "message", ticket: ticket.number }, phrase ?? null);
    return "kept";
  }
  passToCustomer(turn, ticket, event);
  return "passed";
}

/**
 * An agent changed what they wrote. What the customer has is changed with it; what was held goes out now, unless
 * the new words are to be held as well.
 */
export function agentEdited(turn: Turn, event: Extract<Event, { kind: "agent.edited" }>): void {
  const text = wordsOf(event.content);
  const { ticket } = turn;
  if (ticket === null || COMMAND.test(text)) return;
  const held = (turn.snapshot.held ?? []).find(({ ref }) => ref.messageId === event.ref.messageId);
  const { desk } = turn.snapshot;
  const hasCopy = desk === undefined || desk.said !== null;
  const isNote = text.startsWith(NOTE);
  // A note that is one no more, or words that shall be a note: neither does what whoever changed them expects.
  if (held === undefined && isNote === hasCopy) {
    const key = isNote ? "desk.edited_to_note" : "desk.edited_unsent";
    tellTopic(turn, "relay", sayToStaff(turn)(key), { replyTo: event.ref });
    return;
  }
  if (isNote) return;
  const words = { ...event, replyTo: held?.replyTo ?? null };
  const phrase = dissuasionIn(turn, text);
  if (phrase !== undefined) {
    hold(turn, { ...words, way: held?.way ?? "edit", ticket: ticket.number }, phrase);
    return;
  }
  if (held !== undefined) turn.effects.push({ kind: "held.settle", ref: held.ref, outcome: "changed" });
  if (held?.way === "message" && turn.customer.banned !== true) passToCustomer(turn, ticket, words);
  else changeForCustomer(turn, words);
}

/** Something for the agents to remember: in the transcript, and never the customer's to read. */
export function keepNote(turn: Turn, agent: Agent, text: string, kind: string): void {
  writeLine(turn, { speaker: "note", name: agent.name, kind, text });
}
