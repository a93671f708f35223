import { isOpen } from "../desk/tickets.ts";
import { answerIntent, answerPlaces } from "./answer.ts";
import { answerUnlisted, openGuide, pickSectorOfGuide } from "./downgrade/guide-flow.ts";
import { letterAct, pickRecipient, pickSector } from "./downgrade/letter-flow.ts";
import { showEntries } from "./downgrade/log.ts";
import { remindPressed } from "./downgrade/remind.ts";
import { handoff, humanButton, withdraw } from "./handoff.ts";
import { hearRepairPlace } from "./repair/hear.ts";
import { repairAct } from "./repair/steps.ts";
import { takeScore } from "./score.ts";
import { converse, newConversation, sayTo, send, type Turn, tell, toTopic } from "./turn.ts";
import type { Button, MessageRef } from "./types.ts";

/** A customer pressed a button, or typed what stands for one. */
export function pressed(turn: Turn, button: Button, from: { asked: string; ref: MessageRef | null }): void {
  switch (button.kind) {
    case "human":
      handoff(turn, { reason: "button", ...from });
      return;
    case "intent":
      converse(turn, { misses: 0 });
      if (button.intent === "human") handoff(turn, { reason: "button", ...from });
      else answerIntent(turn, button.intent);
      return;
    case "letter":
      letterAct(turn, button.act, button.slot);
      return;
    case "letter.sector":
      pickSector(turn, button.sector);
      return;
    case "letter.recipient":
      pickRecipient(turn, button.recipient);
      return;
    case "guide.open":
      openGuide(turn);
      return;
    case "guide":
      pickSectorOfGuide(turn, button.sector, button.intent);
      return;
    case "guide.unlisted":
      answerUnlisted(turn);
      return;
    case "entries":
      showEntries(turn);
      return;
    case "withdraw":
      withdraw(turn);
      return;
    case "place":
    case "places.more": {
      const reading = turn.mind.places.byCode(button.code);
      if (reading === undefined) expired(turn);
      else if (button.kind === "place" && hearRepairPlace(turn, reading)) return;
      else answerPlaces(turn, reading, button.kind === "place" ? {} : { from: button.from });
      return;
    }
    case "repair":
      repairAct(turn, button.act, button.step, { ref: from.ref });
      return;
    case "remind":
    case "remind.rung":
    case "reminder":
    case "reminder.drop":
    case "reminder.undo":
    case "reminders":
      remindPressed(turn, button);
      return;
    case "score":
      takeScore(turn, button.ticket, button.score);
      return;
    case "forget":
      forget(turn);
      return;
    case "claim":
    case "close":
    case "take":
    case "reopen":
    case "retry":
    case "held":
    case "unknown":
      expired(turn);
  }
}

/** Promise 6: the customer's to decide; only an open ticket stands before it, since it needs to know whose it is. */
function forget(turn: Turn): void {
  const { ticket } = turn;
  if (isOpen(ticket)) {
    tell(turn, "answer", sayTo(turn)("forget.open_ticket", { number: ticket.number }));
    return;
  }
  // First in the topic's line: a card of a ticket that they open next must come into a new one.
  const { ticket: last } = turn;
  if (last !== null) toTopic(turn, "human", { kind: "topic.delete", ticket: last.number });
  const said = sayTo(turn)("forget.done");
  turn.lines.length = 0;
  turn.customer = { ...turn.customer, name: "", username: null };
  turn.conversation = newConversation(null);
  turn.effects.push({ kind: "forget" });
  send(turn, { kind: "customer", customerId: turn.customer.id }, "answer", { kind: "text", text: said });
}

/** A button of another day, answered usefully all the same. */
function expired(turn: Turn): void {
  tell(turn, "answer", sayTo(turn)("button.expired"), { inline: [[humanButton(turn)]] });
}
