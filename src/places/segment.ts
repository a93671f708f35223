/** A stretch of text: from inclusive, to exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** log2 of how many words the frequencies were counted over: what a word's bits are taken from. */
const CORPUS_BITS = 26;
const LONGEST_WORD = 4;

/**
 * The likeliest way to cut a run of characters into words: least −log2 probability, as in a unigram model
 * (Viterbi). So 机会同意 is 机会·同意, not 会同 in the middle, and 长兴县 isn't 兴县.
 * @param bitsOf log2 of a word's frequency; undefined where it's none
 * @param longest characters of the longest word
 */
export function segment(run: string, bitsOf: (word: string) => number | undefined, longest: number): Span[] {
  const cost = new Float64Array(run.length + 1).fill(Number.POSITIVE_INFINITY);
  const cutAt = new Int32Array(run.length + 1);
  cost[0] = 0;
  for (let from = 0; from < run.length; from++) {
    const before = cost[from] ?? Number.POSITIVE_INFINITY;
    for (let length = 1; length <= Math.max(longest, LONGEST_WORD) && from + length <= run.length; length++) {
      const bits = bitsOf(run.slice(from, from + length)) ?? (length === 1 ? 0 : undefined);
      if (bits === undefined) continue;
      const total = before + CORPUS_BITS - bits;
      if (total < (cost[from + length] ?? 0)) {
        cost[from + length] = total;
        cutAt[from + length] = from;
      }
    }
  }
  const words: Span[] = [];
  for (let to = run.length; to > 0; ) {
    const from = cutAt[to] ?? 0;
    words.unshift({ from, to });
    to = from;
  }
  return words;
}
