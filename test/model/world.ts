import type { KnownAgent } from "../../src/desk/facts.ts";
import { leftQueue } from "../../src/desk/queue.ts";
import type { Customer, CustomerId, Ticket, TicketNumber, TranscriptLine } from "../../src/desk/types.ts";
import type { HeldMessage } from "../../src/dialogue/agent/held.ts";
import { decide } from "../../src/dialogue/decide.ts";
import type { Reminder } from "../../src/dialogue/downgrade/reminder.ts";
import type { DeskPolicy, Mind } from "../../src/dialogue/mind.ts";
import type {
  Conversation,
  Decision,
  Effect,
  Event,
  Lane,
  MessageRef,
  Outgoing,
  PromiseKind,
  Snapshot,
} from "../../src/dialogue/types.ts";
import { queueOf } from "../../src/store/index.ts";
import { heldAfter } from "../support/held.ts";
import { remindersAfter } from "../support/reminders.ts";

type Send = Extract<Effect, { kind: "send" }>;

export interface Row extends Send {
  readonly id: number;
  readonly customerId: CustomerId;
}

export interface PromiseRow {
  readonly customerId: CustomerId;
  readonly ticket: TicketNumber;
  readonly promise: PromiseKind;
  dueAt: number;
  state: "pending" | "kept" | "missed" | "dropped";
  fired: number;
}

/** Talks a customer out of a downgrade; elsewhere words like any other. */
export const SELLS = "现在的套餐更划算";

interface Kept {
  held: readonly HeldMessage[];
  reminders: readonly Reminder[];
  customer: Customer;
  conversation: Conversation | null;
  lines: readonly TranscriptLine[];
}

/** What a law may look at once an event has been decided and committed. */
export interface Committed {
  readonly world: World;
  readonly before: Snapshot;
  readonly event: Event;
  readonly decision: Decision;
}

/** The desk in memory: what the store keeps, by its contract (`src/store/types.ts`), and nothing else. */
export interface World {
  readonly mind: Mind;
  readonly policy: DeskPolicy;
  at: number;
  staff: DeskPolicy["staff"];
  messageId: number;
  nextTicket: TicketNumber;
  readonly inbox: { readonly customerId: CustomerId; readonly event: Event }[];
  readonly customers: Map<CustomerId, Kept>;
  readonly tickets: Map<TicketNumber, Ticket>;
  /** Tickets whose customer had their data deleted. */
  readonly anonymous: Set<TicketNumber>;
  readonly promises: PromiseRow[];
  /** Pending rows by queue. */
  readonly outbox: Map<string, Row[]>;
  outboxId: number;
  /** What reached the other side, by queue. */
  readonly sent: Map<string, Outgoing[]>;
  /** Customers' messages that must reach their topic, as `chat:message`. */
  readonly owed: Map<string, string>;
  /** Called after each commit; throws when a law is broken. */
  readonly law: (committed: Committed) => void;
}

/** As many places as the store has looked at when somebody leaves the queue. */
const NUDGED = 3;
/** Lines of the transcript that a decision can see, as in the worker. */
const RECENT = 10;

export function newWorld(mind: Mind, law: World["law"]): World {
  return {
    mind,
    policy: { firstReplyMs: 180_000, escalateEveryMs: 300_000, onCall: [901, 902], staff: "ready" },
    at: Date.UTC(2026, 10, 23, 2, 0),
    staff: "ready",
    messageId: 1,
    nextTicket: 1 as TicketNumber,
    inbox: [],
    customers: new Map(),
    tickets: new Map(),
    anonymous: new Set(),
    promises: [],
    outbox: new Map(),
    outboxId: 0,
    sent: new Map(),
    owed: new Map(),
    law,
  };
}

export function refIn(world: World, chatId: number): MessageRef {
  world.messageId += 1;
  return { chatId, messageId: world.messageId };
}

export const isOpen = (ticket: Ticket | null): ticket is Ticket =>
  ticket !== null && ticket.status !== "closed";

export function ticketOf(world: World, customerId: CustomerId): Ticket | null {
  const theirs = [...world.tickets.values()].filter(
    (ticket) => ticket.customerId === customerId && !world.anonymous.has(ticket.number),
  );
  // Numbers are only ever added in their order, so the last is the newest.
  return theirs.find(isOpen) ?? theirs.at(-1) ?? null;
}

export function waitingBefore(world: World, ticket: Ticket | null): number {
  let ahead = 0;
  for (const other of world.tickets.values())
    if (other.status === "waiting" && (ticket?.status !== "waiting" || other.number < ticket.number))
      ahead += 1;
  return ahead;
}

function servedBy(world: World, agentId: number): number {
  return [...world.tickets.values()].filter(
    ({ status, agent }) => status === "serving" && agent?.id === agentId,
  ).length;
}

