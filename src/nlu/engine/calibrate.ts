/**
 * Turns scores into probabilities: a multinomial logistic model over the intents and "none of them".
 * An intent's logit is `slope` × its margin; none's is the sum of `none` × {@link noneFeatures}.
 */
export interface Calibration {
  readonly slope: number;
  readonly none: readonly number[];
  /** A text is in scope if its most probable intent is at least this probable. */
  readonly threshold: number;
}

/** What the model sees in a text. */
export interface Evidence {
  /** Of each intent. */
  readonly margins: Float64Array;
  /** Margin of the out-of-scope class; 0 where training had no such examples. */
  readonly outside: number;
  /** Cosine of the nearest example. */
  readonly nearest: number;
}

/** The evidence for a text that the model didn't train on. */
export interface Trial extends Evidence {
  /** Index of the right intent; -1 for out of scope. */
  readonly right: number;
}

export interface Probabilities {
  readonly intents: Float64Array;
  readonly none: number;
}

/** Share of the trials' weight that out-of-scope ones get, however many they are. */
const NONE_PRIOR = 0.2;
/** Share of rightly classified in-scope trials that the threshold may refuse. */
const REFUSED = 0.05;
const NEWTON_STEPS = 25;
/** Slope, then the weights of {@link noneFeatures}. */
const START: readonly number[] = [4, 1, -2, 0, 0];
const RIDGE: number = 1e-3;

/** What speaks for "none of them". */
const noneFeatures = ({ nearest, outside }: Evidence, best: number): number[] => [1, nearest, best, outside];

const largest = (values: Float64Array): number =>
  values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

export function probabilities(evidence: Evidence, { slope, none }: Calibration): Probabilities {
  const best = largest(evidence.margins);
  const noneLogit = dot(none, noneFeatures(evidence, best));
  const top = Math.max(noneLogit, slope * best);
  const intents = evidence.margins.map((margin) => Math.exp(slope * margin - top));
  const noneMass = Math.exp(noneLogit - top);
  const total = intents.reduce((sum, mass) => sum + mass, noneMass);
  return { intents: intents.map((mass) => mass / total), none: noneMass / total };
}

/** Fits by Newton's method on trials from cross-validation, then sets the threshold on the same. */
export function calibrate(trials: readonly Trial[]): Calibration {
  const outside = trials.filter((trial) => trial.right < 0).length;
  const inside = trials.length - outside;
  const outsideWeight = outside === 0 ? 0 : (NONE_PRIOR / (1 - NONE_PRIOR)) * (inside / outside);
  const lossAt = (theta: readonly number[]): Derivatives => derivatives(trials, theta, outsideWeight);
  let theta: readonly number[] = START;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const { loss, gradient, hessian } = lossAt(theta);
    const next = backtrack(theta, solve(hessian, gradient), (tried) => lossAt(tried).loss, loss);
    if (next === theta) break;
    theta = next;
  }
  const [slope = 1, ...none] = theta;
  return { slope, none, threshold: thresholdFor(trials, { slope, none, threshold: 0 }) };
}

function thresholdFor(trials: readonly Trial[], calibration: Calibration): number {
  const scores: number[] = [];
  for (const trial of trials) {
    if (trial.right < 0) continue;
    const { intents } = probabilities(trial, calibration);
    const best = largest(intents);
    if (intents[trial.right] === best) scores.push(best);
  }
  scores.sort((a, b) => a - b);
  return scores[Math.floor(scores.length * REFUSED)] ?? 0;
}

interface Derivatives {
  readonly loss: number;
  readonly gradient: number[];
  readonly hessian: number[][];
}

/** Of the weighted negative log-likelihood, with a ridge that keeps a small or separable set finite. */
function derivatives(trials: readonly Trial[], theta: readonly number[], outsideWeight: number): Derivatives {
  const [slope = 0, ...none] = theta;
  const gradient = theta.map((value) => RIDGE * value);
  const hessian = theta.map((_, i) => theta.map((__, j) => (i === j ? RIDGE : 0)));
  let loss = theta.reduce((sum, value) => sum + (RIDGE * value * value) / 2, 0);
  for (const trial of trials) {
    const { margins, right } = trial;
    const weight = right < 0 ? outsideWeight : 1;
    const best = largest(margins);
    const speaking = [0, ...noneFeatures(trial, best)];
    const noneLogit = dot(theta, speaking);
    const top = Math.max(noneLogit, slope * best);
    const noneMass = Math.exp(noneLogit - top);
    let total = noneMass;
    let first = 0;
    let second = 0;
    for (const margin of margins) {
      const mass = Math.exp(slope * margin - top);
      total += mass;
      first += mass * margin;
      second += mass * margin * margin;
    }
    const p = noneMass / total;
    const mean = speaking.map((value) => p * value);
    mean[0] = first / total;
    const target = right < 0 ? speaking : [margins[right] ?? 0, ...none.map(() => 0)];
    loss -= weight * (dot(theta, target) - top - Math.log(total));
    for (let i = 0; i < theta.length; i++) {
      gradient[i] = (gradient[i] ?? 0) + weight * ((mean[i] ?? 0) - (target[i] ?? 0));
      const row = hessian[i] ?? [];
      for (let j = 0; j < theta.length; j++) {
        const square = i === 0 && j === 0 ? second / total : p * (speaking[i] ?? 0) * (speaking[j] ?? 0);
        row[j] = (row[j] ?? 0) + weight * (square - (mean[i] ?? 0) * (mean[j] ?? 0));
      }
    }
  }
  return { loss, gradient, hessian };
}

/** The first of ever shorter steps that lessens the loss; `theta` itself when none does. */
function backtrack(
  theta: readonly number[],
  step: readonly number[],
  lossAt: (theta: readonly number[]) => number,
  loss: number,
): readonly number[] {
  for (let scale = 1; scale > 1e-3; scale /= 2) {
    const next = theta.map((value, i) => value - scale * (step[i] ?? 0));
    if (lossAt(next) < loss * (1 - 1e-9)) return next;
  }
  return theta;
}

/** Gauss–Jordan elimination. Positive definite thanks to the ridge, so no pivoting is needed. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (const [c, pivot] of rows.entries()) {
    for (const [i, row] of rows.entries()) {
      const factor = i === c ? 0 : (row[c] ?? 0) / (pivot[c] ?? 1);
      for (let j = c; j < row.length; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return rows.map((row, i) => (row[rows.length] ?? 0) / (row[i] ?? 1));
}
