import { normalise } from "../normalise.ts";
import { syllable, syllables } from "../pinyin.ts";

/**
 * Feature groups and their weights. Each group is scaled to its own length before weighting, so that a long
 * word doesn't drown the others with its many character n-grams. Measured in bench/results/nlu.md.
 */
export const GROUPS = [
  { name: "words", weight: 1 },
  { name: "letters", weight: 1 },
  { name: "han", weight: 1 },
  { name: "sounds", weight: 0.5 },
  { name: "pairs", weight: 1 },
  { name: "form", weight: 0.4 },
] as const;

/** Groups `first` to `end`, without the latter. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

export const WORDS: Span = { first: 0, end: 1 };
/** Pieces of words, in Chinese single characters: enough to tell how alike two texts are. */
export const PIECES: Span = { first: 1, end: 4 };
/** What is said, without what stands near what. */
export const SAID: Span = { first: 0, end: 4 };
export const PAIRS: Span = { first: 4, end: 5 };
export const ALL: Span = { first: 0, end: GROUPS.length };

/** One list of features for each of {@link GROUPS}; a feature names its group in its first character. */
export type Features = readonly (readonly string[])[];

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
export function extract(text: string): Features {
  const cut = words(normalise(text));
  return featuresOf(cut, formOf(text, cut));
}

/** As {@link extract}, for words already cut and the form of the text that they're from. */
export function featuresOf(cut: readonly string[], form: readonly string[]): Features {
  const letters: string[] = [];
  const han: string[] = [];
  const sounds: string[] = [];
  let run: string[] = [];
  const endRun = (): void => {
    if (run.length === 0) return;
    hanFeatures(run, "h", "", han);
    hanFeatures(run.map(syllable), "p", " ", sounds);
    run = [];
  };
  for (const word of cut) {
    if (HAN_RUN.test(word)) {
      run.push(...word);
      continue;
    }
    endRun();
    if (LATIN.test(word)) letterFeatures(word, letters);
    else letters.push(`c${word}`);
  }
  endRun();
  const typed = typedSounds(cut);
  if (typed.length > 1) hanFeatures(typed, "p", " ", sounds);
  const bounded = [START, ...cut, END];
  return [wordFeatures(bounded), letters, han, sounds, pairFeatures(cut.flatMap(pairUnits)), form];
}

/** How a text looks: how long it is, and its marks. A name alone is short, a story long, and a question asks. */
export function formOf(text: string, cut: readonly string[]): string[] {
  const length = cut.reduce((sum, word) => sum + word.length, 0);
  const marks = text.normalize("NFKC").match(MARK) ?? ["none"];
  const size = Math.round(2 * Math.log2(1 + length));
  return [`l${size}`, `n${Math.min(cut.length, MANY_WORDS)}`, ...marks.map((mark) => `m${mark}`)];
}

/** The syllables of a text that is nothing but typed pinyin: it sounds like the Chinese it stands for. */
function typedSounds(cut: readonly string[]): string[] {
  const typed: string[] = [];
  for (const word of cut) {
    const parts = LATIN.test(word) ? syllables(word) : undefined;
    if (parts === undefined) return [];
    typed.push(...parts);
  }
  return typed;
}

function wordFeatures(bounded: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i + 1 < bounded.length; i++) {
    if (i > 0) out.push(`w${bounded[i]}`);
    out.push(`w${bounded[i]} ${bounded[i + 1]}`);
  }
  return out;
}

/** What pairs are made of: Chinese characters, and the beginnings of Latin words. */
function pairUnits(word: string): readonly string[] {
  return HAN_RUN.test(word) ? [...word] : [LATIN.test(word) ? word.slice(0, STEM) : word];
}

/**
 * Pairs that stand near each other, in either order: what a linear model can't see from single words, as "card"
 * with "abroad".
 */
function pairFeatures(units: readonly string[]): string[] {
  const out: string[] = [];
  for (const [i, one] of units.entries()) {
    for (let j = i + 1; j <= i + NEAR && j < units.length; j++) {
      const other = units[j] ?? "";
      if (one !== other) out.push(one < other ? `&${one} ${other}` : `&${other} ${one}`);
    }
  }
  return [...new Set(out)];
}

/** Character 3- and 4-grams within a word: endings and misspellings meet here. */
function letterFeatures(word: string, out: string[]): void {
  const padded = `<${word}>`;
  for (let size = 3; size <= 4; size++) {
    for (let i = 0; i + size <= padded.length; i++) out.push(`c${padded.slice(i, i + size)}`);
  }
}

/** Single units and pairs of a Chinese run, with its boundaries: as characters, and as toneless syllables. */
function hanFeatures(units: readonly string[], tag: string, glue: string, out: string[]): void {
  let before = START;
  for (const unit of units) {
    out.push(tag + unit, tag + before + glue + unit);
    before = unit;
  }
  out.push(tag + before + glue + END);
}
