import { closeTicket, isOpen } from "../../desk/tickets.ts";
import type { Agent } from "../../desk/types.ts";
import { dropPromises, showState } from "../handoff.ts";
import { converse, sayTo, sayToStaff, type Turn, tell, tellTopic, toTopic, writeLine } from "../turn.ts";

/**
 * Shuts a customer out of the desk: what they write opens no ticket and reaches no agent. Promise 1 bends here and
 * nowhere else, by an agent's hand and never by a rule: who asks for a person all the same is told the truth and
 * given the hotline, where people answer, and each request is kept where agents see it (`/history`). Questions of
 * fact are still answered.
 */
export function ban(turn: Turn, agent: Agent): void {
  const say = sayToStaff(turn);
  if (turn.customer.banned === true) {
    tellTopic(turn, "relay", say("desk.already_banned"));
    return;
  }
  turn.customer = { ...turn.customer, banned: true };
  writeLine(turn, { speaker: "note", name: agent.name, text: say("desk.banned", { agent: agent.name }) });
  tellTopic(turn, "relay", say("desk.banned", { agent: agent.name }));
  if (!isOpen(turn.ticket)) return;
  dropPromises(turn);
  turn.ticket = closeTicket(turn.ticket, "agent", turn.at);
  converse(turn, { awaiting: null, misses: 0, asked: null });
  tell(turn, "relay", sayTo(turn)("ban.told"));
  showState(turn);
  toTopic(turn, "relay", { kind: "topic.close" });
}

export function unban(turn: Turn, agent: Agent): void {
  const say = sayToStaff(turn);
  if (turn.customer.banned !== true) {
    tellTopic(turn, "relay", say("desk.not_banned"));
    return;
  }
  turn.customer = { ...turn.customer, banned: false };
  writeLine(turn, { speaker: "note", name: agent.name, text: say("desk.unbanned", { agent: agent.name }) });
  tellTopic(turn, "relay", say("desk.unbanned", { agent: agent.name }));
}

/** A banned customer asks for a person: one honest line with the hotline, and a note for the agents. */
export function refuseBanned(turn: Turn, asked: string): void {
  writeLine(turn, { speaker: "note", text: sayToStaff(turn)("desk.ban_asked", { asked }) });
  tell(turn, "human", sayTo(turn)("ban.told"));
}
