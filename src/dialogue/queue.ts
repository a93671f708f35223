import { daysBetween, nextOpening } from "../desk/hours.ts";
import { firstReplyDue } from "../desk/promises.ts";
import { movedMaterially, POSITION_EVERY_MS } from "../desk/queue.ts";
import type { Ticket } from "../desk/types.ts";
import type { Lang } from "../knowledge/types.ts";
import { dateFormat } from "../nlu/zone.ts";
import { converse, sayTo, type Turn, tell } from "./turn.ts";

/** The strings of `data/strings/queue.yaml` with the parameters each needs. */
export const QUEUE_STRINGS = {
  "queue.moved": ["number", "position"],
  "queue.next": ["number"],
  "queue.both": ["waiting", "position"],
  "promise.half": ["number", "position", "minutes"],
  "promise.half_serving": ["number", "agent", "minutes"],
  "promise.missed_serving": ["number", "agent", "minutes"],
  "promise.still_waiting_serving": ["number", "agent", "minutes"],
  "ticket.opened_after_hours": ["number", "position", "opening", "minutes"],
  "ticket.waiting_after_hours": ["number", "position", "opening", "minutes"],
  "ticket.continues": ["former"],
  "ticket.continues_free": ["former", "agent"],
  "ticket.continues_busy": ["former", "agent"],
  "desk.continues": ["former"],
  "desk.continues_agent": ["former", "agent"],
  "moment.today": ["time"],
  "moment.tomorrow": ["time"],
  "moment.day": ["day", "time"],
} as const satisfies Record<string, readonly string[]>;

/** First come, first served: one more than the waiting tickets opened before. */
export function queuePosition(turn: Turn): number {
  return turn.snapshot.waitingAhead + 1;
}

/** Remembers that the customer has just been told their place, and looks at it again in a minute. */
export function notePosition(turn: Turn, ticket: Ticket): void {
  const position = queuePosition(turn);
  converse(turn, { told: { ticket: ticket.number, position, at: turn.at } });
  lookAgain(turn, ticket, turn.at + POSITION_EVERY_MS);
}

/** A minute is over, or somebody before this customer has left: told if it makes a difference, once a minute. */
export function lookAtPosition(turn: Turn, ticket: Ticket): void {
  const position = queuePosition(turn);
  const last = turn.conversation.told;
  const told = last?.ticket === ticket.number ? last : { position: Number.POSITIVE_INFINITY, at: 0 };
  if (!movedMaterially(told.position, position)) {
    lookAgain(turn, ticket, turn.at + POSITION_EVERY_MS);
    return;
  }
  const tellableAt = told.at + POSITION_EVERY_MS;
  if (turn.at < tellableAt) {
    lookAgain(turn, ticket, tellableAt);
    return;
  }
  const { number } = ticket;
  const say = sayTo(turn);
  tell(
    turn,
    "notice",
    position === 1 ? say("queue.next", { number }) : say("queue.moved", { number, position }),
  );
  notePosition(turn, ticket);
}

/** One row a ticket: setting it again moves its time. Who was told of the front has nowhere left to move. */
function lookAgain(turn: Turn, { number: ticket }: Ticket, dueAt: number): void {
  const promise = "queue.position";
  const { told } = turn.conversation;
  if (told?.ticket === ticket && told.position === 1)
    turn.effects.push({ kind: "promise.settle", promise, ticket, outcome: "dropped" });
  else turn.effects.push({ kind: "promise.set", promise, ticket, dueAt });
}

/** When the first reply to a ticket is due, in the agents' own hours. */
export function replyDue(turn: Turn, ticket: Ticket): number {
  return firstReplyDue(ticket, turn.policy.firstReplyMs, turn.mind.knowledge.business.agents);
}

/** The opening that a promise has to wait for, in words; undefined where it can be kept before. */
export function openingBefore(turn: Turn, due: number): string | undefined {
  const { agents } = turn.mind.knowledge.business;
  const opening = nextOpening(agents, turn.at);
  return opening === undefined || opening > due
    ? undefined
    : momentWords(turn, opening, turn.conversation.lang);
}

/** 今天 9:00, tomorrow 9:00, Wednesday 25 November 9:00: in the business's own zone. */
export function momentWords(turn: Turn, at: number, lang: Lang): string {
  const say = turn.mind.say(lang);
  const { timeZone } = turn.mind.knowledge.business.agents;
  const locale = lang === "zh" ? "zh-CN" : "en-GB";
  const format = (options: Intl.DateTimeFormatOptions) =>
    dateFormat(locale, { ...options, timeZone }).format(at);
  const time = format({ hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  switch (daysBetween(turn.at, at, timeZone)) {
    case 0:
      return say("moment.today", { time });
    case 1:
      return say("moment.tomorrow", { time });
    default:
      return say("moment.day", { day: format({ month: "long", day: "numeric", weekday: "long" }), time });
  }
}

/** A request so soon after the last was closed goes on where it ended. */
const REOPEN_MS = 72 * 3_600_000;

/** The ticket that a request made now goes on from; null where that was long ago. */
export function formerTicket(turn: Turn): Ticket | null {
  const last = turn.snapshot.ticket;
  if (last === null || last.status !== "closed" || last.closedAt === null) return null;
  return turn.at - last.closedAt <= REOPEN_MS ? last : null;
}

/** What the customer hears of it: the history is there, and whether the same agent is free. */
export function continuesWords(turn: Turn, former: Ticket): string {
  const say = sayTo(turn);
  const facts = { former: former.number };
  if (former.agent === null) return say("ticket.continues", facts);
  const busy = (turn.snapshot.agentServing ?? 0) > 0;
  return say(busy ? "ticket.continues_busy" : "ticket.continues_free", {
    ...facts,
    agent: former.agent.name,
  });
}
