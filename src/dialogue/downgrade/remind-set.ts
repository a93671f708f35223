import { afterQuiet, FARTHEST_DAYS, isTooFar, MORNING, MOST_REMINDERS, onDay } from "../../desk/reminders.ts";
import { humanButton } from "../handoff.ts";
import { converse, sayTo, type Turn } from "../turn.ts";
import type { InlineButton } from "../types.ts";
import { afterDeadline, stepOf } from "./remind-ladder.ts";
import { listOf, pendingReminders, type Words } from "./remind-list.ts";
import { aboutWords, momentWords } from "./remind-words.ts";
import type { Reminder, ReminderAbout } from "./reminder.ts";

/** All but the customer's own: when it is due follows from what it is about. */
export type DatedAbout = Exclude<ReminderAbout, { kind: "own" }>;

/** Days before a charge at which there is still time to check, the best first; the day itself at worst. */
const BEFORE_CHARGE = [5, 1, 0];

/** When to remind of something, epoch ms; undefined where it is too late for that. */
export function dueFor(turn: Turn, about: DatedAbout): number | undefined {
  const { timeZone } = turn.mind.knowledge.business.agents;
  switch (about.kind) {
    case "callback":
      return ahead(turn, about.by);
    case "window":
      return ahead(turn, about.opens);
    case "charge":
      return BEFORE_CHARGE.map((days) => onDay(about.on, -days, MORNING, timeZone)).find(
        (at) => at > turn.at,
      );
    case "rung": {
      const deadline = stepOf(turn.mind.knowledge.ladders, about.sector, about.rung)?.deadline;
      return deadline == null ? undefined : ahead(turn, afterDeadline(deadline, about.since, timeZone));
    }
  }
}

function ahead(turn: Turn, at: number): number | undefined {
  return at > turn.at ? at : undefined;
}

/** When it will really be said: not in the quiet time, unless the customer named the hour. */
export function spokenAt(turn: Turn, about: ReminderAbout, dueAt: number): number {
  const { reminders, agents } = turn.mind.knowledge.business;
  if (about.kind === "own" && about.named) return dueAt;
  return afterQuiet(dueAt, reminders.quiet, agents.timeZone);
}

/**
 * Sets a reminder, and says when it comes and what of; or why it can't be set, and what to do about it.
 * @param dueAt epoch ms; undefined or gone by: asked for again
 */
export function setReminder(turn: Turn, about: ReminderAbout, dueAt: number | undefined): Words {
  const say = sayTo(turn);
  const inline = [[humanButton(turn)]];
  if (dueAt === undefined || dueAt <= turn.at) {
    converse(turn, { awaiting: { kind: "reminder.when", what: about.kind === "own" ? about.what : "" } });
    return { text: say("remind.past"), inline };
  }
  if (isTooFar(dueAt, turn.at)) {
    converse(turn, { awaiting: { kind: "reminder.when", what: about.kind === "own" ? about.what : "" } });
    return { text: say("remind.too_far", { days: FARTHEST_DAYS }), inline };
  }
  const pending = pendingReminders(turn);
  const at = spokenAt(turn, about, dueAt);
  const what = aboutWords(turn, about);
  const same = pending.find((reminder) => isSame(reminder, about, at));
  const listed = [[listButton(turn), humanButton(turn)]];
  if (same !== undefined)
    return { text: say("remind.already", { when: momentWords(turn, same.dueAt), what }), inline: listed };
  if (pending.length >= MOST_REMINDERS) {
    const list = listOf(turn, pending);
    const full = say("remind.full", { count: MOST_REMINDERS });
    return { text: `${full}\n\n${list.text}`, inline: [...list.inline, ...inline] };
  }
  turn.effects.push({ kind: "reminder.set", about, dueAt: at });
  return {
    text: say("remind.set", { when: momentWords(turn, at), what }),
    inline: [[undoButton(turn), listButton(turn)], ...inline],
  };
}

function isSame(reminder: Reminder, about: ReminderAbout, at: number): boolean {
  return reminder.dueAt === at && subjectOf(reminder.about) === subjectOf(about);
}

/** What it is about, whatever else was known of the dispute. */
function subjectOf(about: ReminderAbout): string {
  return JSON.stringify({ ...about, case: null });
}

function listButton(turn: Turn): InlineButton {
  return { label: sayTo(turn)("remind.button.list"), button: { kind: "reminders" } };
}

/** Taking it back is one tap, as setting it was (promise 4). */
export function undoButton(turn: Turn): InlineButton {
  return {
    label: sayTo(turn)("remind.button.undo"),
    button: { kind: "reminder.undo", setAt: turn.at },
  };
}
