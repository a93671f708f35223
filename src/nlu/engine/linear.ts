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

/** The margin of each class. */
export function margins(model: LinearModel, { ids, values }: SparseVector): Float64Array {
  const out = new Float64Array(model.columns);
  addRow(model, model.scales.length - 1, 1, out);
  for (let k = 0; k < ids.length; k++) addRow(model, ids[k] as number, values[k] as number, out);
  return out;
}
