import { claimTicket, closeTicket, isOpen, replyOn } from "../desk/tickets.ts";
import type { Agent, Ticket } from "../desk/types.ts";
import { dropPromises, settleFirstReply, titleTopic } from "./handoff.ts";
import { kindOf, relayToCustomer, wordsOf } from "./relay.ts";
import { askScore } from "./score.ts";
import { converse, sayTo, sayToStaff, send, type Turn, tell, tellTopic, toTopic, writeLine } from "./turn.ts";
import type { Event } from "./types.ts";

/** A line that starts like this stays among the agents. */
const NOTE = "//";

/** An agent wrote in a customer's topic: it goes to the customer, and the first to answer has claimed the ticket. */
export function agentMessage(turn: Turn, event: Extract<Event, { kind: "agent.message" }>): void {
  const { agent, content, ref, replyTo } = event;
  const words = wordsOf(content);
  if (words.startsWith(NOTE)) {
    keepNote(turn, agent, words.slice(NOTE.length).trim(), kindOf(content));
    return;
  }
  if (turn.ticket === null) {
    tellTopic(turn, "relay", sayToStaff(turn)("desk.no_ticket"));
    return;
  }
  if (turn.ticket.status === "closed") reopen(turn, turn.ticket, agent);
  else if (turn.ticket.status === "waiting") claim(turn, turn.ticket, agent);
  relayToCustomer(turn, { agent: agent.name, content, ref, replyTo });
  if (turn.ticket.firstReplyAt === null) {
    settleFirstReply(turn, "kept");
    turn.ticket = replyOn(turn.ticket, turn.at);
  }
}

export function agentCommand(turn: Turn, event: Extract<Event, { kind: "agent.command" }>): void {
  const { agent, command, argument } = event;
  switch (command) {
    case "claim":
      claimOrSay(turn, agent);
      return;
    case "close":
      closeOrSay(turn, agent);
      return;
    case "note":
      keepNote(turn, agent, argument, "text");
      tellTopic(turn, "notice", sayToStaff(turn)("desk.note_kept"));
      return;
    default:
      tellTopic(turn, "relay", sayToStaff(turn)("desk.commands"));
  }
}

export function agentButton(turn: Turn, event: Extract<Event, { kind: "agent.button" }>): void {
  const { agent, button, callbackId } = event;
  const answer = (text: string) =>
    send(turn, { kind: "topic", customerId: turn.customer.id }, "human", {
      kind: "callback",
      callbackId,
      text,
    });
  const say = sayToStaff(turn);
  const { ticket } = turn;
  if ((button.kind !== "claim" && button.kind !== "close") || ticket === null) {
    answer(say("desk.no_ticket"));
    return;
  }
  if (ticket.number !== button.ticket || ticket.status === "closed") {
    answer(say("desk.already_closed", { number: button.ticket }));
    return;
  }
  if (button.kind === "close") {
    close(turn, ticket, agent);
    answer(say("desk.closed", { number: ticket.number, agent: agent.name }));
    return;
  }
  if (ticket.status === "serving") {
    answer(say("desk.already_claimed", { number: ticket.number, agent: ticket.agent?.name ?? "" }));
    return;
  }
  claim(turn, ticket, agent);
  answer(say("desk.claimed", { number: ticket.number, agent: agent.name }));
}

function claimOrSay(turn: Turn, agent: Agent): void {
  const say = sayToStaff(turn);
  const { ticket } = turn;
  if (ticket === null) tellTopic(turn, "relay", say("desk.no_ticket"));
  else if (ticket.status === "closed") reopen(turn, ticket, agent);
  else if (ticket.status === "waiting") claim(turn, ticket, agent);
  else {
    const taken = { number: ticket.number, agent: ticket.agent?.name ?? "" };
    tellTopic(turn, "relay", say("desk.already_claimed", taken));
  }
}

function closeOrSay(turn: Turn, agent: Agent): void {
  if (isOpen(turn.ticket)) close(turn, turn.ticket, agent);
  else tellTopic(turn, "relay", sayToStaff(turn)("desk.no_ticket"));
}

/** The ticket is this agent's: the customer hears who speaks from now on, the topic who has it. */
function claim(turn: Turn, ticket: Ticket, agent: Agent): void {
  take(turn, ticket, agent);
  const facts = { number: ticket.number, agent: agent.name };
  tellTopic(turn, "notice", sayToStaff(turn)("desk.claimed", facts));
}

function reopen(turn: Turn, ticket: Ticket, agent: Agent): void {
  toTopic(turn, "relay", { kind: "topic.reopen" });
  take(turn, ticket, agent);
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

function take(turn: Turn, ticket: Ticket, agent: Agent): void {
  turn.ticket = claimTicket(ticket, agent, turn.at);
  converse(turn, { awaiting: null, misses: 0 });
  tell(turn, "relay", sayTo(turn)("ticket.taken", { number: ticket.number, agent: agent.name }));
  titleTopic(turn);
}

function close(turn: Turn, ticket: Ticket, agent: Agent): void {
  dropPromises(turn);
  const closed = closeTicket(ticket, "agent", turn.at);
  turn.ticket = closed;
  converse(turn, { awaiting: null, misses: 0, asked: null });
  askScore(turn, closed);
  tellTopic(turn, "relay", sayToStaff(turn)("desk.closed", { number: ticket.number, agent: agent.name }));
  titleTopic(turn);
  toTopic(turn, "relay", { kind: "topic.close" });
}

function keepNote(turn: Turn, agent: Agent, text: string, kind: string): void {
  writeLine(turn, { speaker: "note", name: agent.name, kind, text });
}
