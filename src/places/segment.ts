/** A stretch of text: from inclusive, to exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** log2 of how many words the frequencies were counted over: what a word's bits are taken from. */
const CORPUS_BITS = 26;

/** A word that may begin somewhere: where it ends and log2 of its frequency. */
export interface Word {
  readonly to: number;
  readonly bits: number;
}

/**
 * The likeliest way to cut a run of characters into words: least −log2 probability, as in a unigram model
 * (Viterbi). So 机会同意 is 机会·同意, not 会同 in the middle, and 长兴县 isn't 兴县.
 * @param wordsAt the words that begin at a place in the run
 */
export function segment(run: string, wordsAt: (from: number) => Iterable<Word>): Span[] {
  const cost = new Float64Array(run.length + 1).fill(Number.POSITIVE_INFINITY);
  const cutAt = new Int32Array(run.length + 1);
  cost[0] = 0;
  const offer = (from: number, to: number, bits: number) => {
    const total = (cost[from] ?? 0) + CORPUS_BITS - bits;
    if (total >= (cost[to] ?? 0)) return;
    cost[to] = total;
    cutAt[to] = from;
  };
  for (let from = 0; from < run.length; from++) {
    offer(from, from + 1, 0);
    for (const { to, bits } of wordsAt(from)) offer(from, to, bits);
  }
  const words: Span[] = [];
  for (let to = run.length; to > 0; ) {
    const from = cutAt[to] ?? 0;
    words.unshift({ from, to });
    to = from;
  }
  return words;
}
