import { sayToStaff, send, type Turn, tellTopic, writeLine } from "../turn.ts";
import type { Event } from "../types.ts";

/** Telegram lets a bot delete its messages for so long: https://core.telegram.org/bots/api#deletemessage */
const DELETABLE_MS = 48 * 3_600_000;

/**
 * `/del`: what the agent said is withdrawn from the customer's side, an album as a whole; Telegram tells bots of no
 * deletion, so there has to be a command. It stays in the transcript, which is the customer's record (promise 6),
 * with a note.
 */
export function withdrawSaid(turn: Turn, { agent, ref }: Extract<Event, { kind: "agent.command" }>): void {
  const say = sayToStaff(turn);
  const said = turn.snapshot.desk?.said ?? null;
  if (said?.ref == null) {
    tellTopic(turn, "relay", say("desk.del_nothing"), { replyTo: ref });
    return;
  }
  if (said.name !== agent.name) {
    tellTopic(turn, "relay", say("desk.del_not_yours"), { replyTo: said.ref });
    return;
  }
  if (turn.at - said.at >= DELETABLE_MS) {
    tellTopic(turn, "relay", say("desk.del_too_old"), { replyTo: said.ref });
    return;
  }
  const together = turn.snapshot.desk?.saidTogether ?? [];
  for (const part of together.length > 0 ? together : [said]) {
    if (part.ref === null) continue;
    // In the line of the customer's own messages, so that one still on its way is sent first and then withdrawn.
    send(turn, { kind: "customer", customerId: turn.customer.id }, "relay", {
      kind: "delete",
      origin: part.ref,
    });
    writeLine(turn, {
      speaker: "note",
      name: agent.name,
      kind: "withdrawn",
      text: say("desk.del_note", { text: part.text }),
      ref: part.ref,
    });
  }
  tellTopic(turn, "relay", say("desk.del_asked"), { replyTo: said.ref });
}
