import { minutesUntil, warningDue } from "../desk/promises.ts";
import { closeTicket, isOpen, openTicket } from "../desk/tickets.ts";
import type { Customer, Ticket, TicketReason } from "../desk/types.ts";
import { topicNow } from "./about.ts";
import { refuseBanned } from "./agent/ban.ts";
import { bringAlong } from "./brought.ts";
import { ticketCard } from "./card.ts";
import { holdLetter, stopLetter } from "./downgrade/letter-flow.ts";
import {
  continuesWords,
  formerTicket,
  notePosition,
  openingBefore,
  queuePosition,
  replyDue,
} from "./queue.ts";
import { holdRepair, repairButtons, repairStatus, sendRepairFiles } from "./repair/hold.ts";
import { stopRepair } from "./repair/steps.ts";
import type { Say } from "./strings.ts";
import { page, sayTo, sayToStaff, send, type Turn, tell, tellTopic, toTopic } from "./turn.ts";
import type { InlineButton, Lane, MessageRef } from "./types.ts";

/**
 * The one door to the human: any room may knock, and a ticket stands when this returns (promise 1). It asks
 * nothing, confirms nothing, and only tells the place in the queue when a ticket is open already.
 * @param asked the customer's own words, and the message they came in, if there was one
 */
export function handoff(
  turn: Turn,
  request: {
    reason: TicketReason;
    asked: string;
    ref: MessageRef | null;
    because?: string;
  },
): void {
  turn.conversation = { ...turn.conversation, awaiting: null, misses: 0, asked: null };
  if (turn.customer.banned === true) {
    refuseBanned(turn, request.asked);
    return;
  }
  if (isOpen(turn.ticket)) {
    tellOpen(turn, "human");
    return;
  }
  const ticket = openTicket({
    number: turn.snapshot.nextTicket,
    customerId: turn.customer.id,
    reason: request.reason,
    asked: request.asked,
    about: request.reason === "repair" ? "repair" : topicNow(turn),
    at: turn.at,
  });
  const hadTopic = turn.ticket !== null;
  turn.ticket = ticket;
  const { firstReplyMs } = turn.policy;
  holdRepair(turn, ticket);
  holdLetter(turn);
  tellOpened(turn, ticket, request);
  // A closed topic takes no card. A new one is made with its title; one that is there needs a new one.
  if (hadTopic) toTopic(turn, "human", { kind: "topic.reopen" });
  toTopic(turn, "human", ticketCard(turn, ticket, request.ref));
  if (hadTopic) titleTopic(turn);
  sendRepairFiles(turn, ticket);
  bringAlong(turn);
  if (turn.policy.staff !== "ready") pageAbsentStaff(turn);
  turn.effects.push(
    {
      kind: "promise.set",
      promise: "first_reply.warning",
      ticket: ticket.number,
      dueAt: warningDue(ticket, firstReplyMs, turn.mind.knowledge.business.agents),
    },
    {
      kind: "promise.set",
      promise: "first_reply",
      ticket: ticket.number,
      dueAt: replyDue(turn, ticket),
    },
  );
}

function tellOpened(
  turn: Turn,
  ticket: Ticket,
  { because, reason }: { because?: string; reason: TicketReason },
): void {
  const former = formerTicket(turn);
  const parts = [
    because,
    openedWords(turn, ticket),
    former === null ? undefined : continuesWords(turn, former),
    // Told of a repair, then asked for a person: they see what goes with it. Booked, they have read it above.
    ...(reason === "repair" ? [] : repairStatus(turn)),
  ];
  tell(turn, "human", parts.filter((part) => part !== undefined).join("\n"), {
    inline: [...repairButtons(turn), [withdrawButton(turn)]],
  });
  notePosition(turn, ticket);
}

/** Number, place, time and hotline; outside the agents' hours the next opening is the time (promise 5). */
function openedWords(turn: Turn, ticket: Ticket): string {
  const say = sayTo(turn);
  const { number } = ticket;
  const position = queuePosition(turn);
  if (turn.policy.staff !== "ready") return say("ticket.opened_no_staff", { number, position }).trim();
  const minutes = minutesUntil(turn.policy.firstReplyMs, 0);
  const opening = openingBefore(turn, replyDue(turn, ticket));
  return opening === undefined
    ? say("ticket.opened", { number, position, minutes }).trim()
    : say("ticket.opened_after_hours", { number, position, opening, minutes }).trim();
}

function pageAbsentStaff(turn: Turn): void {
  if (!isOpen(turn.ticket)) return;
  const facts = { number: turn.ticket.number, name: turn.customer.name, asked: turn.ticket.asked };
  const say = sayToStaff(turn);
  page(
    turn,
    turn.ticket.number,
    turn.policy.staff === "absent"
      ? say("desk.page_no_staff", facts)
      : say("desk.page_staff_unreachable", facts),
  );
}

