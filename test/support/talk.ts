import type { DeskFacts } from "../../src/desk/facts.ts";
import {
  type Agent,
  CASE_LINE,
  type CustomerId,
  type Ticket,
  type TicketNumber,
} from "../../src/desk/types.ts";
import { decide } from "../../src/dialogue/decide.ts";
import type { Reminder } from "../../src/dialogue/downgrade/reminder.ts";
import type { DeskPolicy, Mind } from "../../src/dialogue/mind.ts";
import type {
  Button,
  Content,
  Decision,
  Effect,
  Event,
  Outgoing,
  Snapshot,
} from "../../src/dialogue/types.ts";

import { heldAfter } from "./held.ts";
import { remindersAfter } from "./reminders.ts";

export const CUSTOMER = 700 as CustomerId;
export const AGENT: Agent = { id: 900 as Agent["id"], name: "客服小直" };
export const POLICY: DeskPolicy = {
  firstReplyMs: 180_000,
  escalateEveryMs: 600_000,
  onCall: [901],
  staff: "ready",
};

/** One customer's conversation over the pure core: what is said goes in, what would be sent comes out. */
export interface Talk {
  says(text: string, more?: Partial<Extract<Event, { kind: "customer.message" }>>): Decision;
  sends(content: Content): Decision;
  types(command: string, argument?: string): Decision;
  presses(button: Button): Decision;
  agentSays(text: string, agent?: Agent): Decision;
  agentPresses(button: Button, agent?: Agent): Decision;
  agentTypes(
    command: string,
    argument?: string,
    more?: Partial<Extract<Event, { kind: "agent.command" }>>,
  ): Decision;
  /** What the store would have looked up for agents' commands from now on. */
  knows(desk: Partial<DeskFacts>): void;
  happens(event: Event): Decision;
  later(ms: number): void;
  readonly ticket: Ticket | null;
  readonly snapshot: Snapshot;
  /** Epoch ms. */
  readonly at: number;
}

export function startTalk(mind: Mind, policy: DeskPolicy = POLICY): Talk {
  let at = Date.UTC(2026, 10, 23, 2, 0);
  let messageId = 1;
  let snapshot: Snapshot = {
    customer: { id: CUSTOMER, name: "客户甲", username: "jia", blocked: false },
    conversation: null,
    ticket: null,
    waitingAhead: 0,
    nextTicket: 1 as TicketNumber,
    recent: [],
  };
  let reminders: readonly Reminder[] = [];
  let desk: DeskFacts | null = null;
  const profile = { name: "客户甲", username: "jia", languageCode: "zh" };
  const ref = () => {
    messageId += 1;
    return { chatId: CUSTOMER, messageId };
  };
  const happens = (event: Event): Decision => {
    at += 1000;
    const decision = decide(desk === null ? snapshot : { ...snapshot, desk }, event, at, mind, policy);
    const { state } = decision;
    reminders = remindersAfter(reminders, decision.effects, at);
    snapshot = {
      ...state,
      waitingAhead: 0,
      nextTicket: Math.max(snapshot.nextTicket, (state.ticket?.number ?? 0) + 1) as TicketNumber,
      recent: [...snapshot.recent, ...decision.lines].slice(-10),
      caseLog: [...(snapshot.caseLog ?? []), ...decision.lines.filter(({ kind }) => kind === CASE_LINE)],
      held: heldAfter(snapshot.held ?? [], decision.effects),
      reminders,
    };
    return decision;
  };
  const sends: Talk["sends"] = (content) =>
    happens({ kind: "customer.message", profile, content, ref: ref(), replyTo: null, forwarded: false });
  return {
    says: (text, more = {}) =>
      happens({
        kind: "customer.message",
        profile,
        content: { kind: "text", text },
        ref: ref(),
        replyTo: null,
        forwarded: false,
        ...more,
      }),
    sends,
    types: (command, argument = "") =>
      happens({ kind: "customer.command", profile, command, argument, ref: ref() }),
    presses: (button) => happens({ kind: "customer.button", profile, button, callbackId: "1" }),
    agentSays: (text, agent = AGENT) =>
      happens({ kind: "agent.message", agent, content: { kind: "text", text }, ref: ref(), replyTo: null }),
    agentPresses: (button, agent = AGENT) =>
      happens({ kind: "agent.button", agent, button, callbackId: "2" }),
    agentTypes: (command, argument = "", more = {}) =>
      happens({ kind: "agent.command", agent: AGENT, command, argument, ref: ref(), ...more }),
    knows: (facts) => {
      desk = { agents: [], canned: [], tickets: [], lines: [], said: null, saidTogether: [], ...facts };
    },
    happens,
    later: (ms) => {
      at += ms;
    },
    get ticket() {
      return snapshot.ticket;
    },
    get at() {
      return at;
    },
    get snapshot() {
      return snapshot;
    },
  };
}

type Sent = Extract<Effect, { kind: "send" }>;

export function sentTo(decision: Decision, to: Sent["to"]["kind"]): Outgoing[] {
  return decision.effects.flatMap((effect) =>
    effect.kind === "send" && effect.to.kind === to ? [effect.message] : [],
  );
}

/** What the customer (or the topic, or the on-call agents) would read, message after message. */
export function textsTo(decision: Decision, to: Sent["to"]["kind"] = "customer"): string[] {
  return sentTo(decision, to).flatMap((message) => (message.kind === "text" ? [message.text] : []));
}

export function buttonsTo(decision: Decision): Button[] {
  return sentTo(decision, "customer").flatMap((message) =>
    message.kind === "text"
      ? (message.inline ?? []).flat().flatMap((key) => ("button" in key ? [key.button] : []))
      : [],
  );
}
