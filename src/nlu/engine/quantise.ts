/** A matrix at one byte a number: entry `[row][column]` is `bytes[row * columns + column] * scales[row]`. */
export interface ByteMatrix {
  readonly columns: number;
  readonly bytes: Int8Array;
  readonly scales: Float32Array;
}

const LEVELS = 127;

/** Rounds each row to its own scale. No accuracy is lost by it (bench/results/nlu.md), and three quarters of the memory won. */
export function quantise(matrix: Float32Array, columns: number): ByteMatrix {
  return quantiseRows(matrix.length / columns, columns, (row, out) => {
    for (let c = 0; c < columns; c++) out[c] = matrix[row * columns + c] as number;
  });
}

/** As {@link quantise}, of a matrix that is never there in whole: `read` overwrites `out` with a row. */
export function quantiseRows(
  rows: number,
  columns: number,
  read: (row: number, out: Float64Array) => void,
): ByteMatrix {
  const bytes = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  const values = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    read(row, values);
    let largest = 0;
    for (let c = 0; c < columns; c++) largest = Math.max(largest, Math.abs(values[c] as number));
    if (largest === 0) continue;
    scales[row] = largest / LEVELS;
    const from = row * columns;
    for (let c = 0; c < columns; c++)
      bytes[from + c] = Math.round(((values[c] as number) / largest) * LEVELS);
  }
  return { columns, bytes, scales };
}

/** Adds `factor` times a row to `out`. */
export function addRow(
  { columns, bytes, scales }: ByteMatrix,
  row: number,
  factor: number,
  out: Float64Array,
): void {
  const from = row * columns;
  const scaled = factor * (scales[row] as number);
  for (let c = 0; c < columns; c++) out[c] = (out[c] as number) + (bytes[from + c] as number) * scaled;
}
