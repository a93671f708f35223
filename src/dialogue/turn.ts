import { isOpen } from "../desk/tickets.ts";
import type { Customer, Ticket, TicketNumber, TranscriptLine } from "../desk/types.ts";
import type { Lang } from "../knowledge/types.ts";
import type { DeskPolicy, Mind } from "./mind.ts";
import type { Say } from "./strings.ts";
import type {
  Address,
  ButtonRow,
  Conversation,
  Decision,
  Effect,
  InlineButton,
  Lane,
  MessageRef,
  Outgoing,
  Profile,
  Reading,
  Snapshot,
  TicketMention,
} from "./types.ts";

/** Agents read Chinese; their own words pass through as they are. */
export const STAFF_LANG: Lang = "zh";

/** One event being decided: the state so far and what follows from it. Lives only within one `decide`. */
export interface Turn {
  readonly at: number;
  readonly mind: Mind;
  readonly policy: DeskPolicy;
  readonly snapshot: Snapshot;
  customer: Customer;
  conversation: Conversation;
  ticket: Ticket | null;
  reading: Reading | null;
  /** The event asks for a person: all it says goes in the person's lane, so that it keeps its order. */
  urgent: boolean;
  /** Something is said that the snapshot doesn't tell. */
  lacks?: "stored";
  readonly effects: Effect[];
  readonly lines: TranscriptLine[];
}

export function beginTurn(
  snapshot: Snapshot,
  at: number,
  mind: Mind,
  policy: DeskPolicy,
  profile?: Profile,
): Turn {
  const customer = profile
    ? { ...snapshot.customer, name: profile.name, username: profile.username, blocked: false }
    : snapshot.customer;
  return {
    at,
    mind,
    policy,
    snapshot,
    customer,
    conversation: snapshot.conversation ?? newConversation(profile?.languageCode ?? null),
    ticket: snapshot.ticket,
    reading: null,
    urgent: false,
    effects: [],
    lines: [],
  };
}

export function endTurn(turn: Turn): Decision {
  return {
    state: { customer: turn.customer, conversation: turn.conversation, ticket: turn.ticket },
    lines: turn.lines,
    effects: turn.effects,
    reading: turn.reading,
    ...(turn.lacks === undefined ? {} : { lacks: turn.lacks }),
  };
}

/** Chinese first: English only for a Telegram app that is set to another language. */
export function newConversation(languageCode: string | null): Conversation {
  return {
    lang: languageCode === null || languageCode.startsWith("zh") ? "zh" : "en",
    langPinned: false,
    awaiting: null,
    misses: 0,
    asked: null,
    lastIntent: null,
    places: [],
  };
}

/** All that words depend on, beside what they say: a turn, or whoever reads what an earlier one wrote. */
export interface Hearer {
  readonly mind: Mind;
  readonly at: number;
  readonly conversation: Pick<Conversation, "lang">;
}

export function sayTo({ mind, conversation }: Pick<Hearer, "mind" | "conversation">): Say {
  return mind.say(conversation.lang);
}

export function sayToStaff(turn: Turn): Say {
  return turn.mind.say(STAFF_LANG);
}

export function send(turn: Turn, to: Address, lane: Lane, message: Outgoing): void {
  turn.effects.push({ kind: "send", to, lane, message });
}

export function writeLine(
  turn: Turn,
  line: Pick<TranscriptLine, "speaker" | "text"> & Partial<TranscriptLine>,
): void {
  turn.lines.push({
    at: turn.at,
    name: null,
    kind: "text",
    ticket: isOpen(turn.ticket) ? turn.ticket.number : null,
    ref: null,
    ...line,
  });
}

type Dressing = { readonly inline?: readonly ButtonRow[]; readonly keyboard?: Lang };

/** The bot says something to the customer. */
export function tell(turn: Turn, lane: Lane, words: string, dressing: Dressing = {}): void {
  const text = words.trim();
  writeLine(turn, { speaker: "bot", text });
  send(turn, { kind: "customer", customerId: turn.customer.id }, lane, { kind: "text", text, ...dressing });
}

/** Something for the agents to read in the customer's topic. */
export function tellTopic(
  turn: Turn,
  lane: Lane,
  text: string,
  more: {
    inline?: readonly (readonly InlineButton[])[];
    origin?: MessageRef;
    replyTo?: MessageRef | null;
    tickets?: readonly TicketMention[];
  } = {},
): void {
  toTopic(turn, lane, { kind: "text", text, ...more });
}

export function toTopic(turn: Turn, lane: Lane, message: Outgoing): void {
  send(turn, { kind: "topic", customerId: turn.customer.id }, lane, message);
}

/** Pages every on-call agent in private, about one of this customer's tickets. */
export function page(turn: Turn, number: TicketNumber, text: string): void {
  const tickets = [{ number, customerId: turn.customer.id }];
  for (const userId of turn.policy.onCall) {
    send(turn, { kind: "oncall", userId }, "human", { kind: "text", text, tickets });
  }
}

export function converse(turn: Turn, change: Partial<Conversation>): void {
  turn.conversation = { ...turn.conversation, ...change };
}
