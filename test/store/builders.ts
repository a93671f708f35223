import type { SettledPromise } from "../../src/desk/facts.ts";
import type { Customer, Ticket, TranscriptLine } from "../../src/desk/types.ts";
import type { Conversation, Decision, Effect, Lane, Outgoing } from "../../src/dialogue/types.ts";
import type { StoreOptions } from "../../src/store/index.ts";
import type { Cutoffs, InboxLane, NewUpdate, Store } from "../../src/store/types.ts";

/** Only what is finished, and was before this, is too old. */
export function finishedBefore(finished: number): Cutoffs {
  return { transcript: 0, tickets: 0, ids: 0, finished };
}

/** One empty database and the ways to it. */
export interface Place {
  open(options?: Omit<StoreOptions, "url">): Promise<Store>;
  /** SQL past the store: what a damaged disk, a hand or another version may have written. */
  execute(sql: string): Promise<void>;
}

export const T0 = 1_800_000_000_000;

export const conversation: Conversation = {
  lang: "zh",
  langPinned: false,
  awaiting: { kind: "choice", options: [{ kind: "intent", intent: "hotline" }, { kind: "human" }] },
  misses: 1,
  asked: { key: "coverage", times: 2 },
  lastIntent: "coverage",
  places: ["350623"],
};

export function update(updateId: number, queue: string | number = 7, lane: InboxLane = "rest"): NewUpdate {
  return { updateId, queue: String(queue), lane, payload: `{"update_id":${updateId}}`, receivedAt: T0 };
}

export function customer(id: number, changes: Partial<Customer> = {}): Customer {
  return { id, name: `customer ${id}`, username: null, blocked: false, ...changes };
}

export function ticket(number: number, customerId: number, changes: Partial<Ticket> = {}): Ticket {
  return {
    number,
    customerId,
    status: "waiting",
    reason: "asked",
    asked: "转人工",
    about: null,
    openedAt: T0,
    agent: null,
    claimedAt: null,
    firstReplyAt: null,
    closedAt: null,
    closedBy: null,
    score: null,
    comment: null,
    ...changes,
  };
}

/** A first reply that was promised, and settled. */
export function settled(changes: Partial<SettledPromise> = {}): SettledPromise {
  const times = { openedAt: T0, dueAt: T0, settledAt: T0, firstReplyAt: null };
  return { outcome: "kept", about: null, ...times, ...changes };
}

export function line(text: string, changes: Partial<TranscriptLine> = {}): TranscriptLine {
  return { at: T0, speaker: "customer", name: null, kind: "text", text, ticket: null, ref: null, ...changes };
}

/** A message to a customer. */
export function send(customerId: number, lane: Lane, message: Outgoing | string): Effect {
  return {
    kind: "send",
    to: { kind: "customer", customerId },
    lane,
    message: typeof message === "string" ? { kind: "text", text: message } : message,
  };
}

/** A message to a customer's topic. */
export function relay(customerId: number, lane: Lane, message: Outgoing | string): Effect {
  return {
    kind: "send",
    to: { kind: "topic", customerId },
    lane,
    message: typeof message === "string" ? { kind: "text", text: message } : message,
  };
}

export function decision(
  customerId: number,
  parts: { ticket?: Ticket; lines?: readonly TranscriptLine[]; effects?: readonly Effect[] } = {},
): Decision {
  return {
    state: { customer: customer(customerId), conversation, ticket: parts.ticket ?? null },
    lines: parts.lines ?? [],
    effects: parts.effects ?? [],
    reading: null,
  };
}

/** The texts that may be sent now, in the order in which they would be taken. */
export async function due(store: Store, now = T0): Promise<readonly string[]> {
  const deliveries = await store.transaction((tx) => tx.dueDeliveries(now, 100));
  return deliveries.map(({ message }) => (message.kind === "text" ? message.text : message.kind));
}

/** Takes and finishes whatever is due until nothing is; returns the texts in the order sent. */
export async function drain(store: Store, now = T0): Promise<readonly string[]> {
  const sent: string[] = [];
  for (;;) {
    const [first] = await store.transaction((tx) => tx.dueDeliveries(now, 1));
    if (!first) return sent;
    await store.transaction((tx) => tx.finishDeliveries([first.id], now));
    sent.push(first.message.kind === "text" ? first.message.text : first.message.kind);
  }
}
