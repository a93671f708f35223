import { replyOn } from "../../desk/tickets.ts";
import type { Agent } from "../../desk/types.ts";
import { settleFirstReply } from "../handoff.ts";
import { kindOf, relayToCustomer, wordsOf } from "../relay.ts";
import { sayTo, sayToStaff, send, type Turn, tellTopic, writeLine } from "../turn.ts";
import type { Event } from "../types.ts";
import { claim, reopen } from "./serve.ts";

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
  const say = sayToStaff(turn);
  if (turn.customer.banned === true) {
    tellTopic(turn, "relay", say("desk.is_banned"), { replyTo: ref });
    return;
  }
  if (turn.ticket === null) {
    tellTopic(turn, "relay", say("desk.no_ticket"));
    return;
  }
  if (turn.ticket.status === "closed") reopen(turn, turn.ticket, agent);
  else if (turn.ticket.status === "waiting") claim(turn, turn.ticket, agent);
  relayToCustomer(turn, { agent: agent.name, content, ref, replyTo });
  if (turn.customer.blocked) tellTopic(turn, "relay", say("desk.kept_for_later"), { replyTo: ref });
  if (turn.ticket.firstReplyAt === null) {
    settleFirstReply(turn, "kept");
    turn.ticket = replyOn(turn.ticket, turn.at);
  }
}

/** The customer's copy follows what the agent changed. */
export function agentEdited(turn: Turn, event: Extract<Event, { kind: "agent.edited" }>): void {
  const text = wordsOf(event.content);
  if (text.startsWith(NOTE)) return;
  send(turn, { kind: "customer", customerId: turn.customer.id }, "relay", {
    kind: "edit",
    origin: event.ref,
    text: sayTo(turn)("agent.says", { agent: event.agent.name, text }),
    caption: event.content.kind !== "text",
  });
}

/** Something for the agents to remember: in the transcript, and never the customer's to read. */
export function keepNote(turn: Turn, agent: Agent, text: string, kind: string): void {
  writeLine(turn, { speaker: "note", name: agent.name, kind, text });
}
