import { firstReplyDue, minutesSince, minutesUntil } from "../desk/promises.ts";
import { isOpen } from "../desk/tickets.ts";
import type { TicketNumber } from "../desk/types.ts";
import { queuePosition } from "./handoff.ts";
import { page, sayTo, sayToStaff, type Turn, tell, tellTopic } from "./turn.ts";
import type { PromiseKind } from "./types.ts";

/**
 * A promised time has come and nobody has answered yet (promise 5): the topic is pinged before it is missed; once
 * missed, the customer is told and given the hotline, on-call agents are paged, and again until someone answers.
 */
export function promiseDue(turn: Turn, promise: PromiseKind, owedOn: TicketNumber): void {
  const { ticket, at, policy } = turn;
  const owed = isOpen(ticket) && ticket.number === owedOn && ticket.firstReplyAt === null;
  // Settled first: the escalation sets itself again below.
  const outcome = owed && promise === "first_reply" ? "missed" : "dropped";
  turn.effects.push({ kind: "promise.settle", promise, ticket: owedOn, outcome });
  if (!owed) return;
  const { number } = ticket;
  const staff = sayToStaff(turn);
  const due = firstReplyDue(ticket, policy.firstReplyMs);
  const minutes = minutesSince(ticket.openedAt, at);
  switch (promise) {
    case "first_reply.warning":
      tellTopic(turn, "human", staff("desk.warning", { number, minutes: minutesUntil(due, at) }));
      return;
    case "first_reply":
      tell(
        turn,
        "human",
        sayTo(turn)("promise.missed", {
          number,
          minutes: minutesUntil(policy.firstReplyMs, 0),
          position: queuePosition(turn),
        }),
      );
      break;
    case "first_reply.escalation":
      tell(
        turn,
        "human",
        sayTo(turn)("promise.still_waiting", { number, minutes, position: queuePosition(turn) }),
      );
  }
  tellTopic(turn, "human", staff("desk.late", { number, minutes }));
  page(turn, staff("desk.page", { number, minutes, name: turn.customer.name, asked: ticket.asked }));
  turn.effects.push({
    kind: "promise.set",
    promise: "first_reply.escalation",
    ticket: number,
    dueAt: at + policy.escalateEveryMs,
  });
}
