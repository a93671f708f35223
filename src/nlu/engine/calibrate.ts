/** What the model sees in a text. */
export interface Evidence {
  /** Of each intent, by all judges. */
  readonly margins: Float64Array;
  /** The largest margin, with words and pairs counting less. */
  readonly best: number;
  /** Margin of the out-of-scope class; 0 where training had no such examples. */
  readonly outside: number;
  /** Cosine of the nearest example. */
  readonly nearest: number;
}

/** The evidence for a text that the model didn't train on. */
export interface Trial extends Evidence {
  /** Index of the right intent; -1 for out of scope. */
  readonly right: number;
  /** Out of scope only because its intent was held out, not because somebody said so. */
  readonly heldOut: boolean;
}

/** P(intent) = P(in scope) × P(intent | in scope), each by logistic regression. */
export interface Calibration {
  /** P(intent | in scope) is a softmax of the margins times this. */
  readonly slope: number;
  /** Weights of {@link scopeFeatures}. */
  readonly scope: readonly number[];
  /** A text is in scope if P(in scope) is at least this. */
  readonly threshold: number;
}

export interface Probabilities {
  /** Of each intent; they sum to `inScope`. */
  readonly intents: Float64Array;
  readonly inScope: number;
}

/**
 * What the nearest example's cosine counts beside the best margin. Fixed, not fitted: the intents held out in
 * cross-validation resemble the others more than real unknown texts do, and a fit to them misleads.
 */
const NEAREST_WEIGHT = 1;
/** Share of the trials' weight that out-of-scope ones get, however many they are. */
const OUTSIDE_PRIOR = 0.2;
/** Share of rightly classified in-scope trials that the threshold may refuse. */
const REFUSED = 0.015;
/** A cut with one trial more on the wrong side counts e to minus this as much. */
const MISTAKE = 0.3;
const NEWTON_STEPS = 25;
/** How hard the fit is drawn to {@link TYPICAL}: a handful of examples shouldn't invent certainty. */
const RIDGE = 1;
/** The weights of the scope features on the data sets of the bench, roughly. */
const TYPICAL: number[] = [-0.5, 2.5, -1.5];
const SLOPES = { first: 5, least: 0.5, most: 20, steps: 25 };
/** A step of Newton's method shorter than this is the last. */
const SETTLED = 1e-4;

const scopeFeatures = ({ best, nearest, outside }: Evidence): readonly number[] => [
  1,
  best + NEAREST_WEIGHT * nearest,
  outside,
];

const largest = (values: Float64Array): number => {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > most) most = value;
  return most;
};
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

export function probabilities(evidence: Evidence, { slope, scope }: Calibration): Probabilities {
  const inScope = logistic(dot(scope, scopeFeatures(evidence)));
  const best = largest(evidence.margins);
  const intents = evidence.margins.map((margin) => Math.exp(slope * (margin - best)));
  const total = intents.reduce((sum, mass) => sum + mass, 0);
  return { intents: intents.map((mass) => (mass / total) * inScope), inScope };
}

/** Fits on trials from cross-validation, then sets the threshold on the same. */
export function calibrate(trials: readonly Trial[]): Calibration {
  const inside = trials.filter(({ right }) => right >= 0);
  const slope = fitSlope(inside);
  const scope = fitScope(trials, inside.length);
  const scored = trials.map((trial) => ({ ...trial, score: logistic(dot(scope, scopeFeatures(trial))) }));
  const right = scored.filter(
    (trial) => trial.right >= 0 && trial.margins[trial.right] === largest(trial.margins),
  );
  const strange = scored.filter((trial) => trial.right < 0 && !trial.heldOut);
  const rightScores = right.map(({ score }) => score);
  const threshold =
    strange.length === 0
      ? quantile(rightScores, REFUSED)
      : bestCut(
          rightScores,
          strange.map(({ score }) => score),
        );
  return { slope, scope, threshold };
}

function quantile(values: readonly number[], at: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * at)] ?? 0;
}

