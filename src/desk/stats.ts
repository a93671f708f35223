import type { DeskRecord } from "./facts.ts";

/** What happened at the desk in a span of time. Times in ms; null where there is nothing to measure. */
export interface DeskStats {
  readonly opened: number;
  readonly closed: number;
  /** From opening to the first reply, of the tickets opened in the span and answered by now. */
  readonly medianReplyMs: number | null;
  readonly p95ReplyMs: number | null;
  readonly promisesKept: number;
  readonly promisesMissed: number;
  /** Of the tickets closed in the span and rated: how many, and their mean. */
  readonly rated: number;
  readonly meanScore: number | null;
}

/**
 * Counts what lies in the span, as `includes` says of a time (epoch ms).
 * @param openTime how long the desk was open between two times, ms
 */
export function statsOf(
  record: DeskRecord,
  includes: (at: number) => boolean,
  openTime = (from: number, to: number) => to - from,
): DeskStats {
  const opened = record.tickets.filter(({ openedAt }) => includes(openedAt));
  const closed = record.tickets.filter(
    ({ status, closedAt }) => status === "closed" && closedAt !== null && includes(closedAt),
  );
  const waits = opened
    .flatMap(({ openedAt, firstReplyAt }) =>
      firstReplyAt === null ? [] : [openTime(openedAt, firstReplyAt)],
    )
    .sort((a, b) => a - b);
  const scores = closed.flatMap(({ score }) => (score === null ? [] : [score]));
  const promises = record.promises.filter(({ settledAt }) => includes(settledAt));
  return {
    opened: opened.length,
    closed: closed.length,
    medianReplyMs: quantile(waits, 0.5),
    p95ReplyMs: quantile(waits, 0.95),
    promisesKept: promises.filter(({ outcome }) => outcome === "kept").length,
    promisesMissed: promises.filter(({ outcome }) => outcome === "missed").length,
    rated: scores.length,
    meanScore: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
  };
}

/** The nearest-rank quantile of values in ascending order: always one that was measured. */
export function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