function snapshotOf(world: World, customerId: CustomerId): Snapshot {
  const kept = world.customers.get(customerId);
  const ticket = ticketOf(world, customerId);
  return {
    customer: kept?.customer ?? { id: customerId, name: "", username: null, blocked: false },
    conversation: kept?.conversation ?? null,
    ticket,
    waitingAhead: waitingBefore(world, ticket),
    ...(ticket?.status === "waiting" ? { waiting: waitingBefore(world, null) } : {}),
    ...(ticket?.status === "closed" && ticket.agent !== null
      ? { agentServing: servedBy(world, ticket.agent.id) }
      : {}),
    nextTicket: world.nextTicket,
    reminders: kept?.reminders ?? [],
    recent: kept?.lines.slice(-RECENT) ?? [],
  };
}

/** Agents' messages to a customer that were held and not sent. */
export const heldBy = (world: World, customerId: CustomerId): readonly HeldMessage[] =>
  world.customers.get(customerId)?.held ?? [];

/** Agents' commands see more, as in the worker. */
function snapshotFor(world: World, customerId: CustomerId, event: Event): Snapshot {
  const snapshot = snapshotOf(world, customerId);
  const held = heldBy(world, customerId);
  if (event.kind !== "agent.command")
    return event.kind.startsWith("agent.") ? { ...snapshot, held } : snapshot;
  const said = snapshot.recent.findLast(({ speaker }) => speaker === "agent") ?? null;
  const tickets = [...world.tickets.values()].filter((ticket) => ticket.customerId === customerId).reverse();
  return {
    ...snapshot,
    held,
    desk: { agents: AGENTS, canned: [], tickets, lines: snapshot.recent, said, saidTogether: [] },
  };
}

/** Decides an event and forgets the decision: the process died before the commit, and begins again. */
export function decideAndDie(world: World, customerId: CustomerId, event: Event): void {
  const decideIt = () =>
    decide(snapshotFor(world, customerId, event), event, world.at, world.mind, policyOf(world));
  const lost = JSON.stringify(decideIt());
  if (JSON.stringify(decideIt()) !== lost)
    throw new Error(`the same event, decided again, gives another decision: ${JSON.stringify(event)}`);
}

export function handle(world: World, customerId: CustomerId, event: Event): void {
  const before = snapshotFor(world, customerId, event);
  const decision = decide(before, event, world.at, world.mind, policyOf(world));
  commit(world, customerId, decision);
  if (leftQueue(before.ticket, decision.state.ticket)) nudgeQueue(world);
  world.law({ world, before, event, decision });
}

/** As the store does: the places of the first in the queue are looked at at once. */
function nudgeQueue(world: World): void {
  const waiting = [...world.tickets.values()].filter(({ status }) => status === "waiting").slice(0, NUDGED);
  const numbers = new Set(waiting.map(({ number }) => number));
  for (const row of world.promises)
    if (row.promise === "queue.position" && row.state === "pending" && numbers.has(row.ticket))
      row.dueAt = Math.min(row.dueAt, world.at);
}

function policyOf(world: World): DeskPolicy {
  return { ...world.policy, staff: world.staff };
}

function commit(world: World, customerId: CustomerId, { state, lines, effects }: Decision): void {
  const known = world.customers.get(customerId);
  world.customers.set(customerId, {
    customer: state.customer,
    conversation: state.conversation,
    lines: [...(known?.lines ?? []), ...lines].slice(-RECENT),
    held: heldAfter(known?.held ?? [], effects),
    reminders: remindersAfter(known?.reminders ?? [], effects, world.at),
  });
  if (state.ticket !== null) saveTicket(world, state.ticket);
  if (effects.some(({ kind }) => kind === "forget")) forget(world, customerId);
  for (const effect of effects) {
    if (effect.kind === "send") enqueue(world, customerId, effect);
    else if (effect.kind === "promise.set") setPromise(world, customerId, effect);
    else if (effect.kind === "promise.settle")
      for (const row of pendingOn(world, effect.ticket))
        if (row.promise === effect.promise) row.state = effect.outcome;
  }
}

function saveTicket(world: World, ticket: Ticket): void {
  const known = world.tickets.get(ticket.number);
  if (known !== undefined && known.customerId !== ticket.customerId)
    throw new Error(`ticket #${ticket.number} is another customer's`);
  world.tickets.set(ticket.number, ticket);
  if (ticket.number >= world.nextTicket) world.nextTicket = (ticket.number + 1) as TicketNumber;
}

function forget(world: World, customerId: CustomerId): void {
  const kept = world.customers.get(customerId);
  if (kept !== undefined)
    world.customers.set(customerId, {
      customer: { ...kept.customer, name: "", username: null },
      conversation: null,
      lines: [],
      held: [],
      reminders: kept.reminders,
    });
  const hasOpen = isOpen(ticketOf(world, customerId));
  for (const ticket of world.tickets.values())
    if (ticket.customerId === customerId && ticket.status === "closed") world.anonymous.add(ticket.number);
  if (hasOpen) return;
  const queue = `t:${customerId}`;
  world.outbox.delete(queue);
  for (const [ref, owedQueue] of world.owed) if (owedQueue === queue) world.owed.delete(ref);
}

