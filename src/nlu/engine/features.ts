import { normalise } from "../normalise.ts";
import { syllable, syllables } from "../pinyin.ts";
import { ALONE } from "./couples.ts";

/**
 * Feature groups and their weights. Each group is scaled to its own length before weighting, so that a long
 * word doesn't drown the others with its many character n-grams. Measured in bench/results/nlu.md.
 */
export const GROUPS = [
  { name: "words", weight: 1 },
  { name: "letters", weight: 1 },
  { name: "han", weight: 1 },
  { name: "sounds", weight: 0.5 },
  { name: "form", weight: 0.4 },
  { name: "pairs", weight: 1 },
] as const;

/** Groups `first` to `end`, without the latter. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

export const WORDS: Span = { first: 0, end: 1 };
/** Pieces of words, in Chinese single characters: enough to tell how alike two texts are. */
export const PIECES: Span = { first: 1, end: 4 };
/** What is said and how it looks, without what stands near what. */
export const SAID: Span = { first: 0, end: 5 };
export const PAIRS: Span = { first: 5, end: 6 };
export const ALL: Span = { first: 0, end: GROUPS.length };

/** The number of a unit, which names what it's used for in its first character. */
export type UnitOf = (unit: string) => number;

/**
 * One list of features for each of {@link GROUPS}. A feature is two units one after the other, or one and
 * {@link ALONE}: as numbers, because their names together would be most of the work.
 */
export type Features = readonly (readonly number[])[];

/** Reads words already cut and the form of the text that they're from. */
export type Reader = (cut: readonly string[], form: readonly string[]) => Features;

const TOKEN = /[a-z0-9]+(?:'[a-z]+)?|\p{Script=Han}+|[^\s\p{P}]/gu;
const LATIN = /^[a-z0-9]/;
const HAN_RUN = /^\p{Script=Han}/u;
/** Units apart, at most, that make a pair. */
const NEAR = 8;
/** Letters of a word that stand for it in a pair: withdraw, withdrawal and withdrawn are one. */
const STEM = 4;
const MARK = /[?!,。]/g;
/** Above this a text is long, however many words it has. */
const MANY_WORDS = 9;
/** Beside words an emoji adds a mood and no wish; alone it is all there is. */
const PICTURE = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f)/u;
const START = "^";
const END = "$";
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** The words of a normalised text in order; Chinese runs are segmented. */
export function words(normalised: string): string[] {
  const found: string[] = [];
  for (const [run] of normalised.matchAll(TOKEN)) {
    if (HAN_RUN.test(run)) for (const part of segmenter.segment(run)) found.push(part.segment);
    else found.push(run);
  }
  const said = found.filter((word) => !PICTURE.test(word));
  return said.length > 0 ? said : found;
}

/** Everything about a text that the engine learns from. */
export function extract(text: string, read: Reader): Features {
  const cut = words(normalise(text));
  return read(cut, formOf(text, cut));
}

/** What a word brings to features, wherever it stands. */
interface Word {
  readonly itself: number;
  readonly letters: readonly number[];
  /** Chinese characters, as such and by their sounds. */
  readonly han: readonly number[];
  readonly sounds: readonly number[];
  /** What pairs are made of: Chinese characters, and the beginnings of Latin words. */
  readonly near: readonly number[];
  /** The syllables of pinyin, typed. */
  readonly typed: readonly number[] | undefined;
}

