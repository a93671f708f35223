import { isOpen } from "../desk/tickets.ts";
import { agentButton } from "./agent/button.ts";
import { agentCommand } from "./agent/command.ts";
import { agentEdited, agentMessage } from "./agent/message.ts";
import { deliveryFailed } from "./agent/undelivered.ts";
import { pressed } from "./buttons.ts";
import { ticketCard } from "./card.ts";
import { customerCommand } from "./commands.ts";
import { reminderDue } from "./downgrade/remind-due.ts";
import { handoff } from "./handoff.ts";
import { promiseDue } from "./ladder.ts";
import { customerMessage } from "./message.ts";
import type { DeskPolicy, Mind } from "./mind.ts";
import { poorScoreDue } from "./poor-score.ts";
import { wordsOf } from "./relay.ts";
import { beginTurn, endTurn, sayTo, sayToStaff, send, type Turn, tellTopic, toTopic } from "./turn.ts";
import type { Decision, Event, Snapshot } from "./types.ts";
import { understand } from "./understand.ts";

/**
 * What follows from an event. Pure: the same snapshot, event, time and knowledge give the same decision.
 * @param at epoch ms
 */
export function decide(
  snapshot: Snapshot,
  event: Event,
  at: number,
  mind: Mind,
  policy: DeskPolicy,
): Decision {
  const turn = beginTurn(snapshot, at, mind, policy, "profile" in event ? event.profile : undefined);
  follow(turn, event);
  return endTurn(turn);
}

function follow(turn: Turn, event: Event): void {
  switch (event.kind) {
    case "customer.message":
      customerMessage(turn, event);
      return;
    case "customer.edited":
      customerEdited(turn, event);
      return;
    case "customer.command":
      customerCommand(turn, event);
      return;
    case "customer.button":
      pressed(turn, event.button, { asked: sayTo(turn)("button.human"), ref: null });
      send(turn, { kind: "customer", customerId: turn.customer.id }, "human", {
        kind: "callback",
        callbackId: event.callbackId,
      });
      return;
    case "customer.reacted":
      if (isOpen(turn.ticket))
        toTopic(turn, "notice", { kind: "react", origin: event.ref, emoji: event.emoji });
      return;
    case "customer.blocked": {
      const known = turn.customer.blocked;
      turn.customer = { ...turn.customer, blocked: true };
      if (isOpen(turn.ticket) && !known)
        tellTopic(turn, "relay", sayToStaff(turn)("desk.customer_blocked"), {
          replyTo: event.origin ?? null,
        });
      return;
    }
    case "customer.unblocked":
      turn.customer = { ...turn.customer, blocked: false };
      if (isOpen(turn.ticket)) tellTopic(turn, "relay", sayToStaff(turn)("desk.customer_back"));
      return;
    case "agent.message":
      agentMessage(turn, event);
      return;
    case "agent.edited":
      agentEdited(turn, event);
      return;
    case "agent.reacted":
      send(turn, { kind: "customer", customerId: turn.customer.id }, "notice", {
        kind: "react",
        origin: event.ref,
        emoji: event.emoji,
      });
      return;
    case "agent.command":
      agentCommand(turn, event);
      return;
    case "agent.button":
      agentButton(turn, event);
      return;
    case "reminder.due":
      reminderDue(turn, event.reminder);
      return;
    case "promise.due":
      if (event.promise === "poor_score") poorScoreDue(turn, event.ticket);
      else promiseDue(turn, event.promise, event.ticket);
      return;
    case "topic.lost":
      if (isOpen(turn.ticket)) toTopic(turn, "human", ticketCard(turn, turn.ticket, null));
      return;
    case "delivery.failed":
      deliveryFailed(turn, event);
      return;
  }
}

/** The copy in the topic follows; an edit that asks for a person is a request like any other. */
function customerEdited(turn: Turn, event: Extract<Event, { kind: "customer.edited" }>): void {
  const text = wordsOf(event.content);
  if (isOpen(turn.ticket)) {
    const edited = sayToStaff(turn)("desk.customer_says", { name: turn.customer.name, text });
    toTopic(turn, "relay", {
      kind: "edit",
      origin: event.ref,
      text: edited,
      caption: event.content.kind !== "text",
    });
    return;
  }
  if (text !== "" && understand(text, turn.mind).human.kind === "request")
    handoff(turn, { reason: "asked", asked: text, ref: event.ref });
}
