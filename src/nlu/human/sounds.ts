import { textLang } from "../language.ts";
import { syllable, syllables, toneless } from "../pinyin.ts";
import type { HumanLexicon } from "./lexicon.ts";
import { createSlips } from "./slips.ts";

/** One syllable of the text: a Han character, or part of a Latin word. */
interface Unit {
  readonly text: string;
  readonly sound: string;
  readonly latin: boolean;
  readonly start: number;
  readonly end: number;
}

/** A word laid over the units from `from` to before `to`. */
interface Laid {
  readonly from: number;
  readonly to: number;
  readonly word: string;
}

/** Letters of pinyin from which one slip still can't be another word. */
const SURE_LENGTH = 7;
const TOKEN = /\p{Script=Han}|[a-z]+(?:'[a-z]+)*/gu;

/**
 * Writes what only sounds right as the lexicon writes it: 转人公, 转ren工 and "zhuan ren gong" become 转人工.
 * Homophones are heard only in whole phrases (a verb with a noun), because two syllables alone are too many
 * words; a message in pinyin is read with the whole vocabulary, so that "bu yao rengong" keeps its 不要.
 */
export function createHearing(
  lexicon: HumanLexicon,
  vocabulary: readonly string[],
): (text: string) => string {
  const { verbs, nouns, whole, notBefore, never, first } = lexicon.spelling.sounds;
  // Heard in Chinese text, where each character is read by itself; typed in pinyin, as a reader would read it.
  const phrases = soundIndex(
    [...whole, ...verbs.flatMap((verb) => nouns.map((noun) => verb + noun))],
    (phrase) => Array.from(phrase, syllable),
  );
  const words = soundIndex(
    [...first, ...vocabulary.filter((word) => /^\p{Script=Han}+$/u.test(word))],
    toneless,
  );
  const rightlySpelt = new Set([...phrases.words.values(), ...never]);
  const goesOn = new Set(notBefore);
  const romanised = new Map(phrases.all.map((phrase) => [Array.from(phrase, syllable).join(""), phrase]));
  const english = new Set(lexicon.spelling.typos.words);
  const slips = createSlips(
    [...romanised.keys()].filter((letters) => letters.length >= SURE_LENGTH),
    [],
  );

  /** A whole message in letters that is one slip away from a phrase: "zhuan ren gon". */
  function misspelt(text: string): string | undefined {
    const letters = text.replace(/[ ,]/g, "");
    return /^[a-z]+$/.test(letters) ? romanised.get(slips.meant(letters) ?? "") : undefined;
  }

  return (text) => {
    const slip = misspelt(text);
    if (slip) return slip;
    const inPinyin = textLang(text) === "pinyin";
    const units = unitsOf(text, english);
    const laid: Laid[] = [];
    for (let from = 0; from < units.length; from++) {
      let sound = "";
      let latinOnly = true;
      for (let to = from + 1; to <= units.length; to++) {
        const unit = units[to - 1];
        const previous = units[to - 2];
        if (!unit || (to > from + 1 && previous && !/^[ ']?$/.test(text.slice(previous.end, unit.start))))
          break;
        sound += `${blur(unit.sound)} `;
        latinOnly &&= unit.latin;
        const readAsPinyin = inPinyin && latinOnly;
        if (!phrases.beginnings.has(sound) && !(readAsPinyin && words.beginnings.has(sound))) break;
        const word = (readAsPinyin ? words.words.get(sound) : undefined) ?? phrases.words.get(sound);
        if (word === undefined) continue;
        // What is spelt rightly is laid too, so that no slip is heard inside it.
        const spelt = spelling(units, from, to);
        if (rightlySpelt.has(spelt)) laid.push({ from, to, word: spelt });
        else if (latinOnly || isSlip(units, from, to, text)) laid.push({ from, to, word });
      }
    }
    return laid.every(({ from, to, word }) => spelling(units, from, to) === word)
      ? text
      : rewrite(text, units, cover(units.length, laid));
  };

  function isSlip(units: readonly Unit[], from: number, to: number, text: string): boolean {
    if (goesOn.has(units[to]?.text ?? "")) return false;
    if (to - from > 2) return true;
    const neighbours = text.charAt((units[from]?.start ?? 0) - 1) + text.charAt(units[to - 1]?.end ?? 0);
    return !/[^ ,]/.test(neighbours);
  }
}

function spelling(units: readonly Unit[], from: number, to: number): string {
  return units
    .slice(from, to)
    .map((unit) => unit.text)
    .join("");
}

interface SoundIndex {
  readonly all: readonly string[];
  /** By blurred sound: the first word of that sound. */
  readonly words: ReadonlyMap<string, string>;
  /** Every beginning of such a sound, to stop looking early. */
  readonly beginnings: ReadonlySet<string>;
}

function soundIndex(list: readonly string[], read: (word: string) => readonly string[]): SoundIndex {
  const words = new Map<string, string>();
  const beginnings = new Set<string>();
  for (const word of list) {
    let sound = "";
    for (const reading of read(word)) {
      sound += `${blur(reading)} `;
      beginnings.add(sound);
    }
    if (!words.has(sound)) words.set(sound, word);
  }
  return { all: list, words, beginnings };
}

/** Syllables that many speakers and keyboards don't tell apart: zh/z, ch/c, sh/s and -ng/-n. */
function blur(sound: string): string {
  return sound.replace(/^([zcs])h/, "$1").replace(/([aei]n)g$/, "$1");
}

/** The syllables of a text; what is English for a person (human) is none. */
function unitsOf(text: string, english: ReadonlySet<string>): Unit[] {
  const units: Unit[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (english.has(token)) continue;
    if (!/^[a-z]/.test(token)) {
      units.push({
        text: token,
        sound: syllable(token),
        latin: false,
        start: index,
        end: index + token.length,
      });
      continue;
    }
    let start = index;
    for (const sound of syllables(token) ?? [token]) {
      if (text[start] === "'") start++;
      const end = start + sound.length;
      units.push({ text: sound, sound, latin: true, start, end });
      start = end;
    }
  }
  return units;
}

/** The best way to lay the words side by side: each scores its length squared, an uncovered unit nothing. */
function cover(length: number, candidates: readonly Laid[]): Laid[] {
  const best: { score: number; laid: Laid | undefined }[] = Array.from({ length: length + 1 }, () => ({
    score: 0,
    laid: undefined,
  }));
  for (let from = length - 1; from >= 0; from--) {
    let choice = { score: best[from + 1]?.score ?? 0, laid: undefined as Laid | undefined };
    for (const laid of candidates) {
      if (laid.from !== from) continue;
      const score = (laid.to - from) ** 2 + (best[laid.to]?.score ?? 0);
      if (score > choice.score) choice = { score, laid };
    }
    best[from] = choice;
  }
  const chosen: Laid[] = [];
  for (let at = 0; at < length; ) {
    const laid = best[at]?.laid;
    if (laid) chosen.push(laid);
    at = laid?.to ?? at + 1;
  }
  return chosen;
}

function rewrite(text: string, units: readonly Unit[], words: readonly Laid[]): string {
  let result = "";
  let copied = 0;
  for (const { from, to, word } of words) {
    const [first, last] = [units[from], units[to - 1]];
    if (!first || !last) continue;
    const between = text.slice(copied, first.start);
    result += (copied > 0 && between === " " ? "" : between) + word;
    copied = last.end;
  }
  return result + text.slice(copied);
}
