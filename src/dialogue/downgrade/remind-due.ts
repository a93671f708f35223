import { isOpen } from "../../desk/tickets.ts";
import { humanButton } from "../handoff.ts";
import { converse, sayTo, sayToStaff, type Turn, tell, tellTopic } from "../turn.ts";
import type { Button, InlineButton } from "../types.ts";
import { nextTime } from "./remind-repeat.ts";
import { spokenAt, undoButton } from "./remind-set.ts";
import { dayWords, momentWords, providerWords, rungWords } from "./remind-words.ts";
import { REMINDER_WORDS, type Reminder, type ReminderAbout, type ReminderId } from "./reminder.ts";

/** So much later than it was due, the customer is told that it is late, ms. */
const LATE_MS = 30 * 60_000;

/** A reminder's time has come: it is said once, whoever serves the customer by now. */
export function reminderDue(turn: Turn, id: ReminderId): void {
  const reminder = (turn.snapshot.reminders ?? []).find((each) => each.id === id);
  if (reminder?.state === "fired") return;
  if (reminder === undefined || turn.customer.blocked) {
    turn.effects.push({ kind: "reminder.settle", reminder: id, outcome: "dropped" });
    return;
  }
  // Due while nothing ran, and now it is night.
  const dueAt = spokenAt(turn, reminder.about, turn.at);
  if (dueAt > turn.at) {
    turn.effects.push({ kind: "reminder.move", reminder: id, dueAt });
    return;
  }
  const isOwn = reminder.about.kind === "own";
  turn.effects.push({ kind: "reminder.settle", reminder: id, outcome: isOwn ? "done" : "fired" });
  const next = again(turn, reminder.about);
  const inline = next !== undefined ? [[undoButton(turn)]] : isOwn ? [] : [wordButtons(turn, id)];
  speak(turn, reminder, next, [...inline, [humanButton(turn)]]);
  if (!isOwn) awaitWord(turn, id);
}

/** One that repeats is set anew; when it comes next, epoch ms. */
function again(turn: Turn, about: ReminderAbout): number | undefined {
  if (about.kind !== "own" || about.every === undefined) return undefined;
  const { timeZone } = turn.mind.knowledge.business.agents;
  const dueAt = spokenAt(turn, about, nextTime(about.every, turn.at, timeZone));
  turn.effects.push({ kind: "reminder.set", about, dueAt });
  return dueAt;
}

function speak(
  turn: Turn,
  reminder: Reminder,
  next: number | undefined,
  inline: readonly (readonly InlineButton[])[],
): void {
  const say = sayTo(turn);
  const late = turn.at - reminder.dueAt > LATE_MS;
  const text = [
    ...(isOpen(turn.ticket) ? [say("remind.automatic")] : []),
    dueWords(turn, reminder.about),
    ...(next === undefined ? [] : [say("remind.next_time", { when: momentWords(turn, next) })]),
    ...(late ? [say("remind.late", { when: momentWords(turn, reminder.dueAt) })] : []),
  ].join("\n");
  tell(turn, "answer", text, { inline });
  if (isOpen(turn.ticket)) tellTopic(turn, "answer", sayToStaff(turn)("desk.bot_says", { text }));
}

function dueWords(turn: Turn, about: ReminderAbout): string {
  const say = sayTo(turn);
  switch (about.kind) {
    case "callback":
      return say("remind.due.callback", {
        provider: providerWords(turn, about),
        by: momentWords(turn, about.by),
      });
    case "window":
      return say("remind.due.window", { provider: providerWords(turn, about) });
    case "charge":
      return say("remind.due.charge", { on: dayWords(turn, about.on) });
    case "rung": {
      const rung = rungWords(turn, about);
      return rung === undefined ? say("remind.due.bare") : say("remind.due.rung", rung);
    }
    case "own":
      return about.what === "" ? say("remind.due.bare") : say("remind.due.own", { what: about.what });
  }
}

function wordButtons(turn: Turn, reminder: ReminderId): readonly InlineButton[] {
  return REMINDER_WORDS.map((word) => ({
    label: sayTo(turn)(`remind.button.${word}`),
    button: { kind: "reminder", word, reminder },
  }));
}

/** “没有” or “2” is an answer too, unless something else was asked before. */
function awaitWord(turn: Turn, reminder: ReminderId): void {
  const { awaiting } = turn.conversation;
  if (awaiting !== null && awaiting.kind !== "choice") return;
  const options = REMINDER_WORDS.map((word): Button => ({ kind: "reminder", word, reminder }));
  converse(turn, { awaiting: { kind: "choice", options } });
}
