import type { Alternatives } from "./pattern.ts";

/** Whether one of the words of an alternation stands somewhere in a text. */
export interface Presence {
  /** Makes an alternation known; the number stands for it. */
  add(alternatives: Alternatives): number;
  /** A look-up for one text: each expression is tried at most once, and only where a word of it may begin. */
  within(text: string): (id: number) => boolean;
}

const LATIN = /[a-z0-9]/;
/** Letters of a Latin word that are looked at before the whole expression is tried. */
const LETTERS = 3;

/**
 * Hundreds of alternations share few beginnings: the first two characters of a Chinese word, the first letters of a
 * Latin one. Those of the text tell which alternations are worth trying at all.
 */
export function createPresence(): Presence {
  const ids = new Map<string, number>();
  const patterns: RegExp[] = [];
  const byBeginning = new Map<string, number[]>();

  function add({ source, words }: Alternatives): number {
    const known = ids.get(source);
    if (known !== undefined) return known;
    const id = patterns.length;
    ids.set(source, id);
    patterns.push(new RegExp(source));
    for (const key of new Set(words.map(beginning))) {
      const list = byBeginning.get(key);
      if (list) list.push(id);
      else byBeginning.set(key, [id]);
    }
    return id;
  }

  function within(text: string): (id: number) => boolean {
    const possible = new Uint8Array(patterns.length);
    for (const key of beginnings(text)) for (const id of byBeginning.get(key) ?? []) possible[id] = MAYBE;
    return (id) => {
      if (possible[id] === MAYBE) possible[id] = patterns[id]?.test(text) ? YES : NO;
      return possible[id] === YES;
    };
  }

  return { add, within };
}

const NO = 0;
const MAYBE = 1;
const YES = 2;

function beginning(word: string): string {
  if (LATIN.test(word.charAt(0))) return /^[a-z0-9]{1,3}/.exec(word)?.[0] ?? "";
  const second = word.charAt(1);
  return LATIN.test(second) || second === " " ? word.charAt(0) : word.slice(0, 2);
}

/** Every beginning that {@link beginning} may give of a word in the text. */
function beginnings(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  let inWord = false;
  for (let at = 0; at < text.length; at++) {
    const isLatin = LATIN.test(text.charAt(at));
    if (isLatin && !inWord)
      for (let letters = 1; letters <= LETTERS; letters++) found.add(text.slice(at, at + letters));
    if (!isLatin) {
      found.add(text.charAt(at));
      found.add(text.slice(at, at + 2));
    }
    inWord = isLatin || (inWord && text.charAt(at) === "'");
  }
  return found;
}
