import Fuse from "fuse.js";

/** A name and how many letters it is away. */
export interface Near {
  readonly name: string;
  readonly errors: number;
}

/** The nearest of many names to one that isn't among them: all that are equally near, or none. */
export type Nearest = (written: string, errorsAtMost: number, fits?: (name: string) => boolean) => Near[];

/** Ranked at most; only those that one or two errors can explain get so far, so that it's rarely ten. */
const CANDIDATES = 60;
/** To fuse.js two letters swapped are two errors. */
const SWAP = 2;
/** Two letters swapped break three pairs, any other error two. */
const PAIRS_AN_ERROR_BREAKS = 3;
/** fuse.js ranks patterns up to this length in one piece. */
const LONGEST = 32 - 2;

/** Candidates share pairs of letters with what was written; fuse.js (bitap) ranks them. */
export function createNearest(names: readonly string[]): Nearest {
  const byPair = new Map<string, number[]>();
  names.forEach((name, i) => {
    for (const pair of pairsOf(name)) {
      const having = byPair.get(pair);
      if (having === undefined) byPair.set(pair, [i]);
      else having.push(i);
    }
  });
  const shared = new Uint8Array(names.length);

  return (written, errorsAtMost, fits = () => true) => {
    if (written.length > LONGEST) return [];
    const marked = candidates(written, errorsAtMost).filter(fits).map(withEnds);
    if (marked.length === 0) return [];
    const fuse = new Fuse(marked, {
      includeScore: true,
      ignoreLocation: true,
      ignoreFieldNorm: true,
      threshold: (Math.max(SWAP, errorsAtMost) + 0.5) / withEnds(written).length,
    });
    const ranked = fuse
      .search(withEnds(written))
      .map(({ item, score = 1 }) => ranking(written, item.slice(1, -1), score));
    const least = Math.min(...ranked.map((r) => r.errors));
    return least > errorsAtMost ? [] : ranked.filter((r) => r.errors === least);
  };

  function candidates(written: string, errorsAtMost: number): string[] {
    const seen: number[] = [];
    for (const pair of pairsOf(written)) {
      for (const i of byPair.get(pair) ?? []) {
        if (shared[i] === 0) seen.push(i);
        shared[i] = (shared[i] ?? 0) + 1;
      }
    }
    const sharedAtLeast = pairsOf(written).size - PAIRS_AN_ERROR_BREAKS * errorsAtMost;
    const ranked = seen
      .filter((i) => (shared[i] ?? 0) >= sharedAtLeast)
      .map((i) => ({ name: names[i] ?? "", shared: shared[i] ?? 0 }))
      .filter(({ name }) => Math.abs(name.length - written.length) <= errorsAtMost)
      // Of a long name more pairs are shared by chance.
      .sort((a, b) => 2 * b.shared - b.name.length - (2 * a.shared - a.name.length));
    for (const i of seen) shared[i] = 0;
    return ranked.slice(0, CANDIDATES).map(({ name }) => name);
  }
}

/** fuse.js looks for a pattern inside a text: letters beyond it count too, and two swapped are one slip. */
function ranking(written: string, name: string, score: number): Near {
  if (isSwap(written, name)) return { name, errors: 1 };
  const edits = Math.round(score * withEnds(written).length);
  return { name, errors: Math.max(edits, Math.abs(written.length - name.length)) };
}

/** With its ends marked, hangpu isn't found in shangpur for nothing. */
function withEnds(name: string): string {
  return `^${name}$`;
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2) && i < a.length;
}

/** zha → ^z zh ha a$, each once. */
function pairsOf(name: string): Set<string> {
  const pairs = new Set<string>();
  const marked = withEnds(name);
  for (let i = 0; i + 1 < marked.length; i++) pairs.add(marked.slice(i, i + 2));
  return pairs;
}