/**
 * The score that parts the two best, fewest on the wrong side: the mean of all there are between 0 and 1, the better the
 * more. The best alone may lie far away once a single trial is another.
 */
function bestCut(upper: readonly number[], lower: readonly number[]): number {
  const scored = [
    ...upper.map((score) => ({ score, gain: -1 })),
    ...lower.map((score) => ({ score, gain: 1 })),
  ];
  scored.sort((a, b) => a.score - b.score);
  const cuts: { from: number; to: number; gain: number }[] = [];
  let gain = 0;
  let from = 0;
  for (const { score, gain: own } of [...scored, { score: 1, gain: 0 }]) {
    if (score > from) cuts.push({ from, to: score, gain });
    gain += own;
    from = score;
  }
  const best = cuts.reduce((most, cut) => Math.max(most, cut.gain), Number.NEGATIVE_INFINITY);
  let mass = 0;
  let sum = 0;
  for (const { from, to, gain } of cuts) {
    const share = (to - from) * Math.exp(MISTAKE * (gain - best));
    mass += share;
    sum += (share * (from + to)) / 2;
  }
  return sum / mass;
}

/** The most likely slope, by Newton's method between bounds: the loss is convex in it. */
function fitSlope(inside: readonly Trial[]): number {
  let { first: slope, least, most } = SLOPES;
  if (inside.length === 0) return slope;
  for (let step = 0; step < SLOPES.steps; step++) {
    let gradient = 0;
    let curvature = 0;
    for (const { margins, right } of inside) {
      const top = largest(margins);
      let total = 0;
      let sum = 0;
      let squares = 0;
      for (const margin of margins) {
        const mass = Math.exp(slope * (margin - top));
        total += mass;
        sum += mass * margin;
        squares += mass * margin * margin;
      }
      const mean = sum / total;
      gradient += mean - (margins[right] ?? 0);
      curvature += squares / total - mean * mean;
    }
    if (gradient > 0) most = slope;
    else least = slope;
    const wanted = slope - gradient / curvature;
    const next = wanted > least && wanted < most ? wanted : (least + most) / 2;
    const isSettled = Math.abs(next - slope) < SETTLED;
    slope = next;
    if (isSettled) break;
  }
  return slope;
}

/** Logistic regression by Newton's method, out-of-scope trials weighted to {@link OUTSIDE_PRIOR}. */
function fitScope(trials: readonly Trial[], inside: number): number[] {
  const outside = trials.length - inside;
  if (inside === 0 || outside === 0) return TYPICAL;
  const outsideWeight = (OUTSIDE_PRIOR / (1 - OUTSIDE_PRIOR)) * (inside / outside);
  const rows = trials.map((trial) => ({ x: scopeFeatures(trial), y: trial.right < 0 ? 0 : 1 }));
  let weights = TYPICAL;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const gradient = weights.map((weight, i) => RIDGE * (weight - (TYPICAL[i] ?? 0)));
    const hessian = weights.map((_, i): number[] => weights.map((__, j) => (i === j ? RIDGE : 0)));
    for (const { x, y } of rows) {
      const p = logistic(dot(weights, x));
      const rowWeight = y === 0 ? outsideWeight : 1;
      for (let i = 0; i < x.length; i++) {
        gradient[i] = (gradient[i] ?? 0) + rowWeight * (p - y) * (x[i] ?? 0);
        const line = hessian[i] ?? [];
        for (let j = 0; j < x.length; j++)
          line[j] = (line[j] ?? 0) + rowWeight * p * (1 - p) * (x[i] ?? 0) * (x[j] ?? 0);
      }
    }
    const change = solve(hessian, gradient);
    // A long step of Newton's method overshoots where the curve is flat: shorten it.
    const length = Math.hypot(...change);
    const scale = Math.min(1, 2 / length);
    weights = weights.map((weight, i) => weight - scale * (change[i] ?? 0));
    if (length < SETTLED) break;
  }
  return weights;
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
