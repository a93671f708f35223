import type { Agent, CustomerId, Ticket, TicketNumber } from "../../src/desk/types.ts";
import { decide } from "../../src/dialogue/decide.ts";
import type { DeskPolicy, Mind } from "../../src/dialogue/mind.ts";
import type { Decision, Event, Snapshot } from "../../src/dialogue/types.ts";
import { AGENT, CUSTOMER, POLICY } from "./talk.ts";

/** One customer among others: the places before them and the clock are set from outside. */
export interface Waiting {
  /** Waiting tickets before this customer's, from now on. */
  ahead: number;
  /** Epoch ms. */
  at: number;
  agentServing: number;
  says(text: string): Decision;
  presses(button: Extract<Event, { kind: "customer.button" }>["button"]): Decision;
  agentDoes(command: "claim" | "close", agent?: Agent): Decision;
  agentSays(text: string): Decision;
  happens(event: Event): Decision;
  readonly ticket: Ticket | null;
}

export function startWaiting(
  mind: Mind,
  { at = Date.UTC(2026, 10, 23, 2, 0), policy = POLICY }: { at?: number; policy?: DeskPolicy } = {},
): Waiting {
  let snapshot: Snapshot = {
    customer: { id: CUSTOMER as CustomerId, name: "客户甲", username: "jia", blocked: false },
    conversation: null,
    ticket: null,
    waitingAhead: 0,
    nextTicket: 9 as TicketNumber,
    recent: [],
  };
  let messageId = 1;
  const ref = () => {
    messageId += 1;
    return { chatId: CUSTOMER, messageId };
  };
  const profile = { name: "客户甲", username: "jia", languageCode: "zh" };
  const waiting: Waiting = {
    ahead: 0,
    at,
    agentServing: 0,
    says: (text) =>
      waiting.happens({
        kind: "customer.message",
        profile,
        content: { kind: "text", text },
        ref: ref(),
        replyTo: null,
        forwarded: false,
      }),
    presses: (button) => waiting.happens({ kind: "customer.button", profile, button, callbackId: "1" }),
    agentDoes: (command, agent = AGENT) =>
      waiting.happens({ kind: "agent.command", agent, command, argument: "", ref: ref() }),
    agentSays: (text) =>
      waiting.happens({
        kind: "agent.message",
        agent: AGENT,
        content: { kind: "text", text },
        ref: ref(),
        replyTo: null,
      }),
    happens(event) {
      const seen = { ...snapshot, waitingAhead: waiting.ahead, agentServing: waiting.agentServing };
      const decision = decide(seen, event, waiting.at, mind, policy);
      const { state, lines } = decision;
      snapshot = {
        ...snapshot,
        ...state,
        nextTicket: Math.max(snapshot.nextTicket, (state.ticket?.number ?? 0) + 1) as TicketNumber,
        recent: [...snapshot.recent, ...lines].slice(-10),
      };
      return decision;
    },
    get ticket() {
      return snapshot.ticket;
    },
  };
  return waiting;
}

/** When a promise made by this decision is due; undefined where none was made. */
export function dueOf(decision: Decision, promise: string): number | undefined {
  return decision.effects.flatMap((effect) =>
    effect.kind === "promise.set" && effect.promise === promise ? [effect.dueAt] : [],
  )[0];
}
