import type { Columns } from "./rows.ts";

/** Pseudo-count of every feature in every class. */
const SMOOTHING = 0.005;

/** Adds `share` × ln P(feature | class), less its mean over the classes, to a row of weights. */
export type AddBayes = (row: Float64Array, feature: number, share: number) => void;

/**
 * Naive Bayes, to be added to a linear model. It errs elsewhere than the SVM does, most where a class has few
 * examples, and costs nothing to apply. `labels` are those of the columns' entries.
 */
export function bayesOf(
  { starts, entries, values }: Columns,
  labels: ArrayLike<number>,
  classes: number,
): AddBayes {
  const totals = new Float64Array(classes).fill(SMOOTHING * (starts.length - 1));
  for (let k = 0; k < entries.length; k++) {
    const c = labels[entries[k] as number] as number;
    totals[c] = (totals[c] as number) + (values[k] as number);
  }
  const logTotals = totals.map(Math.log);
  const meanLogTotal = logTotals.reduce((sum, value) => sum + value, 0) / classes;
  const counts = new Float64Array(classes);
  return (row, feature, share) => {
    counts.fill(0);
    for (let k = starts[feature] as number; k < (starts[feature + 1] as number); k++) {
      const c = labels[entries[k] as number] as number;
      counts[c] = (counts[c] as number) + (values[k] as number);
    }
    let mean = -meanLogTotal;
    for (let c = 0; c < classes; c++) {
      const log = counts[c] === 0 ? LOG_FLOOR : Math.log((counts[c] as number) + SMOOTHING);
      mean += log / classes;
      counts[c] = log - (logTotals[c] as number);
    }
    for (let c = 0; c < classes; c++) row[c] = (row[c] as number) + share * ((counts[c] as number) - mean);
  };
}

const LOG_FLOOR = Math.log(SMOOTHING);
