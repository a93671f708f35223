import { isSameAgent } from "../../desk/agents.ts";
import type { QueueEntry } from "../../desk/facts.ts";
import { daysBetween } from "../../desk/hours.ts";
import { firstReplyDue } from "../../desk/promises.ts";
import type { Agent } from "../../desk/types.ts";
import { clock, stamp } from "../clock.ts";
import type { DeskPolicy, Mind } from "../mind.ts";
import type { Say } from "../strings.ts";
import { STAFF_LANG } from "../turn.ts";
import { inWords } from "./span.ts";

/** Longer lists say how much longer. Two of them fit into one message, with a link for each: Telegram takes 100. */
const SHOWN = 40;

/** `/queue`: who waits, in the order in which they will be served, and who serves whom. */
export function queueNow(
  queue: readonly QueueEntry[],
  at: number,
  mind: Mind,
  { firstReplyMs }: DeskPolicy,
): string {
  const say = mind.say(STAFF_LANG);
  const { agents } = mind.knowledge.business;
  const waiting = queue.filter(({ ticket }) => ticket.status === "waiting");
  const serving = queue.filter(({ ticket }) => ticket.status === "serving");
  if (queue.length === 0) return say("general.queue.empty");
  // After hours the promise is for another day.
  const dueInWords = (due: number) =>
    (daysBetween(at, due, agents.timeZone) === 0 ? clock : stamp)(due, agents.timeZone);
  const lines = waiting.slice(0, SHOWN).map((entry, index) => {
    const position = index + 1;
    const due = firstReplyDue(entry.ticket, firstReplyMs, agents);
    return at > due && entry.ticket.firstReplyAt === null
      ? say("general.queue.late", { ...factsOf(entry, at, say), position })
      : say("general.queue.waiting", { ...factsOf(entry, at, say), position, due: dueInWords(due) });
  });
  return [
    say("general.queue", {
      waiting: waiting.length,
      entries: [...lines, ...more(waiting, say)].join("\n"),
    }).trim(),
    say("general.queue.serving", {
      serving: serving.length,
      entries: servedLines(serving, at, say),
    }).trim(),
  ].join("\n\n");
}

/** `/mine`: the tickets of who asks. */
export function mineNow(queue: readonly QueueEntry[], agent: Agent, at: number, mind: Mind): string {
  const say = mind.say(STAFF_LANG);
  const mine = queue.filter(({ ticket }) => isSameAgent(ticket.agent, agent));
  if (mine.length === 0) return say("general.mine.none");
  return say("general.mine", { count: mine.length, entries: servedLines(mine, at, say) }).trim();
}

/** Whose customer waits for an answer comes first, the longest wait before all; then as they were opened. */
function servedLines(serving: readonly QueueEntry[], at: number, say: Say): string {
  const since = ({ unansweredSince }: QueueEntry) => unansweredSince ?? Number.MAX_SAFE_INTEGER;
  const lines = [...serving]
    .sort((a, b) => since(a) - since(b))
    .slice(0, SHOWN)
    .map((entry) => {
      const { ticket, unansweredSince } = entry;
      const facts = { ...factsOf(entry, at, say), agent: ticket.agent?.name ?? "—" };
      return unansweredSince === null
        ? say("general.queue.entry", facts)
        : say("general.queue.unanswered", { ...facts, wait: inWords(at - unansweredSince, say) });
    });
  return [...lines, ...more(serving, say)].join("\n");
}

function factsOf({ ticket, customer }: QueueEntry, at: number, say: Say) {
  return { number: ticket.number, name: customer, age: inWords(at - ticket.openedAt, say) };
}

function more(all: readonly QueueEntry[], say: Say): string[] {
  return all.length > SHOWN ? [say("general.queue.more", { more: all.length - SHOWN })] : [];
}
