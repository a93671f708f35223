import type { LabelledText } from "../types.ts";
import type { TrainedClassifier } from "./classifier.ts";
import { OUT_OF_SCOPE } from "./learn.ts";

/** What evaluation can't know by itself: a pure room has neither a clock nor a process. */
export interface Measuring {
  readonly nTrain: number;
  readonly trainS: number;
  /** A monotonic clock, milliseconds. */
  readonly clockMs: () => number;
  /** Resident memory now, megabytes (10⁶ bytes). */
  readonly rssMb: () => number;
}

/** Shares are 0–1; null where the test rows have none of the kind. */
export interface Figures {
  readonly n_train: number;
  readonly n_test: number;
  /** The best intent is right, over in-scope rows. */
  readonly accuracy: number | null;
  /** The right intent is among the best three, over in-scope rows. */
  readonly top3: number | null;
  /** A probability of being in scope below this counts as out of scope. */
  readonly threshold: number;
  /** In-scope rows that are right and accepted. */
  readonly in_scope_at_threshold: number | null;
  /** Out-of-scope rows that are refused. */
  readonly oos_recall: number | null;
  /** In-scope rows that are refused. */
  readonly false_alarms: number | null;
  /** Chance that an in-scope row's `scope` is above an out-of-scope row's. */
  readonly oos_auroc: number | null;
  readonly train_s: number;
  readonly median_ms: number;
  readonly p99_ms: number;
  readonly rss_mb: number;
}

/** By what the classifier would act on: its best intent if in scope, else `oos`. */
export interface IntentFigures {
  readonly intent: string;
  readonly rows: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

export interface Confusion {
  readonly intent: string;
  readonly takenFor: string;
  readonly rows: number;
}

export interface Evaluation {
  readonly figures: Figures;
  readonly intents: readonly IntentFigures[];
  /** Most frequent first. */
  readonly confusions: readonly Confusion[];
}

interface Judged {
  readonly intent: string;
  readonly best: string;
  readonly amongThree: boolean;
  readonly scope: number;
  readonly answer: string;
}

export function evaluate(
  classifier: TrainedClassifier,
  rows: readonly LabelledText[],
  measuring: Measuring,
): Evaluation {
  const times: number[] = [];
  const judged = rows.map(({ text, intent }): Judged => {
    const before = measuring.clockMs();
    const { ranked, scope, inScope } = classifier.classify(text);
    times.push(measuring.clockMs() - before);
    const best = ranked[0]?.intent ?? OUT_OF_SCOPE;
    return {
      intent,
      best,
      amongThree: ranked.slice(0, 3).some((guess) => guess.intent === intent),
      scope,
      answer: inScope ? best : OUT_OF_SCOPE,
    };
  });
  times.sort((a, b) => a - b);
  const inside = judged.filter(({ intent }) => intent !== OUT_OF_SCOPE);
  const outside = judged.filter(({ intent }) => intent === OUT_OF_SCOPE);
  const figures: Figures = {
    n_train: measuring.nTrain,
    n_test: rows.length,
    accuracy: share(inside, ({ best, intent }) => best === intent),
    top3: share(inside, ({ amongThree }) => amongThree),
    threshold: classifier.threshold,
    in_scope_at_threshold: share(inside, ({ answer, intent }) => answer === intent),
    oos_recall: share(outside, ({ answer }) => answer === OUT_OF_SCOPE),
    false_alarms: share(inside, ({ answer }) => answer === OUT_OF_SCOPE),
    oos_auroc: areaUnderRoc(
      inside.map(({ scope }) => scope),
      outside.map(({ scope }) => scope),
    ),
    train_s: measuring.trainS,
    median_ms: times[Math.floor(times.length / 2)] ?? 0,
    p99_ms: times[Math.floor(times.length * 0.99)] ?? 0,
    rss_mb: measuring.rssMb(),
  };
  return { figures, intents: perIntent(judged), confusions: confusions(judged) };
}

function share<T>(rows: readonly T[], holds: (row: T) => boolean): number | null {
  return rows.length === 0 ? null : rows.filter(holds).length / rows.length;
}

/** By ranks (Mann–Whitney); equal scores share their rank. */
export function areaUnderRoc(above: readonly number[], below: readonly number[]): number | null {
  if (above.length === 0 || below.length === 0) return null;
  const scored = [...above.map((score) => ({ score, up: 1 })), ...below.map((score) => ({ score, up: 0 }))];
  scored.sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let from = 0; from < scored.length; ) {
    let to = from;
    let ups = 0;
    while (to < scored.length && scored[to]?.score === scored[from]?.score) ups += scored[to++]?.up ?? 0;
    ranks += (ups * (from + 1 + to)) / 2;
    from = to;
  }
  return (ranks - (above.length * (above.length + 1)) / 2) / (above.length * below.length);
}

function perIntent(judged: readonly Judged[]): IntentFigures[] {
  const names = new Set(judged.flatMap(({ intent, answer }) => [intent, answer]));
  return [...names].sort().map((name) => {
    const meant = judged.filter(({ intent }) => intent === name);
    const answered = judged.filter(({ answer }) => answer === name);
    const recall = share(meant, ({ answer }) => answer === name);
    const precision = share(answered, ({ intent }) => intent === name);
    const both = (precision ?? 0) + (recall ?? 0);
    const f1 = meant.length === 0 ? null : both === 0 ? 0 : (2 * (precision ?? 0) * (recall ?? 0)) / both;
    return { intent: name, rows: meant.length, precision, recall, f1 };
  });
}

function confusions(judged: readonly Judged[]): Confusion[] {
  const counts = new Map<string, Confusion>();
  for (const { intent, answer } of judged) {
    if (intent === answer) continue;
    const key = `${intent}\n${answer}`;
    counts.set(key, { intent, takenFor: answer, rows: (counts.get(key)?.rows ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.rows - a.rows || (a.intent < b.intent ? -1 : 1));
}
