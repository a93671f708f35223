import {
  type CannedOrder,
  fillCanned,
  findCanned,
  readCannedOrder,
  unknownPlaceholders,
} from "../../desk/canned.ts";
import type { Canned } from "../../desk/facts.ts";
import { dissuasiveIn } from "../../knowledge/dissuasive.ts";
import { businessParams } from "../../knowledge/say.ts";
import { simplify } from "../../nlu/normalise.ts";
import type { Mind } from "../mind.ts";
import type { Say } from "../strings.ts";
import { sayToStaff, type Turn, tellTopic } from "../turn.ts";
import type { Effect, Event } from "../types.ts";
import { agentMessage } from "./message.ts";

type Command = Extract<Event, { kind: "agent.command" }>;

/** Filled in besides the facts of the business: the customer's name, the agent's, the ticket's number. */
const PARAMS = ["name", "agent", "number"] as const;

/** `/canned` in a topic: the list, or one of them sent to the customer as the agent's own words. */
export function canned(turn: Turn, event: Command): void {
  const replies = turn.snapshot.desk?.canned ?? [];
  const say = sayToStaff(turn);
  const order = readCannedOrder(event.argument);
  if (order.kind !== "send") {
    const { text, effects } = keepCanned(order, replies, turn.mind, say);
    turn.effects.push(...effects);
    tellTopic(turn, "relay", text);
    return;
  }
  const reply = findCanned(replies, order.name);
  if (reply === undefined) {
    tellTopic(turn, "relay", unknownReply(order.name, replies, say));
    return;
  }
  const text = fillCanned(reply.text, {
    ...businessParams(turn.mind.knowledge.business, turn.conversation.lang),
    name: turn.customer.name,
    agent: event.agent.name,
    number: turn.ticket?.number ?? "",
  });
  const went = agentMessage(turn, {
    kind: "agent.message",
    agent: event.agent,
    content: { kind: "text", text },
    ref: event.ref,
    replyTo: null,
  });
  // Nobody in the topic has read it yet: only its name was written there.
  if (went === "passed") tellTopic(turn, "notice", say("desk.canned.sent", { text }));
}

/** The list of ready replies, and what changes it; anywhere in the staff group. */
export function keepCanned(
  order: Exclude<CannedOrder, { kind: "send" }>,
  replies: readonly Canned[],
  mind: Mind,
  say: Say,
): { readonly text: string; readonly effects: readonly Effect[] } {
  switch (order.kind) {
    case "list": {
      const list = replies.map(({ name, text }) => `· ${name} — ${text}`).join("\n");
      const text = list === "" ? say("desk.canned.none") : say("desk.canned.list", { replies: list });
      return { text, effects: [] };
    }
    case "add": {
      const known = [...PARAMS, ...Object.keys(businessParams(mind.knowledge.business, "zh"))];
      const unknown = unknownPlaceholders(order.text, known);
      const braced = (names: readonly string[]) => names.map((name) => `{${name}}`).join(" ");
      if (unknown.length > 0) {
        const words = { unknown: braced(unknown), known: braced(known) };
        return { text: say("desk.canned.bad_placeholders", words), effects: [] };
      }
      const { name, text } = order;
      // Kept ready for anybody: what is an upsell only on the way down is held when it is sent there.
      const [dissuades] = dissuasiveIn(simplify(text), mind.knowledge.dissuasion, { about: "anything" });
      if (dissuades !== undefined)
        return { text: say("desk.canned.dissuades", { phrase: dissuades.words }), effects: [] };
      return {
        text: say("desk.canned.saved", { name, text }),
        effects: [{ kind: "canned.save", name, text }],
      };
    }
    case "remove": {
      const { name } = order;
      if (findCanned(replies, name) === undefined)
        return { text: unknownReply(name, replies, say), effects: [] };
      return { text: say("desk.canned.removed", { name }), effects: [{ kind: "canned.remove", name }] };
    }
    case "unclear":
      return { text: say("desk.canned.usage"), effects: [] };
  }
}

function unknownReply(name: string, replies: readonly Canned[], say: Say): string {
  if (replies.length === 0) return say("desk.canned.none");
  return say("desk.canned.unknown", { name, names: replies.map((reply) => reply.name).join("、") });
}