/** A reader that works a word out once. */
export function createReader(unitOf: UnitOf): Reader {
  const known = new Map<string, Word>();
  const wordOf = (word: string): Word => {
    const found = known.get(word) ?? analyse(word, unitOf);
    known.set(word, found);
    return found;
  };
  const ends = (tag: string) => ({ start: unitOf(tag + START), end: unitOf(tag + END) });
  const [word, han, sound] = [ends("w"), ends("h"), ends("p")];
  return (cut, form) => {
    const found = cut.map(wordOf);
    const out = { letters: [] as number[], han: [] as number[], sounds: [] as number[] };
    for (let i = 0; i < found.length; ) {
      const run = runFrom(found, i);
      hanFeatures(
        run.flatMap((one) => one.han),
        han,
        out.han,
      );
      hanFeatures(
        run.flatMap((one) => one.sounds),
        sound,
        out.sounds,
      );
      for (const letter of found[i]?.letters ?? []) out.letters.push(letter, ALONE);
      i += Math.max(1, run.length);
    }
    const typed = found.flatMap((one) => one.typed ?? []);
    if (typed.length > 1 && found.every((one) => one.typed !== undefined))
      hanFeatures(typed, sound, out.sounds);
    return [
      wordFeatures(found, word),
      out.letters,
      out.han,
      out.sounds,
      form.flatMap((feature) => [unitOf(feature), ALONE]),
      pairFeatures(found.flatMap(({ near }) => near)),
    ];
  };
}

function analyse(word: string, unitOf: UnitOf): Word {
  const all = (units: readonly string[], tag: string): number[] => units.map((unit) => unitOf(tag + unit));
  const itself = unitOf(`w${word}`);
  if (HAN_RUN.test(word)) {
    const characters = [...word];
    return {
      itself,
      letters: [],
      han: all(characters, "h"),
      sounds: all(characters.map(syllable), "p"),
      near: all(characters, "&"),
      typed: undefined,
    };
  }
  const isLatin = LATIN.test(word);
  const typed = isLatin ? syllables(word) : undefined;
  return {
    itself,
    letters: all(isLatin ? lettersOf(word) : [word], "c"),
    han: [],
    sounds: [],
    near: all([isLatin ? word.slice(0, STEM) : word], "&"),
    typed: typed && all(typed, "p"),
  };
}

/** The Chinese words that follow each other from `i` on. */
function runFrom(found: readonly Word[], i: number): readonly Word[] {
  let end = i;
  while (found[end] !== undefined && found[end]?.han.length !== 0) end++;
  return found.slice(i, end);
}

/** How a text looks: how long it is, and its marks. A name alone is short, a story long, and a question asks. */
export function formOf(text: string, cut: readonly string[]): string[] {
  const length = cut.reduce((sum, word) => sum + word.length, 0);
  const marks = text.normalize("NFKC").match(MARK) ?? ["none"];
  const size = Math.round(2 * Math.log2(1 + length));
  return [`l${size}`, `n${Math.min(cut.length, MANY_WORDS)}`, ...marks.map((mark) => `m${mark}`)];
}

interface Ends {
  readonly start: number;
  readonly end: number;
}

function wordFeatures(found: readonly Word[], { start, end }: Ends): number[] {
  const out: number[] = [];
  let before = start;
  for (const { itself } of found) {
    out.push(before, itself, itself, ALONE);
    before = itself;
  }
  out.push(before, end);
  return out;
}

/**
 * Pairs that stand near each other, in either order: what a linear model can't see from single words, as "card"
 * with "abroad".
 */
function pairFeatures(units: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = 0; i < units.length; i++) {
    const one = units[i] as number;
    for (let j = i + 1; j <= i + NEAR && j < units.length; j++) {
      const other = units[j] as number;
      if (one !== other) out.push(Math.min(one, other), Math.max(one, other));
    }
  }
  return out;
}

/** Character 3- and 4-grams within a word: endings and misspellings meet here. */
function lettersOf(word: string): string[] {
  const out: string[] = [];
  const padded = `<${word}>`;
  for (let size = 3; size <= 4; size++) {
    for (let i = 0; i + size <= padded.length; i++) out.push(padded.slice(i, i + size));
  }
  return out;
}

/** Single units and pairs of a Chinese run, with its boundaries: as characters, and as toneless syllables. */
function hanFeatures(units: readonly number[], { start, end }: Ends, out: number[]): void {
  if (units.length === 0) return;
  let before = start;
  for (const unit of units) {
    out.push(unit, ALONE, before, unit);
    before = unit;
  }
  out.push(before, end);
}
