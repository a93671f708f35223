import { type AgentHours, AROUND_THE_CLOCK, addOpenTime } from "./hours.ts";
import type { Ticket } from "./types.ts";

/** When a ticket's first reply is due (promise 5): only the hours in which agents answer count. */
export function firstReplyDue(
  ticket: Ticket,
  firstReplyMs: number,
  hours: AgentHours = AROUND_THE_CLOCK,
): number {
  return addOpenTime(hours, ticket.openedAt, firstReplyMs);
}

/** Half the time gone is when the topic is pinged: early enough to keep the promise still. */
export function warningDue(
  ticket: Ticket,
  firstReplyMs: number,
  hours: AgentHours = AROUND_THE_CLOCK,
): number {
  return addOpenTime(hours, ticket.openedAt, Math.floor(firstReplyMs / 2));
}

/** Whole minutes as people count them: what has begun counts, and never nought. */
export function minutesUntil(due: number, now: number): number {
  return Math.max(1, Math.ceil((due - now) / 60_000));
}

export function minutesSince(start: number, now: number): number {
  return Math.max(1, Math.floor((now - start) / 60_000));
}
