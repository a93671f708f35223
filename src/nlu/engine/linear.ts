import { addBayes } from "./bayes.ts";
import { addRow, type ByteMatrix, quantise } from "./quantise.ts";
import { trainSvm, type Weights } from "./svm.ts";
import type { Rows, SparseVector } from "./vocabulary.ts";

const COST = 1;
const EPOCHS = 7;
const BAYES_SHARE = 0.025;

/** A column for each class; a row for each feature, and the biases as the last. */
export type LinearModel = ByteMatrix;

/** Trains the SVM and adds naive Bayes. `weights` is room to work in, of (features + 1) × classes numbers. */
export function trainLinear(
  weights: Weights,
  rows: Rows,
  labels: ArrayLike<number>,
  classes: number,
  features: number,
): LinearModel {
  trainSvm(weights, rows, labels, classes, features, { cost: COST, epochs: EPOCHS });
  addBayes(weights, rows, labels, classes, BAYES_SHARE);
  return quantise(weights, classes);
}

/** What the entries from `from` to `to` bring to the margin of one class. */
export function shareOf(
  { columns, bytes, scales }: LinearModel,
  { ids, values }: SparseVector,
  { from, to, of }: { readonly from: number; readonly to: number; readonly of: number },
): number {
  let sum = 0;
  for (let k = from; k < to; k++) {
    const row = ids[k] as number;
    sum += (values[k] as number) * (bytes[row * columns + of] as number) * (scales[row] as number);
  }
  return sum;
}

/** The margin of each class. */
export function margins(model: LinearModel, { ids, values }: SparseVector): Float64Array {
  const out = new Float64Array(model.columns);
  addRow(model, model.scales.length - 1, 1, out);
  for (let k = 0; k < ids.length; k++) addRow(model, ids[k] as number, values[k] as number, out);
  return out;
}
