import type { Ticket, TicketNumber } from "../desk/types.ts";
import { commentOnPoorScore, owePoorScore, POOR } from "./poor-score.ts";
import { converse, sayTo, sayToStaff, type Turn, tell, tellTopic } from "./turn.ts";
import type { InlineButton } from "./types.ts";

const SCORES = [1, 2, 3, 4, 5] as const;

/** 1–5 for the last closed ticket, as long as it hasn't been rated. */
export function scoreButtons(turn: Turn): readonly (readonly InlineButton[])[] {
  const { ticket } = turn;
  if (ticket === null || ticket.status !== "closed" || ticket.score !== null || ticket.closedBy !== "agent")
    return [];
  return [
    SCORES.map((score) => ({
      label: `${score}`,
      button: { kind: "score", ticket: ticket.number, score },
    })),
  ];
}

/** Asked when an agent has closed the ticket; one that was rated, opened again and closed isn't rated twice. */
export function askScore(turn: Turn, ticket: Ticket): void {
  const say = sayTo(turn);
  const closed = say("ticket.closed", { number: ticket.number });
  const inline = scoreButtons(turn);
  if (inline.length === 0) tell(turn, "relay", closed);
  else tell(turn, "relay", `${closed}\n${say("score.ask")}`, { inline });
}

export function takeScore(turn: Turn, number: TicketNumber, score: number): void {
  const say = sayTo(turn);
  const { ticket } = turn;
  if (ticket === null || ticket.number !== number || ticket.status !== "closed") {
    tell(turn, "answer", say("button.expired"));
    return;
  }
  if (ticket.score !== null) {
    tell(turn, "answer", say("score.already"));
    return;
  }
  turn.ticket = { ...ticket, score };
  converse(turn, { awaiting: { kind: "comment", ticket: number } });
  if (score <= POOR) owePoorScore(turn, number);
  tell(turn, "answer", score <= POOR ? say("score.sorry", { score }) : say("score.thanks", { score }));
  tellTopic(turn, "notice", sayToStaff(turn)("desk.scored", { number, score }));
}

export function takeComment(turn: Turn, text: string): void {
  const { ticket, conversation } = turn;
  const told = conversation.awaiting?.kind === "comment" && conversation.awaiting.told === true;
  converse(turn, { awaiting: null });
  if (ticket === null) return;
  turn.ticket = { ...ticket, comment: text };
  commentOnPoorScore(turn, turn.ticket, told);
  // Said only where there is a supervisor, and it is theirs to read.
  const passed = !told && (ticket.score ?? SCORES.length) <= POOR && turn.policy.onCall.length > 0;
  tell(turn, "answer", sayTo(turn)(passed ? "score.comment_passed" : "score.comment_thanks"));
  tellTopic(turn, "relay", sayToStaff(turn)("desk.commented", { number: ticket.number, text }));
}
