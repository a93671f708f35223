import { isSameAgent } from "../../desk/agents.ts";
import { sayToStaff, send, type Turn, toTopic } from "../turn.ts";
import type { Event } from "../types.ts";
import { pressHeld } from "./held-press.ts";
import { claim, close, reopen, takeFrom, whoseItIs } from "./serve.ts";

/** An agent pressed a button. What could not be done is shown until they close it, so that nobody acts on it. */
export function agentButton(turn: Turn, event: Extract<Event, { kind: "agent.button" }>): void {
  const { agent, button, callbackId, on } = event;
  const answer = (text: string, alert: boolean) =>
    send(turn, { kind: "topic", customerId: turn.customer.id }, "human", {
      kind: "callback",
      callbackId,
      text,
      ...(alert ? { alert } : {}),
    });
  /** Nobody shall press it again, or wonder whether it was. */
  const settled = (text: string | null) => {
    if (on !== undefined)
      toTopic(turn, "notice", { kind: "settled", on, ...(text === null ? {} : { text }) });
  };
  const say = sayToStaff(turn);
  const { ticket } = turn;
  switch (button.kind) {
    case "retry":
      turn.effects.push({ kind: "dead.retry", ids: { outbox: [button.delivery] } });
      answer(say("desk.retrying"), false);
      settled(null);
      return;
    case "held": {
      const { text, alert, outcome } = pressHeld(turn, button, agent);
      answer(text, alert);
      if (outcome !== undefined) settled(outcome);
      return;
    }
    case "take":
    case "claim":
    case "close":
      if (ticket === null) answer(say("desk.no_ticket"), true);
      else if (ticket.number !== button.ticket || ticket.status === "closed")
        answer(say("desk.already_closed", { number: button.ticket }), true);
      else if (button.kind === "close") {
        close(turn, ticket, agent);
        answer(say("desk.closed", { number: ticket.number, agent: agent.name }), false);
      } else if (ticket.status === "serving" && (button.kind === "claim" || isSameAgent(ticket.agent, agent)))
        answer(whoseItIs(turn, ticket, agent), true);
      else if (ticket.status === "serving") {
        takeFrom(turn, agent);
        answer(say("desk.yours", { number: ticket.number }), false);
      } else {
        claim(turn, ticket, agent);
        answer(say("desk.claimed", { number: ticket.number, agent: agent.name }), false);
      }
      return;
    case "reopen":
      if (turn.customer.banned === true) answer(say("desk.is_banned"), true);
      else if (ticket === null || ticket.number !== button.ticket) answer(say("desk.not_the_last"), true);
      else if (ticket.status !== "closed") answer(whoseItIs(turn, ticket, agent), true);
      else {
        reopen(turn, ticket, agent);
        answer(say("desk.reopened", { number: ticket.number, agent: agent.name }), false);
      }
      return;
    default:
      answer(say("desk.no_ticket"), true);
  }
}
