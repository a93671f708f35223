import { sayFact } from "../knowledge/say.ts";
import { sayTo, type Turn } from "./turn.ts";

export const PRIVACY_STRINGS = {
  "privacy.stored": [
    "lines",
    "notes",
    "transcript_days",
    "tickets",
    "tickets_days",
    "media_days",
    "reminders",
  ],
  "privacy.where.file": [],
  "privacy.where.server": [],
  "desk.place_deleted": ["number"],
  "desk.place_left": ["number"],
} as const;

/** What is stored of this customer at this moment, where, and for how long: from the rows and from the config. */
export function privacyText(turn: Turn): string {
  const { business, intents } = turn.mind.knowledge;
  const { retention } = business;
  if (turn.snapshot.stored === undefined) turn.lacks = "stored";
  const { lines, notes, tickets } = turn.snapshot.stored ?? { lines: 0, notes: 0, tickets: 0 };
  const say = sayTo(turn);
  const stored = say("privacy.stored", {
    // What is being said right now is stored too.
    lines: lines + turn.lines.length,
    notes,
    tickets,
    reminders: turn.snapshot.reminders?.length ?? 0,
    transcript_days: retention.transcriptDays,
    tickets_days: retention.ticketsDays,
    media_days: retention.mediaDays,
  });
  const where = say(`privacy.where.${turn.policy.storage ?? "file"}`);
  const advice = intents.get("privacy")?.answer;
  return [stored, where, advice === undefined ? "" : sayFact(advice, business, turn.conversation.lang)]
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n\n");
}
