import type { CountedTicket, DeskRecord } from "../desk/facts.ts";
import type { AgentHours } from "../desk/hours.ts";
import {
  DAY_MS,
  figuresAt,
  isDowngrade,
  type Ladder,
  ladderIn,
  MONTH_DAYS,
  type ServiceFigures,
  within,
} from "../desk/service.ts";
import type { TicketReason } from "../desk/types.ts";
import type { IntentId } from "../knowledge/types.ts";
import { addDays, dayOf, isoOf } from "../nlu/zone.ts";

/** Something and how often. */
export interface Tally<Of> {
  readonly of: Of;
  readonly count: number;
}

/** What the rows say of the desk. It holds nobody's name and nobody's words. */
export interface Report {
  /** Epoch ms. */
  readonly at: number;
  readonly timeZone: string;
  /** The last 7 and the last 30 days. */
  readonly spans: readonly (ServiceFigures["spans"][number] & { readonly ladder: Ladder })[];
  /** Requests for a person on each of the last 30 days, oldest first; ISO days by the business's clock. */
  readonly volume: readonly { readonly day: string; readonly downgrade: number; readonly others: number }[];
  /** Of the last 30 days: why they came to a person, the most frequent first. */
  readonly reasons: readonly Tally<TicketReason>[];
  /** Of the last 30 days: what the bot did not settle by itself, though nobody had asked for a person yet. */
  readonly unsettled: readonly Tally<IntentId | null>[];
  /** Of the last 30 days: how often each score from 1 to 5 was given. */
  readonly scores: readonly Tally<number>[];
}

/** The bot gave up by itself: it hadn't understood twice, or the same question came a third time. */
const GAVE_UP: ReadonlySet<TicketReason> = new Set(["missed_twice", "asked_thrice"]);
const SCORES = [1, 2, 3, 4, 5] as const;

/** @param at epoch ms; the record must reach 30 days back from it */
export function reportOf(record: DeskRecord, at: number, hours: AgentHours): Report {
  const month = lastDays(MONTH_DAYS, at);
  const opened = record.tickets.filter(({ openedAt }) => within(month, openedAt));
  const closed = record.tickets.filter(
    ({ status, closedAt }) => status === "closed" && closedAt !== null && within(month, closedAt),
  );
  return {
    at,
    timeZone: hours.timeZone,
    spans: figuresAt(record, at, hours).spans.map((span) => ({
      ...span,
      ladder: ladderIn(record.promises, lastDays(span.days, at), hours),
    })),
    volume: volumeOf(opened, at, hours.timeZone),
    reasons: tally(opened.map(({ reason }) => reason)),
    unsettled: tally(opened.filter(({ reason }) => GAVE_UP.has(reason)).map(({ about }) => about)),
    scores: SCORES.map((of) => ({ of, count: closed.filter(({ score }) => score === of).length })),
  };
}

function lastDays(days: number, at: number) {
  return { from: at - days * DAY_MS, to: at };
}

function volumeOf(opened: readonly CountedTicket[], at: number, timeZone: string): Report["volume"] {
  const today = dayOf(at, timeZone);
  const days = opened.map(({ openedAt, about }) => ({
    day: isoOf(dayOf(openedAt, timeZone)),
    goesDown: isDowngrade(about),
  }));
  return Array.from({ length: MONTH_DAYS }, (_, index) => {
    const day = isoOf(addDays(today, index + 1 - MONTH_DAYS));
    const on = days.filter((each) => each.day === day);
    const downgrade = on.filter(({ goesDown }) => goesDown).length;
    return { day, downgrade, others: on.length - downgrade };
  });
}

/** The most frequent first. */
function tally<Of>(all: readonly Of[]): Tally<Of>[] {
  const counts = new Map<Of, number>();
  for (const of of all) counts.set(of, (counts.get(of) ?? 0) + 1);
  return [...counts].map(([of, count]) => ({ of, count })).sort((a, b) => b.count - a.count);
}
