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
  /** Positions of the texts that are near, with their similarity, best first. */
  near(text: string): readonly { readonly index: number; readonly similarity: number }[];
}

/**
 * Indexes canonical texts by their character bigrams.
 * @param least Jaccard similarity from which on two texts are near, over 0 and up to 1
 */
export function indexBigrams(texts: readonly string[], least: number): NearIndex {
  const rankOf = rankByRarity(texts);
  // Two near sets share a gram among the few rarest of each, all sets being put in one order: only those are
  // looked at (the prefix filter of Chaudhuri, Ganti and Kaushik 2006).
  const telling = ({ ranks, size }: Grams): Uint32Array => {
    const unknown = size - ranks.length;
    return ranks.subarray(0, Math.max(0, size - Math.ceil(least * size) + 1 - unknown));
  };
  const gramsOf = (text: string): Grams => {
    const bigrams = bigramsOf(text);
    const known = [...bigrams].flatMap((gram) => rankOf.get(gram) ?? []);
    return { ranks: Uint32Array.from(known).sort(), size: bigrams.size };
  };

  const grams = texts.map(gramsOf);
  const postings = new Map<number, number[]>();
  for (const [index, own] of grams.entries())
    for (const rank of telling(own)) {
      const list = postings.get(rank);
      if (list === undefined) postings.set(rank, [index]);
      else list.push(index);
    }
  return {
    near(text) {
      const own = gramsOf(text);
      const candidates = new Set<number>();
      for (const rank of telling(own)) for (const index of postings.get(rank) ?? []) candidates.add(index);
      return [...candidates]
        .map((index) => ({ index, similarity: jaccard(own, grams[index] ?? EMPTY, least) }))
        .filter(({ similarity }) => similarity >= least)
        .toSorted((a, b) => b.similarity - a.similarity || a.index - b.index);
    },
  };
}

/** A text's bigrams: those of the index by rank, ascending, and how many there are with the others. */
interface Grams {
  readonly ranks: Uint32Array;
  readonly size: number;
}

const EMPTY: Grams = { ranks: new Uint32Array(), size: 0 };

/** Every bigram's place when they are ordered from the rarest to the commonest. */
function rankByRarity(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const gram of bigramsOf(text)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const ordered = [...counts].toSorted(([, a], [, b]) => a - b);
  return new Map(ordered.map(([gram], rank) => [gram, rank]));
}

function jaccard(a: Grams, b: Grams, least: number): number {
  // Sets of such different sizes can't be that similar.
  if (Math.min(a.size, b.size) < least * Math.max(a.size, b.size)) return 0;
  let shared = 0;
  for (let i = 0, j = 0; i < a.ranks.length && j < b.ranks.length; ) {
    const left = a.ranks[i] ?? 0;
    const right = b.ranks[j] ?? 0;
    if (left === right) shared++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return shared / (a.size + b.size - shared);
}

/** Without marks at the ends: a text of one character is its own only gram. */
function bigramsOf(text: string): ReadonlySet<string> {
  const characters = [...text];
  if (characters.length < 2) return new Set(characters);
  return new Set(characters.slice(1).map((c, i) => `${characters[i]}${c}`));
}
