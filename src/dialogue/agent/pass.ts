import { replyOn } from "../../desk/tickets.ts";
import type { Ticket } from "../../desk/types.ts";
import { settleFirstReply } from "../handoff.ts";
import { relayToCustomer, wordsOf } from "../relay.ts";
import { sayTo, sayToStaff, send, type Turn, tellTopic } from "../turn.ts";
import type { Event } from "../types.ts";
import { claim, reopen } from "./serve.ts";

export type AgentWords = Pick<
  Extract<Event, { kind: "agent.message" }>,
  "agent" | "content" | "ref" | "replyTo"
>;

/** An agent's words go to the customer; who is the first to answer has claimed the ticket. */
export function passToCustomer(turn: Turn, ticket: Ticket, words: AgentWords): void {
  const { agent, content, ref, replyTo } = words;
  if (ticket.status === "closed") reopen(turn, ticket, agent);
  else if (ticket.status === "waiting") claim(turn, ticket, agent);
  relayToCustomer(turn, { agent: agent.name, content, ref, replyTo });
  if (turn.customer.blocked)
    tellTopic(turn, "relay", sayToStaff(turn)("desk.kept_for_later"), { replyTo: ref });
  if (ticket.firstReplyAt === null && turn.ticket !== null) {
    settleFirstReply(turn, "kept");
    turn.ticket = replyOn(turn.ticket, turn.at);
  }
}

/** The customer's copy follows what the agent changed. */
export function changeForCustomer(turn: Turn, { agent, content, ref }: Omit<AgentWords, "replyTo">): void {
  send(turn, { kind: "customer", customerId: turn.customer.id }, "relay", {
    kind: "edit",
    origin: ref,
    text: sayTo(turn)("agent.says", { agent: agent.name, text: wordsOf(content) }),
    caption: content.kind !== "text",
  });
}
