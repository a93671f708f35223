/** Seeded uniform numbers in [0, 1) (mulberry32): training comes out the same on every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A text's lot (FNV-1a): what chance does with an example hangs on what it says, not on what stands before it. So one
 * example more or less leaves the others' luck alone, and with it the confidence of what has nothing to do with it.
 */
export function lotOf(text: string): number {
  let h = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193);
  return h >>> 0;
}

/** Another lot for each turn, unlike the one before (the end of MurmurHash3). */
export function redraw(lot: number, turn: number): number {
  let h = lot + Math.imul(turn, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Places of the lots, in an order that is another each turn. Two that are alike keep theirs. */
export function drawn(lots: ArrayLike<number>, turn: number): Int32Array {
  const count = lots.length;
  // A lot and its place in one number, exact below 2^53: sorting plain numbers is many times faster than by comparing.
  const sorted = new Float64Array(count);
  for (let i = 0; i < count; i++) sorted[i] = redraw(lots[i] as number, turn) * count + i;
  sorted.sort();
  const places = new Int32Array(count);
  for (let i = 0; i < count; i++) places[i] = (sorted[i] as number) % count;
  return places;
}
