import { callOut, findAgent, isSameAgent } from "../../desk/agents.ts";
import { claimTicket, closeTicket, isOpen } from "../../desk/tickets.ts";
import type { Agent, Ticket } from "../../desk/types.ts";
import { dropPromises, showState } from "../handoff.ts";
import { askScore } from "../score.ts";
import { converse, sayTo, sayToStaff, type Turn, tell, tellTopic, toTopic } from "../turn.ts";
import type { Event } from "../types.ts";
import { tellUnsent } from "./held.ts";

type Command = Extract<Event, { kind: "agent.command" }>;

/** `/claim`: what waits is mine; what somebody serves stays theirs. */
export function claimOrSay(turn: Turn, agent: Agent): void {
  const say = sayToStaff(turn);
  const { ticket } = turn;
  if (ticket === null) tellTopic(turn, "relay", say("desk.no_ticket"));
  else if (ticket.status === "closed") reopen(turn, ticket, agent);
  else if (ticket.status === "waiting") claim(turn, ticket, agent);
  else tellTopic(turn, "relay", whoseItIs(turn, ticket, agent));
}

/** `/take`: mine from now on, whoever had it. The colleague is told, and so is the customer. */
export function takeFrom(turn: Turn, agent: Agent): void {
  const { ticket } = turn;
  if (ticket?.status !== "serving" || isSameAgent(ticket.agent, agent)) {
    claimOrSay(turn, agent);
    return;
  }
  const from = ticket.agent === null ? "" : callOut(ticket.agent, knownAgents(turn));
  handOver(turn, ticket, agent);
  tellTopic(
    turn,
    "relay",
    sayToStaff(turn)("desk.taken_over", { number: ticket.number, agent: agent.name, from }),
  );
}

/** As Telegram has them: https://telegram.org/faq#q-what-can-i-use-as-my-username */
const USERNAME = /^@[a-z][a-z0-9_]{3,31}$/iu;

/** `/transfer`: a colleague's from now on. What was promised to the customer stays promised. */
export function transfer(turn: Turn, { agent, argument, mentioned }: Command): void {
  const say = sayToStaff(turn);
  const known = knownAgents(turn);
  const to = mentioned ?? findAgent(known, argument);
  const { ticket } = turn;
  if (!isOpen(ticket)) {
    tellTopic(turn, "relay", say("desk.no_ticket"));
    return;
  }
  if (to === undefined) {
    const agents = known.map((each) => callOut(each, known)).join("、") || "—";
    if (USERNAME.test(argument)) askToTake(turn, ticket, argument, agents);
    else tellTopic(turn, "relay", say("desk.transfer_whom", { agents }));
    return;
  }
  if (ticket.status === "serving" && isSameAgent(ticket.agent, to)) {
    tellTopic(turn, "relay", whoseItIs(turn, ticket, agent));
    return;
  }
  handOver(turn, ticket, to);
  const facts = { number: ticket.number, agent: callOut(to, known), by: agent.name };
  tellTopic(turn, "relay", say("desk.transferred", facts));
}

/** A bot can't look anybody up by their username: they are called, and a press of theirs says who they are. */
function askToTake(turn: Turn, { number: ticket }: Ticket, agent: string, agents: string): void {
  const say = sayToStaff(turn);
  const mine = { label: say("desk.button.mine"), button: { kind: "take" as const, ticket } };
  tellTopic(turn, "relay", say("desk.transfer_asked", { number: ticket, agent, agents }), {
    inline: [[mine]],
  });
}

export function closeOrSay(turn: Turn, agent: Agent): void {
  if (isOpen(turn.ticket)) close(turn, turn.ticket, agent);
  else tellTopic(turn, "relay", sayToStaff(turn)("desk.no_ticket"));
}

/** The ticket is this agent's: the customer hears who speaks from now on, the topic who has it. */
export function claim(turn: Turn, ticket: Ticket, agent: Agent): void {
  begin(turn, ticket, agent);
  const facts = { number: ticket.number, agent: agent.name };
  tellTopic(turn, "notice", sayToStaff(turn)("desk.claimed", facts));
}

export function reopen(turn: Turn, ticket: Ticket, agent: Agent): void {
  toTopic(turn, "relay", { kind: "topic.reopen" });
  begin(turn, ticket, agent);
  // Closed without a word and opened again: the first reply is owed anew (promise 5).
  if (ticket.firstReplyAt === null)
    turn.effects.push({
      kind: "promise.set",
      promise: "first_reply",
      ticket: ticket.number,
      dueAt: turn.at + turn.policy.firstReplyMs,
    });
  tellTopic(turn, "notice", sayToStaff(turn)("desk.reopened", { number: ticket.number, agent: agent.name }));
}

export function close(turn: Turn, ticket: Ticket, agent: Agent): void {
  dropPromises(turn);
  const closed = closeTicket(ticket, "agent", turn.at);
  turn.ticket = closed;
  converse(turn, { awaiting: null, misses: 0, asked: null });
  askScore(turn, closed);
  tellTopic(turn, "relay", sayToStaff(turn)("desk.closed", { number: ticket.number, agent: agent.name }));
  tellUnsent(turn);
  showState(turn);
  toTopic(turn, "relay", { kind: "topic.close" });
}

/** Whose a ticket is that is being served already. */
export function whoseItIs(turn: Turn, ticket: Ticket, agent: Agent): string {
  const say = sayToStaff(turn);
  const { number } = ticket;
  return isSameAgent(ticket.agent, agent)
    ? say("desk.yours", { number })
    : say("desk.already_claimed", { number, agent: ticket.agent?.name ?? "" });
}

function begin(turn: Turn, ticket: Ticket, agent: Agent): void {
  turn.ticket = claimTicket(ticket, agent, turn.at);
  converse(turn, { awaiting: null, misses: 0 });
  tell(turn, "relay", sayTo(turn)("ticket.taken", { number: ticket.number, agent: agent.name }));
  showState(turn);
}

function handOver(turn: Turn, ticket: Ticket, agent: Agent): void {
  turn.ticket = claimTicket(ticket, agent, turn.at);
  converse(turn, { awaiting: null, misses: 0 });
  const key = ticket.status === "serving" ? "ticket.transferred" : "ticket.taken";
  tell(turn, "relay", sayTo(turn)(key, { number: ticket.number, agent: agent.name }));
  showState(turn);
}

function knownAgents(turn: Turn) {
  return turn.snapshot.desk?.agents ?? [];
}
