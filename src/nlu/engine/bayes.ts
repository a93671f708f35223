import type { Weights } from "./svm.ts";
import { invert, type Rows } from "./vocabulary.ts";

/** Pseudo-count of every feature in every class. */
const SMOOTHING = 0.005;

/**
 * Adds naive Bayes to a linear model in place: `share` × ln P(feature | class), less its mean over the classes.
 * It errs elsewhere than the SVM does, most where a class has few examples, and costs nothing to apply.
 */
export function addBayes(
  weights: Weights,
  rows: Rows,
  labels: ArrayLike<number>,
  classes: number,
  share: number,
): void {
  const { starts, values } = rows;
  const features = weights.length / classes - 1;
  const totals = new Float64Array(classes).fill(SMOOTHING * features);
  for (let i = 0; i < labels.length; i++) {
    const c = labels[i] as number;
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
      totals[c] = (totals[c] as number) + (values[k] as number);
    }
  }
  const logTotals = totals.map(Math.log);
  const meanLogTotal = logTotals.reduce((sum, value) => sum + value, 0) / classes;
  const byFeature = invert(rows, features);
  const counts = new Float64Array(classes);
  const logFloor = Math.log(SMOOTHING);
  for (let f = 0; f < features; f++) {
    counts.fill(0);
    for (let e = byFeature.starts[f] as number; e < (byFeature.starts[f + 1] as number); e++) {
      const c = labels[byFeature.entries[e] as number] as number;
      counts[c] = (counts[c] as number) + (byFeature.values[e] as number);
    }
    const at = f * classes;
    let mean = -meanLogTotal;
    for (let c = 0; c < classes; c++) {
      const count = counts[c] as number;
      const log = count === 0 ? logFloor : Math.log(count + SMOOTHING);
      mean += log / classes;
      counts[c] = log - (logTotals[c] as number);
    }
    for (let c = 0; c < classes; c++) {
      weights[at + c] = (weights[at + c] as number) + share * ((counts[c] as number) - mean);
    }
  }
}
