import type { Agent } from "../../desk/types.ts";
import { sayToStaff, type Turn, tellTopic } from "../turn.ts";
import type { Button, Content } from "../types.ts";
import { type HeldMessage, pendingHeld } from "./held.ts";
import { type AgentWords, changeForCustomer, passToCustomer } from "./pass.ts";

/** Holds an agent's words for one press, and says why at that very message. What is written after it isn't held up. */
export function hold(
  turn: Turn,
  words: AgentWords & Pick<HeldMessage, "way" | "ticket">,
  phrase: string | null,
): void {
  turn.effects.push({ kind: "held.keep", held: { ...words, phrase, state: "pending" } });
  if (phrase === null) return;
  const say = sayToStaff(turn);
  const button = (act: "send" | "change") => ({
    label: say(`desk.held.${act}`),
    button: { kind: "held" as const, act, messageId: words.ref.messageId },
  });
  tellTopic(turn, "relay", say(words.way === "edit" ? "desk.held.edit" : "desk.held", { phrase }), {
    replyTo: words.ref,
    inline: [[button("send"), button("change")]],
  });
}

/** The held part of an album that a further part follows. */
export function heldAlbum(turn: Turn, content: Content): HeldMessage | undefined {
  const album = albumOf(content);
  return album === null ? undefined : pendingHeld(turn).find((held) => albumOf(held.content) === album);
}

/**
 * What the agent who pressed reads. `outcome`: what the notice says from now on; null where that was settled before,
 * absent while it still is to be decided.
 */
interface HeldPress {
  readonly text: string;
  readonly alert: boolean;
  readonly outcome?: string | null;
}

/** An agent has decided; pressed again, it says that it was. */
export function pressHeld(
  turn: Turn,
  { act, messageId }: Extract<Button, { kind: "held" }>,
  agent: Agent,
): HeldPress {
  const say = sayToStaff(turn);
  const meant = pendingHeld(turn).find(({ ref }) => ref.messageId === messageId);
  if (meant === undefined) return { text: say("desk.held.settled"), alert: true, outcome: null };
  const album = albumOf(meant.content);
  const parts =
    album === null
      ? [meant]
      : pendingHeld(turn)
          .filter((held) => albumOf(held.content) === album)
          .sort((a, b) => a.ref.messageId - b.ref.messageId);
  const phrase = parts.find((part) => part.phrase !== null)?.phrase ?? "";
  const facts = { agent: agent.name, phrase };
  if (act === "change") {
    for (const { ref } of parts) turn.effects.push({ kind: "held.settle", ref, outcome: "dropped" });
    return { text: say("desk.held.dropped"), alert: true, outcome: say("desk.held.was_dropped", facts) };
  }
  if (turn.customer.banned === true) return { text: say("desk.is_banned"), alert: true };
  for (const part of parts) {
    if (turn.ticket === null) return { text: say("desk.no_ticket"), alert: true };
    turn.effects.push({ kind: "held.settle", ref: part.ref, outcome: "sent" });
    if (part.way === "edit") changeForCustomer(turn, part);
    else passToCustomer(turn, turn.ticket, part);
  }
  return { text: say("desk.held.sent"), alert: false, outcome: say("desk.held.was_sent", facts) };
}

function albumOf(content: Content): string | null {
  return content.kind === "media" ? content.album : null;
}
