import { readCannedOrder } from "../../desk/canned.ts";
import type { Canned, DeskRecord, KnownAgent, QueueEntry } from "../../desk/facts.ts";
import { NOTHING_COUNTED, type ServiceFigures } from "../../desk/service.ts";
import type { Agent } from "../../desk/types.ts";
import { keepCanned } from "../agent/canned.ts";
import type { DeskPolicy, Mind } from "../mind.ts";
import { transparency } from "../transparency.ts";
import { STAFF_LANG } from "../turn.ts";
import type { Effect, MessageRef, TicketMention } from "../types.ts";
import { type DeadNote, deadLetters } from "./dead.ts";
import { hoursNow } from "./hours.ts";
import { onCallNow } from "./oncall.ts";
import { mineNow, queueNow } from "./queue.ts";
import { statsNow } from "./stats.ts";

/** A command in a staff group that is about no one customer. */
export interface GeneralEvent {
  readonly kind: "general";
  readonly chatId: number;
  readonly agent: Agent;
  readonly command: string;
  readonly argument: string;
  readonly ref: MessageRef;
}

/** What such a command is answered from; looked up as far as it needs it. */
export interface DeskSnapshot {
  readonly queue: readonly QueueEntry[];
  /** Of the last seven days. */
  readonly record: DeskRecord;
  readonly figures: ServiceFigures | null;
  readonly agents: readonly KnownAgent[];
  readonly canned: readonly Canned[];
  readonly dead: readonly DeadNote[];
}

export const NOTHING_LOOKED_UP: DeskSnapshot = {
  queue: [],
  record: NOTHING_COUNTED,
  figures: null,
  agents: [],
  canned: [],
  dead: [],
};

/** Commands that belong in a customer's topic. */
const OF_TOPICS: ReadonlySet<string> = new Set([
  "claim",
  "close",
  "transfer",
  "take",
  "note",
  "history",
  "del",
  "ban",
  "unban",
]);

/**
 * What follows from a command in General. Pure, as `decide` is: the answer goes where it was asked.
 * @param at epoch ms
 */
export function decideGeneral(
  desk: DeskSnapshot,
  event: GeneralEvent,
  at: number,
  mind: Mind,
  policy: DeskPolicy,
): readonly Effect[] {
  const say = mind.say(STAFF_LANG);
  const { command, argument, chatId } = event;
  const answer = (text: string, tickets: readonly TicketMention[] = []): Effect => ({
    kind: "send",
    to: { kind: "general", chatId },
    lane: "relay",
    message: {
      kind: "text",
      text: text.trim(),
      replyTo: event.ref,
      ...(tickets.length === 0 ? {} : { tickets }),
    },
  });
  switch (command) {
    case "queue":
      return [answer(queueNow(desk.queue, at, mind, policy), mentionsIn(desk.queue))];
    case "mine":
      return [answer(mineNow(desk.queue, event.agent, at, mind), mentionsIn(desk.queue))];
    case "stats":
      return [answer(statsNow(desk.record, at, mind))];
    case "transparency":
      return desk.figures === null ? [] : [answer(transparency(desk.figures, mind, STAFF_LANG))];
    case "oncall":
      return [answer(onCallNow(desk.agents, say, policy))];
    case "hours":
      return [answer(hoursNow(at, mind))];
    case "canned": {
      const order = readCannedOrder(argument);
      if (order.kind === "send") return [answer(say("general.in_topic", { command }))];
      const { text, effects } = keepCanned(order, desk.canned, mind, say);
      return [...effects, answer(text)];
    }
    case "deadletters": {
      const { text, effects } = deadLetters(desk.dead, argument, mind);
      return [...effects, answer(text)];
    }
    default:
      return [
        answer(OF_TOPICS.has(command) ? say("general.in_topic", { command }) : say("general.commands")),
      ];
  }
}

function mentionsIn(queue: readonly QueueEntry[]): readonly TicketMention[] {
  return queue.map(({ ticket: { number, customerId } }) => ({ number, customerId }));
}
