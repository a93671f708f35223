import { seeded, shuffle, shuffled } from "./random.ts";
import type { Rows } from "./vocabulary.ts";

/** One weight for every feature and class, `weights[feature * classes + class]`; the last feature is the bias. */
export type Weights = Float32Array;

export interface SvmOptions {
  /** Cost of a margin missed. */
  readonly cost: number;
  readonly epochs: number;
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

/**
 * One-vs-rest linear SVMs with squared hinge loss by dual coordinate descent (Hsieh et al. 2008), with harder
 * shrinking. All classes are trained in one pass over the examples, because then the weights of a feature lie
 * side by side: an example is read once for all the classes that still matter to it. `weights` is overwritten with the result.
 */
export function trainSvm(
  weights: Weights,
  rows: Rows,
  labels: ArrayLike<number>,
  classes: number,
  features: number,
  { cost, epochs }: SvmOptions,
): void {
  const { starts, ids, values } = rows;
  const examples = labels.length;
  const bias = features * classes;
  weights.fill(0).fill(BIAS_START, bias);
  const duals = new Float32Array(examples * classes);
  const active = new Uint16Array(examples * classes);
  for (let i = 0; i < examples; i++) active[i * classes] = labels[i] as number;
  const activeCount = new Int32Array(examples).fill(1);
  const softness = 1 / (2 * cost);
  const curvature = curvatures(rows, examples, softness);
  const random = seeded(1);
  const order = shuffled(examples, random);
  const margins = new Float64Array(classes);
  const moved = new Int32Array(classes);
  const steps = new Float64Array(classes);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    if (epoch === FULL_EPOCH) {
      for (let k = 0; k < active.length; k++) active[k] = k % classes;
      activeCount.fill(classes);
    }
    for (let z = 0; z < examples; z++) {
      // Indices below stay inside their arrays by construction: `as number` spares the hot loops a check.
      const i = order[z] as number;
      const count = activeCount[i] as number;
      if (count === 0) continue;
      const own = i * classes;
      const from = starts[i] as number;
      const to = starts[i + 1] as number;
      if (count === classes) {
        for (let c = 0; c < classes; c++) margins[c] = weights[bias + c] as number;
        for (let k = from; k < to; k++) {
          const at = (ids[k] as number) * classes;
          const value = values[k] as number;
          for (let c = 0; c < classes; c++)
            margins[c] = (margins[c] as number) + (weights[at + c] as number) * value;
        }
      } else {
        for (let j = 0; j < count; j++) margins[j] = weights[bias + (active[own + j] as number)] as number;
        for (let k = from; k < to; k++) {
          const at = (ids[k] as number) * classes;
          const value = values[k] as number;
          for (let j = 0; j < count; j++) {
            const weight = weights[at + (active[own + j] as number)] as number;
            margins[j] = (margins[j] as number) + weight * value;
          }
        }
      }
      let kept = 0;
      let moves = 0;
      for (let j = 0; j < count; j++) {
        const c = active[own + j] as number;
        const sign = c === labels[i] ? 1 : -1;
        const dual = duals[own + c] as number;
        const gradient = sign * (margins[j] as number) - 1 + dual * softness;
        if (dual === 0 && gradient > SLACK) continue;
        active[own + kept++] = c;
        const next = Math.max(0, dual - gradient / (curvature[i] as number));
        if (next === dual) continue;
        duals[own + c] = next;
        moved[moves] = c;
        steps[moves++] = (next - dual) * sign;
      }
      activeCount[i] = kept;
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
function curvatures({ starts, values }: Rows, examples: number, softness: number): Float64Array {
  const out = new Float64Array(examples);
  for (let i = 0; i < examples; i++) {
    let squares = 1;
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++)
      squares += (values[k] as number) ** 2;
    out[i] = squares + softness;
  }
  return out;
}
