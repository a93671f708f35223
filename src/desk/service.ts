import type { IntentId } from "../knowledge/types.ts";
import type { DeskRecord, HeldCount, SettledPromise } from "./facts.ts";
import { type AgentHours, AROUND_THE_CLOCK, openClock } from "./hours.ts";
import { quantile } from "./stats.ts";

/** With fewer cases there is no figure: it would tell of those few people and not of the service. */
export const TOO_FEW = 5;

export const NOTHING_COUNTED: DeskRecord = { tickets: [], promises: [], held: [] };

export const DAY_MS = 24 * 3_600_000;
/** The spans that `/transparency` and `zhida report` tell of. */
const WEEK_DAYS = 7;
export const MONTH_DAYS = 30;

/** Going down or leaving, whatever the obstacle. */
export function isDowngrade(about: IntentId | null): boolean {
  return about === "downgrade" || about?.startsWith("downgrade.") === true;
}

/** Epoch ms; `to` itself counts. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How requests for a person fared. Waits count open time only, as promises do; figures are null below {@link TOO_FEW}. */
export interface Service {
  readonly opened: number;
  /** Of those opened in the span, by now: answered by a person; still waiting, or closed without a word. */
  readonly answered: number;
  readonly unanswered: number;
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
  /** First replies promised and settled in the span. */
  readonly promised: number;
  readonly kept: number;
  /** Of the tickets closed in the span. */
  readonly rated: number;
  readonly meanScore: number | null;
}

/** A downgrade beside the rest: the same service, or it shows. */
export interface ServiceByTopic {
  readonly downgrade: Service;
  readonly others: Service;
  readonly all: Service;
}

/** What the rows say of a span. */
export function serviceIn(
  record: DeskRecord,
  span: Span,
  hours: AgentHours = AROUND_THE_CLOCK,
): ServiceByTopic {
  const openTime = openClock(hours, span);
  const of = (belongs: (about: IntentId | null) => boolean): Service => {
    const opened = record.tickets.filter((each) => belongs(each.about) && within(span, each.openedAt));
    const closed = record.tickets.filter(
      ({ about, status, closedAt }) =>
        belongs(about) && status === "closed" && closedAt !== null && within(span, closedAt),
    );
    const promises = record.promises.filter((each) => belongs(each.about) && within(span, each.settledAt));
    const waits = opened
      .flatMap(({ openedAt, firstReplyAt }) =>
        firstReplyAt === null ? [] : [openTime(openedAt, firstReplyAt)],
      )
      .sort((a, b) => a - b);
    const scores = closed.flatMap(({ score }) => (score === null ? [] : [score]));
    return {
      opened: opened.length,
      answered: waits.length,
      unanswered: opened.filter((each) => each.firstReplyAt === null && each.closedBy !== "customer").length,
      medianMs: enough(waits) ? quantile(waits, 0.5) : null,
      p95Ms: enough(waits) ? quantile(waits, 0.95) : null,
      promised: promises.length,
      kept: promises.filter(({ outcome }) => outcome === "kept").length,
      rated: scores.length,
      meanScore: enough(scores) ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null,
    };
  };
  return { downgrade: of(isDowngrade), others: of((about) => !isDowngrade(about)), all: of(() => true) };
}

/** Messages of agents that were held; `changed` weren't sent as they were, others still wait. */
export interface HeldTally {
  readonly held: number;
  readonly sent: number;
  readonly changed: number;
}

export function heldIn(held: readonly HeldCount[], span: Span): HeldTally {
  const inSpan = held.filter(({ at }) => within(span, at));
  const became = (...outcomes: readonly HeldCount["outcome"][]) =>
    inSpan.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return { held: inSpan.length, sent: became("sent"), changed: became("changed", "dropped") };
}

/** How everybody was served in the last week and month, as of a moment (epoch ms). */
export interface ServiceFigures {
  readonly at: number;
  readonly spans: readonly {
    readonly days: number;
    readonly service: ServiceByTopic;
    readonly held: HeldTally;
  }[];
}

/** @param record must reach {@link MONTH_DAYS} back from `at` */
export function figuresAt(record: DeskRecord, at: number, hours: AgentHours): ServiceFigures {
  return {
    at,
    spans: [WEEK_DAYS, MONTH_DAYS].map((days) => {
      const span = { from: at - days * DAY_MS, to: at };
      return { days, service: serviceIn(record, span, hours), held: heldIn(record.held, span) };
    }),
  };
}

/** How far the ladder of a promise was climbed: answered at ease, after the reminder at half time, too late, never. */
export interface Ladder {
  readonly early: number;
  readonly reminded: number;
  readonly late: number;
  readonly never: number;
}

export function ladderIn(
  promises: readonly SettledPromise[],
  span: Span,
  hours: AgentHours = AROUND_THE_CLOCK,
): Ladder {
  const inSpan = promises.filter(({ settledAt }) => within(span, settledAt));
  const openTime = openClock(hours, span);
  const isEarly = ({ openedAt, dueAt, settledAt }: SettledPromise) =>
    openTime(openedAt, settledAt) * 2 <= openTime(openedAt, dueAt);
  const kept = inSpan.filter(({ outcome }) => outcome === "kept");
  const missed = inSpan.filter(({ outcome }) => outcome === "missed");
  const early = kept.filter(isEarly).length;
  const late = missed.filter(({ firstReplyAt }) => firstReplyAt !== null).length;
  return { early, reminded: kept.length - early, late, never: missed.length - late };
}

function enough(values: readonly number[]): boolean {
  return values.length >= TOO_FEW;
}

export function within({ from, to }: Span, at: number): boolean {
  return at > from && at <= to;
}