/** How the open ticket stands, and what can be put right or withdrawn: the agents needn't read it. */
export function tellOpen(turn: Turn, lane: Lane): void {
  tell(turn, lane, ticketStatus(turn), { inline: [...repairButtons(turn), [withdrawButton(turn)]] });
}

/** What the customer hears about the ticket they have, or don't have, and the repair it is about. */
export function ticketStatus(turn: Turn): string {
  return [statusWords(turn).trim(), ...repairStatus(turn)].join("\n\n");
}

function statusWords(turn: Turn): string {
  const say = sayTo(turn);
  const { ticket } = turn;
  if (ticket === null) return say("ticket.status_none");
  const number = ticket.number;
  switch (ticket.status) {
    case "closed":
      return say("ticket.status_closed", { number });
    case "serving":
      return say("ticket.status_serving", { number, agent: ticket.agent?.name ?? "" });
    case "waiting": {
      const due = replyDue(turn, ticket);
      const position = queuePosition(turn);
      if (turn.policy.staff !== "ready") return say("ticket.opened_no_staff", { number, position });
      if (turn.at >= due) return say("ticket.already_late", { number, position });
      const opening = openingBefore(turn, due);
      if (opening !== undefined) {
        const minutes = minutesUntil(turn.policy.firstReplyMs, 0);
        return say("ticket.waiting_after_hours", { number, position, opening, minutes });
      }
      return say("ticket.already_waiting", { number, position, minutes: minutesUntil(due, turn.at) });
    }
  }
}

/** The customer no longer wants a person: done at once, as easily as asking for one. */
export function withdraw(turn: Turn): void {
  const say = sayTo(turn);
  turn.conversation = { ...turn.conversation, awaiting: null, misses: 0 };
  if (!isOpen(turn.ticket)) {
    if (stopLetter(turn) || stopRepair(turn)) return;
    tell(turn, "answer", say("ticket.nothing_to_withdraw"), { inline: [[humanButton(turn)]] });
    return;
  }
  const { number } = turn.ticket;
  if (turn.ticket.status === "serving") {
    tell(turn, "human", say("ticket.withdraw_serving", { number, agent: turn.ticket.agent?.name ?? "" }));
    return;
  }
  turn.ticket = closeTicket(turn.ticket, "customer", turn.at);
  dropPromises(turn);
  tell(turn, "human", say("ticket.withdrawn", { number }), { inline: [[humanButton(turn)]] });
  tellTopic(turn, "human", sayToStaff(turn)("desk.withdrawn", { number }));
  showState(turn);
  toTopic(turn, "relay", { kind: "topic.close" });
}

/** Nothing more is owed on this ticket's first reply. */
export function dropPromises(turn: Turn): void {
  if (turn.ticket === null || turn.ticket.firstReplyAt !== null) return;
  settleFirstReply(turn, "dropped");
}

export function settleFirstReply(turn: Turn, outcome: "kept" | "missed" | "dropped"): void {
  if (turn.ticket === null) return;
  const ticket = turn.ticket.number;
  turn.effects.push(
    { kind: "promise.settle", promise: "first_reply.warning", ticket, outcome },
    { kind: "promise.settle", promise: "first_reply", ticket, outcome },
    { kind: "promise.settle", promise: "first_reply.escalation", ticket, outcome },
    { kind: "promise.settle", promise: "queue.position", ticket, outcome: "dropped" },
  );
}

/** How the ticket stands is seen on its topic and on its card; the card goes last, nobody waits for it. */
export function showState(turn: Turn): void {
  titleTopic(turn);
  if (turn.ticket !== null) toTopic(turn, "notice", { kind: "card.buttons", ticket: turn.ticket.number });
}

/** The topic's title shows the state at a glance. */
function titleTopic(turn: Turn): void {
  if (turn.ticket === null) return;
  const title = topicTitle(turn.ticket, turn.customer, sayToStaff(turn));
  toTopic(turn, "notice", { kind: "topic.title", title, state: turn.ticket.status });
}

export function topicTitle(ticket: Ticket, { name }: Customer, say: Say): string {
  const { number } = ticket;
  switch (ticket.status) {
    case "waiting":
      return say("desk.title.waiting", { number, name });
    case "serving":
      return say("desk.title.serving", { number, name, agent: ticket.agent?.name ?? "" });
    case "closed":
      return say("desk.title.closed", { number, name });
  }
}

export function humanButton(turn: Turn): InlineButton {
  return { label: sayTo(turn)("button.human"), button: { kind: "human" } };
}

export function withdrawButton(turn: Turn): InlineButton {
  return { label: sayTo(turn)("button.withdraw"), button: { kind: "withdraw" } };
}

/** Tells the topic without opening anything: used when Telegram refuses a delivery. */
export function tellCustomerStaffUnreachable(turn: Turn): void {
  if (!isOpen(turn.ticket)) return;
  const { number } = turn.ticket;
  send(turn, { kind: "customer", customerId: turn.customer.id }, "human", {
    kind: "text",
    text: sayTo(turn)("promise.staff_unreachable", { number }),
  });
}
