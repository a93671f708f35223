import { bayesOf } from "./bayes.ts";
import { ALL } from "./features.ts";
import { addRow, type ByteMatrix, quantiseRows } from "./quantise.ts";
import { invert, type Rows } from "./rows.ts";
import { type SvmRoom, trainSvm } from "./svm.ts";
import type { SparseVector } from "./vocabulary.ts";

const COST = 1;
/** Where a model begins: `trial`, anew, to be tried and thrown away; `anew`; `on` from the last trial. */
export type Begin = "trial" | "anew" | "on";

/** The last passes over many classes bring three tenths of a point (CLINC150), which a trial needn't have. */
const EPOCHS: Readonly<Record<Begin, number>> = { trial: 5, anew: 7, on: 5 };
const BAYES_SHARE = 0.025;
/**
 * What ln(examples of a class) takes off its bias. A class with many examples isn't meant by as many customers, and the
 * few of a small one hold it low: measured in bench/results/nlu.md, where it costs nothing if they are.
 */
const SIZE_SHARE = 0.12;

export interface Course {
  readonly begin: Begin;
  /** The class of examples that belong to no intent; none of the classes where there are no such examples. */
  readonly strange: number;
}

/** A column for each class; a row for each feature, and the biases as the last. */
export type LinearModel = ByteMatrix;

/** Trains the SVM and adds naive Bayes. */
export function trainLinear(
  room: SvmRoom,
  rows: Rows,
  labels: ArrayLike<number>,
  learning: ArrayLike<number>,
  { begin, strange }: Course,
): LinearModel {
  const { weights, classes } = room;
  const features = weights.length / classes - 1;
  trainSvm(room, rows, labels, learning, {
    cost: COST,
    epochs: EPOCHS[begin],
    begin: begin === "on" ? "on" : "anew",
  });
  const own = Uint16Array.from(learning, (i) => labels[i] ?? 0);
  const handicaps = handicapsOf(own, classes, strange);
  const addBayes = bayesOf(invert(rows, learning, ALL, features), own, classes);
  return quantiseRows(features + 1, classes, (row, out) => {
    for (let c = 0; c < classes; c++) out[c] = weights[row * classes + c] as number;
    if (row < features) addBayes(out, row, BAYES_SHARE);
    else for (let c = 0; c < classes; c++) out[c] = (out[c] as number) - (handicaps[c] as number);
  });
}

/**
 * Of each class, by its size; 0 in the mean, so that the margins stay where the SVM means them to be, and of a class without
 * examples, as a trial holds it out: that one must not rise. Nor of the strangers: most of what is said is none of ours.
 */
function handicapsOf(labels: ArrayLike<number>, classes: number, strange: number): Float64Array {
  const sizes = new Float64Array(classes);
  for (let z = 0; z < labels.length; z++)
    sizes[labels[z] as number] = (sizes[labels[z] as number] as number) + 1;
  if (strange < classes) sizes[strange] = 0;
  const present = sizes.filter((size) => size > 0);
  const mean = present.reduce((sum, size) => sum + Math.log(size), 0) / present.length;
  return sizes.map((size) => (size === 0 ? 0 : SIZE_SHARE * (Math.log(size) - mean)));
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
