import { addBayes } from "./bayes.ts";
import { trainSvm } from "./svm.ts";
import type { Rows, SparseVector } from "./vocabulary.ts";

const COST = 1;
const EPOCHS = 8;
const BAYES_SHARE = 0.02;
const LEVELS = 127;

/** A linear model at one byte a weight: `quantised[feature * classes + class] * scales[feature]`; the last feature is the bias. */
export interface LinearModel {
  readonly classes: number;
  readonly quantised: Int8Array;
  readonly scales: Float32Array;
}

/** Trains the SVM, adds naive Bayes, and rounds to a byte a weight (no accuracy is lost by it: bench/results/nlu.md). */
export function trainLinear(
  rows: Rows,
  labels: ArrayLike<number>,
  classes: number,
  features: number,
): LinearModel {
  const weights = trainSvm(rows, labels, classes, features, {
    cost: COST,
    epochs: EPOCHS,
  });
  addBayes(weights, rows, labels, classes, BAYES_SHARE);
  const quantised = new Int8Array(weights.length);
  const scales = new Float32Array(features + 1);
  for (let f = 0; f <= features; f++) {
    let largest = 0;
    for (let k = f * classes; k < (f + 1) * classes; k++)
      largest = Math.max(largest, Math.abs(weights[k] as number));
    if (largest === 0) continue;
    scales[f] = largest / LEVELS;
    for (let k = f * classes; k < (f + 1) * classes; k++)
      quantised[k] = Math.round(((weights[k] as number) / largest) * LEVELS);
  }
  return { classes, quantised, scales };
}

/** The margin of each class. */
export function margins(
  { classes, quantised, scales }: LinearModel,
  { ids, values }: SparseVector,
): Float64Array {
  const out = new Float64Array(classes);
  const bias = quantised.length - classes;
  const biasScale = scales[scales.length - 1] as number;
  for (let c = 0; c < classes; c++) out[c] = (quantised[bias + c] as number) * biasScale;
  for (let k = 0; k < ids.length; k++) {
    const id = ids[k] as number;
    const at = id * classes;
    const value = (values[k] as number) * (scales[id] as number);
    for (let c = 0; c < classes; c++) out[c] = (out[c] as number) + (quantised[at + c] as number) * value;
  }
  return out;
}

export function bestClass(model: LinearModel, vector: SparseVector): number {
  const scores = margins(model, vector);
  return scores.indexOf(Math.max(...scores));
}
