import type { Ticket } from "../../desk/types.ts";
import { quote } from "../card.ts";
import { stamp } from "../clock.ts";
import { sayToStaff, type Turn, tellTopic } from "../turn.ts";

/** `/history`: this customer's tickets and what was said last, notes and requests during a ban included. */
export function tellHistory(turn: Turn): void {
  const say = sayToStaff(turn);
  const { tickets, lines } = turn.snapshot.desk ?? { tickets: [], lines: [] };
  if (tickets.length === 0 && lines.length === 0) {
    tellTopic(turn, "relay", say("desk.history.none"));
    return;
  }
  tellTopic(
    turn,
    "relay",
    say("desk.history", {
      name: turn.customer.name,
      tickets: tickets.map((ticket) => ticketLine(turn, ticket)).join("\n") || say("desk.history.none"),
      lines: lines.map((line) => `${stamp(line.at, zoneOf(turn))} ${quote(line, turn)}`).join("\n") || "—",
    }),
  );
}

function ticketLine(turn: Turn, ticket: Ticket): string {
  const say = sayToStaff(turn);
  const { number, status, openedAt, agent, score, comment, asked } = ticket;
  return say("desk.history.ticket", {
    number,
    state: say(`desk.state.${status}`),
    opened: stamp(openedAt, zoneOf(turn)),
    agent: agent?.name ?? "—",
    score: score === null ? "" : say("desk.history.score", { score, comment: comment ?? "" }),
    asked,
  });
}

function zoneOf(turn: Turn): string {
  return turn.mind.knowledge.business.agents.timeZone;
}
