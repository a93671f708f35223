import type { Weights } from "./svm.ts";
import type { Rows } from "./vocabulary.ts";

/** Pseudo-count of every feature in every class. */
const SMOOTHING = 0.005;

/**
 * Adds naive Bayes to a linear model in place: `share` × ln P(feature | class), less its mean over the classes.
 * It errs elsewhere than the SVM does, most where a class has few examples, and costs nothing to apply.
 */
export function addBayes(
  weights: Weights,
  { starts, ids, values }: Rows,
  labels: ArrayLike<number>,
  classes: number,
  share: number,
): void {
  const features = weights.length / classes - 1;
  const counts = new Float32Array(features * classes);
  const totals = new Float64Array(classes).fill(SMOOTHING * features);
  for (let i = 0; i < labels.length; i++) {
    const c = labels[i] ?? 0;
    for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k++) {
      const at = (ids[k] ?? 0) * classes + c;
      counts[at] = (counts[at] ?? 0) + (values[k] ?? 0);
      totals[c] = (totals[c] ?? 0) + (values[k] ?? 0);
    }
  }
  const logTotals = totals.map(Math.log);
  const meanLogTotal = logTotals.reduce((sum, value) => sum + value, 0) / classes;
  const logFloor = Math.log(SMOOTHING);
  const logs = new Float64Array(classes);
  for (let f = 0; f < features; f++) {
    const at = f * classes;
    let mean = -meanLogTotal;
    for (let c = 0; c < classes; c++) {
      const count = counts[at + c] as number;
      const log = count === 0 ? logFloor : Math.log(count + SMOOTHING);
      logs[c] = log - (logTotals[c] as number);
      mean += log / classes;
    }
    for (let c = 0; c < classes; c++)
      weights[at + c] = (weights[at + c] as number) + share * ((logs[c] as number) - mean);
  }
}
