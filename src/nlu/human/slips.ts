/** Words that a slip of the finger turns into one of a few known words: "humna", "represenative". */
export interface Slips {
  /** The word meant, or undefined. `word` is in lower case. */
  meant(word: string): string | undefined;
}

const SHORTEST = 5;
/** From this length two slips still can't be another word. */
const TWO_SLIPS = 8;

/**
 * Finds single insertions, deletions, substitutions and neighbour swaps through shared deletions
 * (the symmetric-delete method: Garbe 2012), so a look-up costs as many map reads as the word has letters;
 * two of them only in long words with the same first letter.
 */
export function createSlips(known: readonly string[], never: readonly string[]): Slips {
  const words = known.filter((word) => word.length >= SHORTEST);
  const spelt = new Set([...known, ...never]);
  const byDeletion = new Map<string, string[]>();
  for (const word of words) {
    for (const key of [word, ...deletions(word)]) byDeletion.set(key, [...(byDeletion.get(key) ?? []), word]);
  }
  return {
    meant(word) {
      if (word.length < SHORTEST - 1 || spelt.has(word)) return undefined;
      for (const key of [word, ...deletions(word)]) {
        const hit = byDeletion.get(key)?.find((candidate) => distance(word, candidate) === 1);
        if (hit) return hit;
      }
      if (word.length < TWO_SLIPS) return undefined;
      return words.find(
        (candidate) =>
          candidate.length >= TWO_SLIPS && candidate[0] === word[0] && distance(word, candidate) <= 2,
      );
    },
  };
}

function deletions(word: string): string[] {
  return Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1));
}

/** Optimal string alignment: edits with swaps of neighbours, none edited twice. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