const LANES: readonly Lane[] = ["human", "relay", "answer", "notice"];

/** As the store keeps them: a pressed button is answered in a queue of its own. */
function queueFor({ to, message }: Send): string {
  return message.kind === "callback" ? `cb:${message.callbackId}` : queueOf(to);
}

function enqueue(world: World, customerId: CustomerId, effect: Send): void {
  world.outboxId += 1;
  const queue = queueFor(effect);
  const rows = world.outbox.get(queue) ?? [];
  const row: Row = { ...effect, id: world.outboxId, customerId };
  const rank = LANES.indexOf(effect.lane);
  const at = rows.findIndex((other) => LANES.indexOf(other.lane) > rank);
  rows.splice(at === -1 ? rows.length : at, 0, row);
  world.outbox.set(queue, rows);
}

function setPromise(
  world: World,
  customerId: CustomerId,
  { ticket, promise, dueAt }: Extract<Effect, { kind: "promise.set" }>,
): void {
  const pending = pendingOn(world, ticket).find((row) => row.promise === promise);
  if (pending !== undefined) Object.assign(pending, { dueAt, fired: 0 });
  else world.promises.push({ customerId, ticket, promise, dueAt, state: "pending", fired: 0 });
}

export function pendingOn(world: World, ticket: TicketNumber): PromiseRow[] {
  return world.promises.filter((row) => row.ticket === ticket && row.state === "pending");
}

export const remindersOf = (world: World, customerId: CustomerId): readonly Reminder[] =>
  world.customers.get(customerId)?.reminders ?? [];

/** The worker's round over what is due. */
export function fireDue(world: World): void {
  firePromises(world);
  for (const { customer, reminders } of [...world.customers.values()])
    for (const { id, state, dueAt } of reminders)
      if (state === "pending" && dueAt <= world.at)
        handle(world, customer.id, { kind: "reminder.due", reminder: id });
}

function firePromises(world: World): void {
  const due = world.promises
    .filter((row) => row.state === "pending" && row.dueAt <= world.at)
    .sort((a, b) => a.dueAt - b.dueAt);
  for (const row of due) {
    // Settled meanwhile by one that fired before it.
    if (row.state !== "pending" || row.dueAt > world.at) continue;
    row.fired += 1;
    handle(world, row.customerId, { kind: "promise.due", promise: row.promise, ticket: row.ticket });
  }
}

export const AGENTS: readonly KnownAgent[] = ["客服小直", "客服小达", "客服小明"].map((name, at) => ({
  id: (900 + at) as KnownAgent["id"],
  name,
  seenAt: 0,
}));

/** How Telegram takes a message. `accepted, then died`: it is sent again after the restart. */
export type Outcome = "accepted" | "accepted, then died" | "refused" | "unreachable";

/** The sender takes the first of a queue, as `src/telegram/sender.ts` does. */
export function deliver(world: World, queue: string, outcome: Outcome): void {
  const rows = world.outbox.get(queue);
  const row = rows?.[0];
  if (rows === undefined || row === undefined) return;
  const { to, message, customerId, lane } = row;
  const reached = outcome === "accepted" || outcome === "accepted, then died";
  if (reached) {
    const sent = world.sent.get(queue) ?? [];
    sent.push(message);
    world.sent.set(queue, sent);
    if (to.kind === "topic") payOwed(world, message);
  }
  if (outcome === "accepted, then died") return;
  if (outcome === "unreachable" && to.kind !== "oncall") {
    if (to.kind === "customer") handle(world, customerId, { kind: "customer.blocked" });
    else if (message.kind === "text" && message.card !== undefined)
      handle(world, customerId, { kind: "delivery.failed", to: "topic", reason: "chat not found" });
    return;
  }
  rows.shift();
  if (rows.length === 0) world.outbox.delete(queue);
  if (outcome !== "refused") return;
  if (to.kind === "topic") payOwed(world, message);
  const relayed = lane === "relay" && (message.kind === "text" || message.kind === "copy");
  if (to.kind === "customer" && relayed)
    handle(world, customerId, {
      kind: "delivery.failed",
      to: "customer",
      reason: "VOICE_MESSAGES_FORBIDDEN",
    });
}

function payOwed(world: World, message: Outgoing): void {
  if ((message.kind === "text" || message.kind === "copy") && message.origin !== undefined)
    world.owed.delete(keyOf(message.origin));
}

export const keyOf = (ref: MessageRef): string => `${ref.chatId}:${ref.messageId}`;
