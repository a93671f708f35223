import { seeded, shuffle, shuffled } from "./random.ts";
import type { Rows } from "./vocabulary.ts";

/** One weight for every feature and class, `weights[feature * classes + class]`; the last feature is the bias. */
export type Weights = Float32Array;

export interface SvmOptions {
  /** Cost of a margin missed. */
  readonly cost: number;
  readonly epochs: number;
  /** Training ends once no example is further than this from its optimum. */
  readonly tolerance: number;
}

/**
 * One-vs-rest linear SVMs with squared hinge loss by dual coordinate descent with shrinking (Hsieh et al. 2008).
 * All classes are trained in one pass over the examples, because then the weights of a feature lie side by side:
 * an example is read once for all classes, and drops the classes it has stopped mattering to.
 */
export function trainSvm(
  rows: Rows,
  labels: ArrayLike<number>,
  classes: number,
  features: number,
  { cost, epochs, tolerance }: SvmOptions,
): Weights {
  const { starts, ids, values } = rows;
  const examples = labels.length;
  const weights = new Float32Array((features + 1) * classes);
  const bias = features * classes;
  const duals = new Float32Array(examples * classes);
  const active = new Uint16Array(examples * classes);
  const activeCount = new Int32Array(examples).fill(classes);
  for (let k = 0; k < active.length; k++) active[k] = k % classes;
  const softness = 1 / (2 * cost);
  const curvature = curvatures(rows, examples, softness);
  const random = seeded(1);
  const order = shuffled(examples, random);
  const margins = new Float64Array(classes);
  const moved = new Int32Array(classes);
  const steps = new Float64Array(classes);
  let worstBefore = Number.POSITIVE_INFINITY;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    let worst = 0;
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
            margins[j] =
              (margins[j] as number) + (weights[at + (active[own + j] as number)] as number) * value;
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
        if (dual === 0 && gradient >= 0) {
          if (gradient <= worstBefore) active[own + kept++] = c;
          continue;
        }
        active[own + kept++] = c;
        worst = Math.max(worst, Math.abs(gradient));
        const next = Math.max(0, dual - gradient / (curvature[i] as number));
        if (next === dual) continue;
        duals[own + c] = next;
        moved[moves] = c;
        steps[moves++] = (next - dual) * sign;
      }
      activeCount[i] = kept;
      for (let u = 0; u < moves; u++)
        weights[bias + (moved[u] as number)] =
          (weights[bias + (moved[u] as number)] as number) + (steps[u] as number);
      for (let k = from; k < to; k++) {
        const at = (ids[k] as number) * classes;
        const value = values[k] as number;
        for (let u = 0; u < moves; u++) {
          const w = at + (moved[u] as number);
          weights[w] = (weights[w] as number) + (steps[u] as number) * value;
        }
      }
    }
    if (worst <= tolerance) break;
    worstBefore = worst;
  }
  return weights;
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
