/**
 * An utterance with everything removed that doesn't change what is asked: case, width, punctuation and
 * spaces between Chinese characters. Emoji and currency signs stay: they can be all that is said.
 */
export function canonical(text: string): string {
  const folded = text.normalize("NFKC").toLowerCase();
  const bare = folded
    .replaceAll(/[^\p{L}\p{N}\p{So}\p{Sc}]+/gu, " ")
    .replaceAll(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, "")
    .trim();
  return bare === "" ? folded.trim() : bare;
}

/** An index of texts that finds the nearly equal ones without comparing every pair. */
export interface NearIndex {
  /** Positions of texts whose character-bigram Jaccard similarity is at least `least`, with it, best first. */
  near(text: string, least: number): readonly { readonly index: number; readonly similarity: number }[];
}

/** Indexes canonical texts by their character bigrams. */
export function indexBigrams(texts: readonly string[]): NearIndex {
  const postings = new Map<string, number[]>();
  const sizes = texts.map((text, index) => {
    const grams = bigramsOf(text);
    for (const gram of grams) {
      const list = postings.get(gram);
      if (list === undefined) postings.set(gram, [index]);
      else list.push(index);
    }
    return grams.size;
  });
  return {
    near(text, least) {
      const grams = bigramsOf(text);
      const shared = new Map<number, number>();
      for (const gram of grams)
        for (const index of postings.get(gram) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
      return [...shared]
        .map(([index, count]) => ({ index, similarity: count / (grams.size + (sizes[index] ?? 0) - count) }))
        .filter(({ similarity }) => similarity >= least)
        .toSorted((a, b) => b.similarity - a.similarity || a.index - b.index);
    },
  };
}

/** Without marks at the ends: a text of one character is its own only gram. */
function bigramsOf(text: string): ReadonlySet<string> {
  const characters = [...text];
  if (characters.length < 2) return new Set(characters);
  return new Set(characters.slice(1).map((c, i) => `${characters[i]}${c}`));
}
