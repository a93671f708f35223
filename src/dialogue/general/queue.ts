import type { QueueEntry } from "../../desk/facts.ts";
import { daysBetween } from "../../desk/hours.ts";
import { firstReplyDue } from "../../desk/promises.ts";
import { clock, stamp } from "../clock.ts";
import type { DeskPolicy, Mind } from "../mind.ts";
import { STAFF_LANG } from "../turn.ts";
import { inWords } from "./span.ts";

/** Longer lists say how much longer. */
const SHOWN = 20;

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
  const facts = ({ ticket, customer }: QueueEntry) => ({
    number: ticket.number,
    name: customer,
    age: inWords(at - ticket.openedAt, say),
  });
  // After hours the promise is for another day.
  const dueInWords = (due: number) =>
    (daysBetween(at, due, agents.timeZone) === 0 ? clock : stamp)(due, agents.timeZone);
  const lines = waiting.slice(0, SHOWN).map((entry, index) => {
    const position = index + 1;
    const due = firstReplyDue(entry.ticket, firstReplyMs, agents);
    return at > due && entry.ticket.firstReplyAt === null
      ? say("general.queue.late", { ...facts(entry), position })
      : say("general.queue.waiting", { ...facts(entry), position, due: dueInWords(due) });
  });
  const served = serving
    .slice(0, SHOWN)
    .map((entry) => say("general.queue.entry", { ...facts(entry), agent: entry.ticket.agent?.name ?? "—" }));
  const more = (all: readonly QueueEntry[]) =>
    all.length > SHOWN ? [say("general.queue.more", { more: all.length - SHOWN })] : [];
  return [
    say("general.queue", {
      waiting: waiting.length,
      entries: [...lines, ...more(waiting)].join("\n"),
    }).trim(),
    say("general.queue.serving", {
      serving: serving.length,
      entries: [...served, ...more(serving)].join("\n"),
    }).trim(),
  ].join("\n\n");
}
