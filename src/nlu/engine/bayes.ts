import type { Weights } from "./svm.ts";
import type { Rows } from "./vocabulary.ts";

/** Pseudo-count of every feature in every class. */
const SMOOTHING = 0.005;
/** Features counted at a time: the counts of all, for every class, would be as large as the model. */
const BLOCK = 4_096;

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
  const { starts, ids, values } = rows;
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
  const block = new Float64Array(Math.min(features, BLOCK) * classes);
  const logFloor = Math.log(SMOOTHING);
  for (let first = 0; first < features; first += BLOCK) {
    const end = Math.min(features, first + BLOCK);
    block.fill(0);
    for (let i = 0; i < labels.length; i++) {
      const c = labels[i] as number;
      for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
        const id = ids[k] as number;
        if (id < first || id >= end) continue;
        const at = (id - first) * classes + c;
        block[at] = (block[at] as number) + (values[k] as number);
      }
    }
    for (let f = first; f < end; f++) {
      const logs = block.subarray((f - first) * classes, (f - first + 1) * classes);
      let mean = -meanLogTotal;
      for (let c = 0; c < classes; c++) {
        const count = logs[c] as number;
        const log = count === 0 ? logFloor : Math.log(count + SMOOTHING);
        mean += log / classes;
        logs[c] = log - (logTotals[c] as number);
      }
      const at = f * classes;
      for (let c = 0; c < classes; c++)
        weights[at + c] = (weights[at + c] as number) + share * ((logs[c] as number) - mean);
    }
  }
}
