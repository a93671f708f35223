import { say } from "../answer.ts";
import { humanButton } from "../handoff.ts";
import { sayTo, type Turn } from "../turn.ts";
import type { ButtonRow } from "../types.ts";
import { aboutWords, momentWords, zoneWords } from "./remind-words.ts";
import type { Reminder } from "./reminder.ts";

/** What the bot says, with its buttons. */
export interface Words {
  readonly text: string;
  readonly inline: readonly ButtonRow[];
}

/** What the customer has to come, the earliest first. */
export function pendingReminders(turn: Turn): readonly Reminder[] {
  const pending = (turn.snapshot.reminders ?? []).filter(({ state }) => state === "pending");
  return pending.toSorted((one, other) => one.dueAt - other.dueAt);
}

/** Answers /reminders and what asks for the same. */
export function listReminders(turn: Turn): void {
  const { text, inline } = listOf(turn, pendingReminders(turn));
  say(turn, text, [...inline, [humanButton(turn)]]);
}

/** All of them with their times, and a button each to delete it. */
export function listOf(turn: Turn, reminders: readonly Reminder[]): Words {
  const words = sayTo(turn);
  if (reminders.length === 0) return { text: words("remind.none"), inline: [] };
  const lines = reminders.map(({ about, dueAt }, index) =>
    words("remind.line", {
      number: index + 1,
      when: momentWords(turn, dueAt),
      what: aboutWords(turn, about),
    }),
  );
  const text = words("remind.list", {
    count: reminders.length,
    zone: zoneWords(turn),
    lines: lines.join("\n"),
  });
  return { text, inline: dropButtons(turn, reminders) };
}

/** Deletes one, and shows what is left. */
export function dropReminder(turn: Turn, isMeant: (reminder: Reminder) => boolean): void {
  const words = sayTo(turn);
  const pending = pendingReminders(turn);
  const dropped = pending.find(isMeant);
  if (dropped === undefined) {
    say(turn, words("remind.gone"), [[humanButton(turn)]]);
    return;
  }
  turn.effects.push({ kind: "reminder.settle", reminder: dropped.id, outcome: "dropped" });
  const left = listOf(
    turn,
    pending.filter((reminder) => reminder !== dropped),
  );
  const gone = words("remind.dropped", { what: aboutWords(turn, dropped.about) });
  say(turn, `${gone}\n\n${left.text}`, [...left.inline, [humanButton(turn)]]);
}

const A_ROW = 4;

function dropButtons(turn: Turn, reminders: readonly Reminder[]): Words["inline"] {
  const buttons = reminders.map(({ id }, index) => ({
    label: sayTo(turn)("remind.button.drop", { number: index + 1 }),
    button: { kind: "reminder.drop" as const, reminder: id },
  }));
  const rows = Math.ceil(buttons.length / A_ROW);
  return Array.from({ length: rows }, (_, row) => buttons.slice(row * A_ROW, (row + 1) * A_ROW));
}
