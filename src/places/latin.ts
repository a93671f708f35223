import type { Gazetteer } from "./gazetteer.ts";
import type { Mention } from "./hanzi.ts";
import { KINDS, type LatinWords } from "./latin-words.ts";
import { abroadSense, liesIn, type Sense } from "./names.ts";
import { type DoubtfulMention, findPinyin } from "./pinyin.ts";
import type { Span } from "./segment.ts";
import type { PlacesData } from "./types.ts";

/** Names in Latin letters, letters only (zhangpu, wangqingxian, innermongolia) → what they can stand for. */
export interface LatinIndex {
  readonly names: ReadonlyMap<string, readonly Sense[]>;
  /** ye → 叶县: names of one syllable, which need their kind beside them. */
  readonly oneSyllable: ReadonlyMap<string, readonly Sense[]>;
}

const KIND_PINYIN: readonly (readonly [ending: RegExp, pinyin: string])[] = [
  [/(自治)?县$/u, "xian"],
  [/市$/u, "shi"],
  [/(新|矿|林|特)?区$/u, "qu"],
  [/旗$/u, "qi"],
  [/州$/u, "zhou"],
  [/盟$/u, "meng"],
  [/省$/u, "sheng"],
];
const AUTONOMOUS = /^(?: [a-z]+){0,6}? autonomous (county|prefecture|banner|region)/;
const LONGEST_IN_WORDS = 6;

export function createLatinIndex(data: PlacesData, gazetteer: Gazetteer): LatinIndex {
  const names = new Map<string, Sense[]>();
  const oneSyllable = new Map<string, Sense[]>();
  const put = (map: Map<string, Sense[]>, key: string, sense: Sense) => {
    const senses = map.get(key);
    if (senses === undefined) map.set(key, [sense]);
    else if (!senses.some((s) => s.codes.join() === sense.codes.join() && s.how === sense.how))
      senses.push(sense);
  };
  const add = (syllables: readonly string[], sense: Sense) => {
    const key = syllables.join("");
    const map = syllables.length < 2 ? oneSyllable : names;
    put(map, key, sense);
    if (key.includes("v")) put(map, key.replaceAll("v", "u"), sense);
  };
  for (const division of gazetteer.divisions) {
    const sense: Sense = { how: "name", codes: [division.code], label: division.name };
    const stemLength = [...division.stem].length;
    for (const reading of division.readings) {
      const syllables = reading.split(" ");
      const kind = KIND_PINYIN.find(([ending]) => ending.test(division.name))?.[1];
      const stem =
        stemLength === 2 && division.stem === division.name
          ? syllables.slice(0, 1)
          : syllables.slice(0, stemLength);
      add(syllables, sense);
      add(stem, sense);
      if (kind !== undefined) add([...stem, kind], sense);
      // Maps call 吉县 Jixian County as they do 集贤县.
      if (kind !== undefined && stem.length < stemLength) add([...syllables, kind], sense);
    }
  }
  for (const { name, unit } of data.aliases) {
    const code = gazetteer.byFullName(unit)?.code;
    if (code === undefined || !/^\p{Script=Latin}/u.test(name)) continue;
    const letters = lettersOf(name);
    const sense: Sense = { how: "name", codes: [code], label: gazetteer.division(code)?.name ?? name };
    put(names, letters, sense);
    const bare = lettersOf(name.replace(/ (County|District|Banner|League|City|New Area)$/, ""));
    if (bare !== letters) put(names, bare, sense);
  }
  for (const { name, english } of data.abroad) {
    for (const word of english) put(names, lettersOf(word), abroadSense(name, english));
  }
  return { names, oneSyllable };
}

interface Token extends Span {
  readonly word: string;
}

