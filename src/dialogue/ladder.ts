import { addOpenTime } from "../desk/hours.ts";
import { minutesSince, minutesUntil } from "../desk/promises.ts";
import { isOpen } from "../desk/tickets.ts";
import type { Ticket, TicketNumber } from "../desk/types.ts";
import { lookAtPosition, notePosition, queuePosition, replyDue } from "./queue.ts";
import { page, sayTo, sayToStaff, type Turn, tell, tellTopic } from "./turn.ts";
import type { PromiseKind } from "./types.ts";

/**
 * A promised time has come and nobody has answered yet (promise 5): the topic is pinged before it is missed; once
 * missed, the customer is told and given the hotline, on-call agents are paged, and again until someone answers.
 */
export function promiseDue(turn: Turn, promise: PromiseKind, owedOn: TicketNumber): void {
  const { ticket, at, policy } = turn;
  if (promise === "queue.position") {
    if (ticket?.status === "waiting" && ticket.number === owedOn) lookAtPosition(turn, ticket);
    else turn.effects.push({ kind: "promise.settle", promise, ticket: owedOn, outcome: "dropped" });
    return;
  }
  const owed = isOpen(ticket) && ticket.number === owedOn && ticket.firstReplyAt === null;
  // Settled first: the escalation sets itself again below.
  const outcome = owed && promise === "first_reply" ? "missed" : "dropped";
  turn.effects.push({ kind: "promise.settle", promise, ticket: owedOn, outcome });
  if (!owed) return;
  const { number } = ticket;
  const tickets = [{ number, customerId: ticket.customerId }];
  const staff = sayToStaff(turn);
  const due = replyDue(turn, ticket);
  const minutes = minutesSince(ticket.openedAt, at);
  switch (promise) {
    case "first_reply.warning":
      tellTopic(turn, "human", staff("desk.warning", { number, minutes: minutesUntil(due, at) }), {
        tickets,
      });
      tellWaiting(turn, ticket, HALF, minutesUntil(due, at));
      return;
    case "first_reply":
      tellWaiting(turn, ticket, MISSED, minutesUntil(policy.firstReplyMs, 0));
      break;
    case "first_reply.escalation":
      tellWaiting(turn, ticket, STILL, minutes);
  }
  tellTopic(turn, "human", staff("desk.late", { number, minutes }), { tickets });
  page(turn, number, staff("desk.page", { number, minutes, name: turn.customer.name, asked: ticket.asked }));
  turn.effects.push({
    kind: "promise.set",
    promise: "first_reply.escalation",
    ticket: number,
    dueAt: addOpenTime(turn.mind.knowledge.business.agents, at, policy.escalateEveryMs),
  });
}

const HALF = { waiting: "promise.half", serving: "promise.half_serving" } as const;
const MISSED = { waiting: "promise.missed", serving: "promise.missed_serving" } as const;
const STILL = { waiting: "promise.still_waiting", serving: "promise.still_waiting_serving" } as const;

/** A customer in the queue hears their place; one whose ticket was taken without a word, who has it. */
function tellWaiting(
  turn: Turn,
  ticket: Ticket,
  keys: typeof HALF | typeof MISSED | typeof STILL,
  minutes: number,
): void {
  const say = sayTo(turn);
  const { number, agent } = ticket;
  if (ticket.status === "serving") {
    tell(turn, "human", say(keys.serving, { number, minutes, agent: agent?.name ?? "" }));
    return;
  }
  tell(turn, "human", say(keys.waiting, { number, minutes, position: queuePosition(turn) }));
  notePosition(turn, ticket);
}
