import { addRow, type ByteMatrix, quantise } from "./quantise.ts";
import { drawn, redraw, seeded } from "./random.ts";
import type { Entries } from "./rows.ts";
import type { SparseVector } from "./vocabulary.ts";

/** A network with one hidden layer. Each matrix has its biases as the last row. */
export interface Net {
  /** A row for each feature. */
  readonly hidden: ByteMatrix;
  /** A row for each hidden unit. */
  readonly output: ByteMatrix;
}

const WIDTH = 64;
/** How often a net reads each example. */
export const EPOCHS = 5;
const RATE = 0.1;
/** At each reading half of a text's features are left out: none may be all that a net goes by. */
const DROPPED = 0.5;
/** Share of each label's mass that is spread over all classes. */
const SMOOTHED = 0.05;
/** Where the hidden units begin: just open, and blind to every feature until they're taught what it means. */
const FIRST_LEVEL = 0.1;
/** Where the sums of squared gradients begin. */
const FIRST_SQUARES = 1e-3;
/** Gradients of classes below this aren't worth a step. */
const NEGLIGIBLE = 1e-3;

/**
 * Stochastic gradient descent with dropout and one AdaGrad rate a row. A net is stopped while it's still unlike the
 * others: many nets half taught, together, generalise better than a few that are taught well.
 */
export function trainNet(
  rows: Entries,
  labels: ArrayLike<number>,
  classes: number,
  features: number,
  seed: number,
): Net {
  const { lots, starts, ids, values } = rows;
  const first = new Float32Array((features + 1) * WIDTH).fill(FIRST_LEVEL, features * WIDTH);
  const firstSquares = new Float32Array(features + 1).fill(FIRST_SQUARES);
  const second = new Float32Array((WIDTH + 1) * classes);
  const random = seeded(seed);
  for (let w = 0; w < WIDTH * classes; w++) second[w] = spread(random, Math.sqrt(2 / WIDTH));
  const secondSquares = new Float32Array(classes).fill(FIRST_SQUARES);
  const firstBias = features * WIDTH;
  const secondBias = WIDTH * classes;
  const sums = new Float64Array(WIDTH);
  const on = new Int32Array(WIDTH);
  const back = new Float64Array(WIDTH);
  const scores = new Float64Array(classes);
  const kept = new Int32Array(longestRow(starts) + 1);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const turn = seed * EPOCHS + epoch;
    const order = drawn(lots, turn);
    const rate = RATE * (1 - (0.95 * epoch) / EPOCHS);
    for (let z = 0; z < order.length; z++) {
      // As in the SVM, indices stay inside their arrays by construction.
      const i = order[z] as number;
      const chance = seeded(redraw(lots[i] as number, turn));
      let inputs = 0;
      for (let j = 0; j < WIDTH; j++) sums[j] = first[firstBias + j] as number;
      for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
        if (chance() < DROPPED) continue;
        kept[inputs++] = k;
        const at = (ids[k] as number) * WIDTH;
        const value = (values[k] as number) / (1 - DROPPED);
        for (let j = 0; j < WIDTH; j++) sums[j] = (sums[j] as number) + (first[at + j] as number) * value;
      }
      let units = 0;
      let energy = 1;
      for (let c = 0; c < classes; c++) scores[c] = second[secondBias + c] as number;
      for (let j = 0; j < WIDTH; j++) {
        const level = sums[j] as number;
        if (level <= 0) continue;
        on[units] = j;
        back[units++] = 0;
        energy += level * level;
        const at = j * classes;
        for (let c = 0; c < classes; c++)
          scores[c] = (scores[c] as number) + (second[at + c] as number) * level;
      }
      const total = toMasses(scores);
      for (let c = 0; c < classes; c++) {
        const wanted = SMOOTHED / classes + (c === labels[i] ? 1 - SMOOTHED : 0);
        const gradient = (scores[c] as number) / total - wanted;
        if (Math.abs(gradient) < NEGLIGIBLE) continue;
        const squares = (secondSquares[c] as number) + (gradient * gradient * energy) / WIDTH;
        secondSquares[c] = squares;
        const step = (rate * gradient) / Math.sqrt(squares);
        second[secondBias + c] = (second[secondBias + c] as number) - step;
        for (let a = 0; a < units; a++) {
          const j = on[a] as number;
          const w = j * classes + c;
          const weight = second[w] as number;
          back[a] = (back[a] as number) + gradient * weight;
          second[w] = weight - step * (sums[j] as number);
        }
      }
      let slope = 0;
      for (let a = 0; a < units; a++) slope += (back[a] as number) ** 2 / WIDTH;
      for (let q = 0; q <= inputs; q++) {
        const k = kept[q] as number;
        const id = q === inputs ? features : (ids[k] as number);
        const value = q === inputs ? 1 : (values[k] as number) / (1 - DROPPED);
        const squares = (firstSquares[id] as number) + slope * value * value;
        firstSquares[id] = squares;
        const step = (rate * value) / Math.sqrt(squares);
        for (let a = 0; a < units; a++) {
          const w = id * WIDTH + (on[a] as number);
          first[w] = (first[w] as number) - step * (back[a] as number);
        }
      }
    }
  }
  return { hidden: quantise(first, WIDTH), output: quantise(second, classes) };
}

/** Triangular around 0. */
function spread(random: () => number, deviation: number): number {
  return (random() + random() - 1) * Math.sqrt(6) * deviation;
}

/** Scores become e to their power, the largest 1; returns their sum. */
function toMasses(scores: Float64Array): number {
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > top) top = score;
  let total = 0;
  for (let c = 0; c < scores.length; c++) {
    const mass = Math.exp((scores[c] as number) - top);
    scores[c] = mass;
    total += mass;
  }
  return total;
}

/** ln P(class) as the net sees it. */
export function logChances({ hidden, output }: Net, { ids, values }: SparseVector): Float64Array {
  const sums = new Float64Array(hidden.columns);
  addRow(hidden, hidden.scales.length - 1, 1, sums);
  for (let k = 0; k < ids.length; k++) addRow(hidden, ids[k] as number, values[k] as number, sums);
  const scores = new Float64Array(output.columns);
  addRow(output, output.scales.length - 1, 1, scores);
  for (let j = 0; j < sums.length; j++)
    if ((sums[j] as number) > 0) addRow(output, j, sums[j] as number, scores);
  const norm = Math.max(...scores) + Math.log(toMasses(scores.slice()));
  return scores.map((score) => score - norm);
}

function longestRow(starts: Int32Array): number {
  let longest = 0;
  for (let i = 0; i + 1 < starts.length; i++)
    longest = Math.max(longest, (starts[i + 1] as number) - (starts[i] as number));
  return longest;
}
