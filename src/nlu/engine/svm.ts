import { drawn } from "./random.ts";
import type { Rows } from "./rows.ts";

/** One weight for every feature and class, `weights[feature * classes + class]`; the last feature is the bias. */
export type Weights = Float32Array;

/** Where one SVM after the other is worked out, over the same rows: the largest arrays of all, so they're made once. */
export interface SvmRoom {
  readonly weights: Weights;
  /** How hard each row pulls at each class, `duals[row * classes + class]`; 0 for a row not learnt from. */
  readonly duals: Float32Array;
  readonly classes: number;
}

export interface SvmOptions {
  /** Cost of a margin missed. */
  readonly cost: number;
  readonly epochs: number;
  /** `on`: from what the room holds, which was learnt from some of these rows and no others. */
  readonly begin: "anew" | "on";
}

/**
 * Where the biases begin. Almost every class is the wrong one for almost every example; starting at the margin
 * that is asked of a wrong class (-1) leaves those pairs nothing to do, and they drop out at once.
 */
const BIAS_START = -1;
/**
 * The pass in which every class of every example is looked at. Before it each example has taught its own class alone:
 * that costs next to nothing, and leaves few of the wrong classes near enough to stay.
 */
const FULL_EPOCH = 1;
/** A pair of example and class whose margin is better than asked by more than this drops out. */
const SLACK = 0.1;

export function svmRoom(rows: number, classes: number, features: number): SvmRoom {
  return {
    weights: new Float32Array((features + 1) * classes),
    duals: new Float32Array(rows * classes),
    classes,
  };
}

/**
 * One-vs-rest linear SVMs with squared hinge loss by dual coordinate descent (Hsieh et al. 2008), with harder
 * shrinking. All classes are trained in one pass over the rows, because then the weights of a feature lie
 * side by side: a row is read once for all the classes that still matter to it. The room holds the result.
 */
export function trainSvm(
  { weights, duals, classes }: SvmRoom,
  rows: Rows,
  labels: ArrayLike<number>,
  learning: ArrayLike<number>,
  { cost, epochs, begin }: SvmOptions,
): void {
  const { starts, ids, values } = rows;
  const lots = Uint32Array.from(learning, (i) => rows.lots[i] ?? 0);
  const examples = learning.length;
  const bias = weights.length - classes;
  const active = new Uint16Array(examples * classes);
  const activeCount = new Int32Array(examples);
  if (begin === "anew") {
    weights.fill(0).fill(BIAS_START, bias);
    duals.fill(0);
    for (let z = 0; z < examples; z++) active[z * classes] = labels[learning[z] as number] as number;
    activeCount.fill(1);
  } else {
    // A row learnt from goes on with the classes that it pulls at; a new one looks at all.
    for (let z = 0; z < examples; z++) {
      const own = z * classes;
      const pulls = (learning[z] as number) * classes;
      let count = 0;
      for (let c = 0; c < classes; c++) if (duals[pulls + c] !== 0) active[own + count++] = c;
      if (count === 0) while (count < classes) active[own + count] = count++;
      activeCount[z] = count;
    }
  }
  const softness = 1 / (2 * cost);
  const curvature = curvatures(rows, learning, softness);
  const margins = new Float64Array(classes + 3);
  const moved = new Int32Array(classes);
  const steps = new Float64Array(classes);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = drawn(lots, epoch);
    if (begin === "anew" && epoch === FULL_EPOCH) {
      for (let k = 0; k < active.length; k++) active[k] = k % classes;
      activeCount.fill(classes);
    }
    for (let z = 0; z < examples; z++) {
      // Indices below stay inside their arrays by construction: `as number` spares the hot loops a check.
      const place = order[z] as number;
      const count = activeCount[place] as number;
      if (count === 0) continue;
      const i = learning[place] as number;
      const own = place * classes;
      const pulls = i * classes;
      const from = starts[i] as number;
      const to = starts[i + 1] as number;
      for (let j = 0; j < count; j += 4) {
        // Four classes at a time, whose margins stay in registers; past the last, the last again.
        const a = active[own + j] as number;
        const b = active[own + Math.min(j + 1, count - 1)] as number;
        const c = active[own + Math.min(j + 2, count - 1)] as number;
        const d = active[own + Math.min(j + 3, count - 1)] as number;
        let marginA = weights[bias + a] as number;
        let marginB = weights[bias + b] as number;
        let marginC = weights[bias + c] as number;
        let marginD = weights[bias + d] as number;
        for (let k = from; k < to; k++) {
          const at = (ids[k] as number) * classes;
          const value = values[k] as number;
          marginA += (weights[at + a] as number) * value;
          marginB += (weights[at + b] as number) * value;
          marginC += (weights[at + c] as number) * value;
          marginD += (weights[at + d] as number) * value;
        }
        margins[j] = marginA;
        margins[j + 1] = marginB;
        margins[j + 2] = marginC;
        margins[j + 3] = marginD;
      }
      let kept = 0;
      let moves = 0;
      for (let j = 0; j < count; j++) {
        const c = active[own + j] as number;
        const sign = c === labels[i] ? 1 : -1;
        const dual = duals[pulls + c] as number;
        const gradient = sign * (margins[j] as number) - 1 + dual * softness;
        if (dual === 0 && gradient > SLACK) continue;
        active[own + kept++] = c;
        const next = Math.max(0, dual - gradient / (curvature[place] as number));
        if (next === dual) continue;
        duals[pulls + c] = next;
        moved[moves] = c;
        steps[moves++] = (next - dual) * sign;
      }
      activeCount[place] = kept;
      for (let u = 0; u < moves; u++) {
        const w = bias + (moved[u] as number);
        weights[w] = (weights[w] as number) + (steps[u] as number);
      }
      for (let k = from; k < to; k++) {
        const at = (ids[k] as number) * classes;
        const value = values[k] as number;
        for (let u = 0; u < moves; u++) {
          const w = at + (moved[u] as number);
          weights[w] = (weights[w] as number) + (steps[u] as number) * value;
        }
      }
    }
  }
}

/** The second derivative of the dual for each example: its squared length, the bias, and the loss's own share. */
function curvatures({ starts, values }: Rows, learning: ArrayLike<number>, softness: number): Float64Array {
  const out = new Float64Array(learning.length);
  for (let z = 0; z < learning.length; z++) {
    const i = learning[z] as number;
    let squares = 1;
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++)
      squares += (values[k] as number) ** 2;
    out[z] = squares + softness;
  }
  return out;
}
