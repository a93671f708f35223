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
  const grams = texts.map(bigramsOf);
  const postings = new Map<string, number[]>();
  for (const [index, own] of grams.entries()) {
    for (const gram of own) {
      const list = postings.get(gram);
      if (list === undefined) postings.set(gram, [index]);
      else list.push(index);
    }
  }
  const rarity = (gram: string) => postings.get(gram)?.length ?? 0;
  return {
    near(text, least) {
      const own = bigramsOf(text);
      // Sharing `least` of all grams means sharing at least one of any set this large: take the rarest
      // (the prefix filter of Chaudhuri, Ganti and Kaushik 2006).
      const telling = [...own]
        .toSorted((a, b) => rarity(a) - rarity(b))
        .slice(0, own.size - Math.ceil(least * own.size) + 1);
      const candidates = new Set(telling.flatMap((gram) => postings.get(gram) ?? []));
      return [...candidates]
        .map((index) => ({ index, similarity: jaccard(own, grams[index] ?? new Set(), least) }))
        .filter(({ similarity }) => similarity >= least)
        .toSorted((a, b) => b.similarity - a.similarity || a.index - b.index);
    },
  };
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>, least: number): number {
  // Sets of such different sizes can't be that similar.
  if (Math.min(a.size, b.size) < least * Math.max(a.size, b.size)) return 0;
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared++;
  return shared / (a.size + b.size - shared);
}

/** Without marks at the ends: a text of one character is its own only gram. */
function bigramsOf(text: string): ReadonlySet<string> {
  const characters = [...text];
  if (characters.length < 2) return new Set(characters);
  return new Set(characters.slice(1).map((c, i) => `${characters[i]}${c}`));
}
