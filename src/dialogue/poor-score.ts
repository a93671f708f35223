import type { Ticket, TicketNumber } from "../desk/types.ts";
import { converse, page, sayToStaff, type Turn } from "./turn.ts";

/** From here down, a supervisor should read why. */
export const POOR = 2;
/** The customer gets so long to say why, ms: the word is worth more with their comment. */
const COMMENT_WAIT_MS = 600_000;

/** The supervisor is owed a word about this ticket: with the comment once it comes, without it after a while. */
export function owePoorScore(turn: Turn, ticket: TicketNumber): void {
  if (turn.policy.onCall.length === 0) return;
  turn.effects.push({
    kind: "promise.set",
    promise: "poor_score",
    ticket,
    dueAt: turn.at + COMMENT_WAIT_MS,
  });
}

/** The comment has come: the word goes now, unless it went without. */
export function commentOnPoorScore(turn: Turn, ticket: Ticket, told: boolean): void {
  if (told || ticket.score === null || ticket.score > POOR) return;
  turn.effects.push({
    kind: "promise.settle",
    promise: "poor_score",
    ticket: ticket.number,
    outcome: "kept",
  });
  tellSupervisor(turn, ticket);
}

/** No comment came in time. */
export function poorScoreDue(turn: Turn, number: TicketNumber): void {
  turn.effects.push({ kind: "promise.settle", promise: "poor_score", ticket: number, outcome: "kept" });
  const { ticket, conversation } = turn;
  // The customer had their data deleted.
  if (ticket === null) return;
  // They asked for a person again meanwhile: that ticket is the one at hand now.
  const isOther = ticket.number !== number;
  tellSupervisor(turn, isOther ? { number, score: `1–${POOR}`, comment: null } : ticket);
  const { awaiting } = conversation;
  if (awaiting?.kind === "comment") converse(turn, { awaiting: { ...awaiting, told: true } });
}

function tellSupervisor(
  turn: Turn,
  { number, score, comment }: { number: TicketNumber; score: number | string | null; comment: string | null },
): void {
  const say = sayToStaff(turn);
  page(
    turn,
    number,
    say("desk.poor_score", {
      number,
      name: turn.customer.name,
      score: score ?? "",
      comment: comment ?? say("desk.poor_score.no_comment"),
    }),
  );
}