/** Finds places written in Latin letters: pinyin with or without spaces, English names and exonyms. The text is normalised. */
export function findLatin(text: string, index: LatinIndex, words: LatinWords): Mention[] {
  const tokens = [...text.matchAll(/[a-z](?:[a-z']*[a-z])?/g)].map((m) => ({
    word: m[0],
    from: m.index,
    to: m.index + m[0].length,
  }));
  const carried = words.isPinyin(tokens.map((t) => t.word)) ? "carried" : "bare";
  const runs = spokenTogether(text, tokens).map((run) => findPinyin(run, index, words, carried));
  const found = runs.includes(undefined)
    ? findEnglish(text, tokens, index, words)
    : runs.flatMap((mentions) => mentions ?? []);
  return found
    .filter(
      (m, i) =>
        !m.ordinary ||
        [found[i - 1], found[i + 1]].some((beside) => beside !== undefined && belongTogether(m, beside)),
    )
    .map(({ from, to, senses, typo }) => ({ from, to, senses, typo }));
}

/** Words with nothing but a space between them. */
function spokenTogether(text: string, tokens: readonly Token[]): Token[][] {
  const runs: Token[][] = [];
  tokens.forEach((token, i) => {
    const last = tokens[i - 1];
    if (last !== undefined && text.slice(last.to, token.from) === " ") runs.at(-1)?.push(token);
    else runs.push([token]);
  });
  return runs;
}

function findEnglish(
  text: string,
  tokens: readonly Token[],
  index: LatinIndex,
  words: LatinWords,
): DoubtfulMention[] {
  const found: DoubtfulMention[] = [];
  for (let i = 0; i < tokens.length; ) {
    const here = longestAt(i);
    if (here !== undefined) found.push(here.mention);
    i = here?.next ?? i + 1;
  }
  return found;

  function longestAt(i: number): { mention: DoubtfulMention; next: number } | undefined {
    for (let n = Math.min(LONGEST_IN_WORDS, tokens.length - i); n >= 1; n--) {
      const slice = tokens.slice(i, i + n);
      const first = slice[0];
      const last = slice.at(-1);
      if (first === undefined || last === undefined) continue;
      if (/[,\p{Script=Han}]/u.test(text.slice(first.from, last.to))) continue;
      const parts = slice.map((t) => t.word);
      const kind = kindAfter(last, i + n);
      const fitting = kind === undefined ? [] : fittingKind(parts, kind.fits);
      if (kind !== undefined && fitting.length > 0) {
        return {
          mention: { from: first.from, to: kind.to, senses: fitting, typo: false, ordinary: false },
          next: kind.next,
        };
      }
      const senses = index.names.get(lettersOf(parts.join(""))) ?? [];
      if (senses.length === 0) continue;
      const ordinary = words.isOrdinary(parts, false) && tokens.length > n;
      if (ordinary && n > 1) continue;
      return { mention: { from: first.from, to: last.to, senses, typo: false, ordinary }, next: i + n };
    }
    return undefined;
  }

  function fittingKind(parts: readonly string[], fits: RegExp): Sense[] {
    const letters = lettersOf(parts.join(""));
    const known =
      index.names.get(letters) ?? (parts.length === 1 ? index.oneSyllable.get(letters) : undefined) ?? [];
    return known.filter((sense) => fits.test(sense.label));
  }

  function kindAfter(last: Span, next: number): { fits: RegExp; to: number; next: number } | undefined {
    const autonomous = AUTONOMOUS.exec(text.slice(last.to));
    const word = tokens[next];
    if (autonomous?.[1] !== undefined) {
      const to = last.to + autonomous[0].length;
      const fits = KINDS.get(autonomous[1]);
      if (fits)
        return {
          fits,
          to,
          next:
            tokens.findIndex((t) => t.from >= to) < 0 ? tokens.length : tokens.findIndex((t) => t.from >= to),
        };
    }
    const fits = word && /^ $/.test(text.slice(last.to, word.from)) ? KINDS.get(word.word) : undefined;
    return fits && word ? { fits, to: word.to, next: next + 1 } : undefined;
  }
}

function belongTogether(a: Mention, b: Mention): boolean {
  return a.senses.some((x) => b.senses.some((y) => liesIn(x, y) || liesIn(y, x)));
}

function lettersOf(name: string): string {
  return name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
}
