import { addRow, type ByteMatrix, quantise } from "./quantise.ts";
import { seeded, shuffle, shuffled } from "./random.ts";
import type { Entries } from "./rows.ts";
import type { SparseVector } from "./vocabulary.ts";

/** A network with one hidden layer. Each matrix has its biases as the last row. */
export interface Net {
  /** A row for each feature. */
  readonly hidden: ByteMatrix;
  /** A row for each hidden unit. */
  readonly output: ByteMatrix;
}

const WIDTH = 128;
const RATE = 0.05;
const INPUT_DROPPED = 0.2;
const HIDDEN_DROPPED = 0.5;
/** Share of each label's mass that is spread over all classes. */
const SMOOTHED = 0.05;
const FIRST_WEIGHTS = 0.05;
/** Gradients of classes below this aren't worth a step. */
const NEGLIGIBLE = 1e-3;

/**
 * Stochastic gradient descent with dropout and one AdaGrad rate a row. Where examples are few, some of these nets
 * together generalise better than any linear model; where they are many, they cost time and bring nothing.
 */
export function trainNet(
  rows: Entries,
  labels: ArrayLike<number>,
  classes: number,
  features: number,
  epochs: number,
  seed: number,
): Net {
  const { starts, ids, values } = rows;
  const random = seeded(seed);
  const spread = (size: number, deviation: number): Float32Array =>
    Float32Array.from({ length: size }, () => (random() + random() - 1) * Math.sqrt(6) * deviation);
  const first = spread((features + 1) * WIDTH, FIRST_WEIGHTS);
  first.fill(0, features * WIDTH);
  const second = spread(classes * WIDTH, Math.sqrt(2 / WIDTH));
  const secondBias = new Float32Array(classes);
  const firstSquares = new Float32Array(features + 1).fill(1e-3);
  const secondSquares = new Float32Array(classes).fill(1e-3);
  const sums = new Float64Array(WIDTH);
  const on = new Int32Array(WIDTH);
  const level = new Float64Array(WIDTH);
  const back = new Float64Array(WIDTH);
  const scores = new Float64Array(classes);
  const kept = new Int32Array(longestRow(starts) + 1);
  const order = shuffled(labels.length, random);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    const rate = RATE * (1 - (0.95 * epoch) / epochs);
    for (let z = 0; z < order.length; z++) {
      // As in the SVM, indices stay inside their arrays by construction.
      const i = order[z] as number;
      let inputs = 0;
      const inputScale = 1 / (1 - INPUT_DROPPED);
      sums.set(first.subarray(features * WIDTH));
      for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
        if (random() < INPUT_DROPPED) continue;
        kept[inputs++] = k;
        const at = (ids[k] as number) * WIDTH;
        const value = (values[k] as number) * inputScale;
        for (let j = 0; j < WIDTH; j++) sums[j] = (sums[j] as number) + (first[at + j] as number) * value;
      }
      let units = 0;
      let energy = 1;
      for (let j = 0; j < WIDTH; j++) {
        const sum = sums[j] as number;
        if (sum <= 0 || random() < HIDDEN_DROPPED) continue;
        const value = sum / (1 - HIDDEN_DROPPED);
        on[units] = j;
        level[units] = value;
        back[units++] = 0;
        energy += value * value;
      }
      let top = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < classes; c++) {
        let score = secondBias[c] as number;
        for (let a = 0; a < units; a++)
          score += (second[c * WIDTH + (on[a] as number)] as number) * (level[a] as number);
        scores[c] = score;
        if (score > top) top = score;
      }
      let total = 0;
      for (let c = 0; c < classes; c++) {
        const mass = Math.exp((scores[c] as number) - top);
        scores[c] = mass;
        total += mass;
      }
      for (let c = 0; c < classes; c++) {
        const wanted = SMOOTHED / classes + (c === labels[i] ? 1 - SMOOTHED : 0);
        const gradient = (scores[c] as number) / total - wanted;
        if (Math.abs(gradient) < NEGLIGIBLE) continue;
        const squares = (secondSquares[c] as number) + (gradient * gradient * energy) / WIDTH;
        secondSquares[c] = squares;
        const step = (rate * gradient) / Math.sqrt(squares);
        secondBias[c] = (secondBias[c] as number) - step;
        for (let a = 0; a < units; a++) {
          const w = c * WIDTH + (on[a] as number);
          back[a] = (back[a] as number) + gradient * (second[w] as number);
          second[w] = (second[w] as number) - step * (level[a] as number);
        }
      }
      let slope = 0;
      for (let a = 0; a < units; a++) {
        const own = (back[a] as number) / (1 - HIDDEN_DROPPED);
        back[a] = own;
        slope += (own * own) / WIDTH;
      }
      for (let q = 0; q <= inputs; q++) {
        const k = kept[q] as number;
        const id = q === inputs ? features : (ids[k] as number);
        const value = q === inputs ? 1 : (values[k] as number) * inputScale;
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
  return {
    hidden: quantise(first, WIDTH),
    output: quantise(transposed(second, secondBias, classes), classes),
  };
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
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > top) top = score;
  let total = 0;
  for (const score of scores) total += Math.exp(score - top);
  const norm = top + Math.log(total);
  return scores.map((score) => score - norm);
}

function longestRow(starts: Int32Array): number {
  let longest = 0;
  for (let i = 0; i + 1 < starts.length; i++)
    longest = Math.max(longest, (starts[i + 1] as number) - (starts[i] as number));
  return longest;
}

function transposed(weights: Float32Array, biases: Float32Array, classes: number): Float32Array {
  const out = new Float32Array((WIDTH + 1) * classes);
  for (let c = 0; c < classes; c++) {
    for (let j = 0; j < WIDTH; j++) out[j * classes + c] = weights[c * WIDTH + j] as number;
    out[WIDTH * classes + c] = biases[c] as number;
  }
  return out;
}
