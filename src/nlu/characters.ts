import { pinyin } from "pinyin-pro";
import { normalise } from "./normalise.ts";

/** Writes pinyin as the characters it most likely stands for; undefined where too little of it is pinyin. */
export type ToCharacters = (text: string) => string | undefined;

interface Candidate {
  readonly char: number;
  /** What its reading costs: a rare one, or one that only sounds alike, in nats. */
  readonly cost: number;
}

/** A way to read what was typed so far; the last two characters decide how it goes on. */
interface Way {
  readonly before: number;
  readonly last: number;
  readonly score: number;
  readonly written: Written | undefined;
}

interface Written {
  readonly text: string;
  readonly before: Written | undefined;
}

/** Shares of three characters in a row, of two, and of one alone, in how likely the next is. */
const SHARES = { three: 0.5, two: 0.35, one: 0.1 } as const;
const NEVER_SEEN = 1e-7;
const COST = { rareReading: 2, soundsAlike: 3 } as const;
/** Nats a character; below it, it was no pinyin (sawadika, "china mobile"). One in a hundred messages in pinyin is. */
const LEAST_EACH = -6.8;
const HAN = /\p{Script=Han}/gu;
const WAYS_KEPT = 6;
const CANDIDATES_KEPT = 16;
const LONGEST_SYLLABLE = 6;
/** What isn't a character: the start of a clause, and its end. */
const EDGE = 0;
const BASE = 2 ** 16;
const TOKEN = /[a-z]+(?:'[a-z]+)*|\p{N}+(?:[.:]\p{N}+)*|,|\p{Script=Han}+/gu;
/** How southerners type: no curled tongue, one nasal, n for l. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/^([zcs])h/, "$1"],
  [/^([zcs])(?!h)/, "$1h"],
  [/ng$/, "n"],
  [/n$/, "ng"],
  [/^l/, "n"],
  [/^n/, "l"],
  [/^([nl])v/, "$1u"],
  [/^([nl])u/, "$1v"],
];

/**
 * A reader of pinyin that knows how customers write from the texts it is given: the likeliest characters by how often
 * one, two and three of them follow each other there (Viterbi's algorithm, the best ways kept).
 */
export function createToCharacters(texts: readonly string[]): ToCharacters {
  const counts = countIn(texts);
  const bySyllable = candidatesOf(counts);

  const likelihood = (before: number, last: number, next: number): number => {
    const pair = last * BASE + next;
    const three = share(counts.three, before * BASE * BASE + pair, counts.two.get(before * BASE + last));
    const two = share(counts.two, pair, counts.one.get(last));
    const one = (counts.one.get(next) ?? 0) / counts.all;
    return Math.log(SHARES.three * three + SHARES.two * two + SHARES.one * one + NEVER_SEEN);
  };

  /** The ways on through a word without spaces, cut into syllables however it can be. */
  const through = (letters: string, ways: readonly Way[]): readonly Way[] => {
    const at: Way[][] = Array.from({ length: letters.length + 1 }, () => []);
    at[0] = [...ways];
    for (let from = 0; from < letters.length; from++) {
      const here = best(at[from] ?? []);
      if (here.length === 0) continue;
      for (let to = from + 1; to <= Math.min(letters.length, from + LONGEST_SYLLABLE); to++) {
        for (const { char, cost } of bySyllable.get(letters.slice(from, to)) ?? []) {
          for (const { before, last, score, written } of here) {
            at[to]?.push({
              before: last,
              last: char,
              score: score + likelihood(before, last, char) - cost,
              written: { text: counts.chars[char] ?? "", before: written },
            });
          }
        }
      }
    }
    return best(at[letters.length] ?? []);
  };

  return (text) => {
    let ways: readonly Way[] = [{ before: EDGE, last: EDGE, score: 0, written: undefined }];
    let read = 0;
    let unread = 0;
    for (const [token] of normalise(text).matchAll(TOKEN)) {
      const on = /^[a-z]/.test(token) ? through(token.replaceAll("'", ""), ways) : [];
      if (on.length > 0) read++;
      else if (token !== ",") unread++;
      ways = on.length > 0 ? on : ways.slice(0, 1).map((way) => asTyped(way, token));
    }
    const [way] = ways;
    if (way === undefined || read <= unread) return undefined;
    const written = textOf(way.written);
    const length = written.match(HAN)?.length ?? 0;
    return way.score >= LEAST_EACH * length ? written : undefined;
  };
}

/** 10086, app: a new clause as far as the characters go. */
function asTyped({ score, written }: Way, token: string): Way {
  const text = /^[a-z]/.test(token) ? ` ${token} ` : token;
  return { before: EDGE, last: EDGE, score, written: { text, before: written } };
}

function textOf(written: Written | undefined): string {
  const parts: string[] = [];
  for (let each = written; each !== undefined; each = each.before) parts.push(each.text);
  return parts.reverse().join("").trim();
}

/** The best ways, each with another end. */
function best(ways: Way[]): readonly Way[] {
  const ends = new Map<number, Way>();
  for (const way of ways) {
    const end = way.before * BASE + way.last;
    const rival = ends.get(end);
    if (rival === undefined || rival.score < way.score) ends.set(end, way);
  }
  return [...ends.values()].sort((a, b) => b.score - a.score).slice(0, WAYS_KEPT);
}

function share(counts: ReadonlyMap<number, number>, key: number, all: number | undefined): number {
  return all === undefined ? 0 : (counts.get(key) ?? 0) / all;
}

interface Counts {
  /** By number; the first is no character. */
  readonly chars: readonly string[];
  readonly all: number;
  readonly one: ReadonlyMap<number, number>;
  readonly two: ReadonlyMap<number, number>;
  readonly three: ReadonlyMap<number, number>;
}

function countIn(texts: readonly string[]): Counts {
  const chars = [""];
  const numbers = new Map<string, number>();
  const [one, two, three] = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];
  const count = (map: Map<number, number>, key: number) => map.set(key, (map.get(key) ?? 0) + 1);
  let all = 0;
  for (const text of texts) {
    for (const [run] of normalise(text).matchAll(/\p{Script=Han}+/gu)) {
      let before = EDGE;
      let last = EDGE;
      count(one, EDGE);
      count(two, EDGE);
      for (const char of run) {
        const number = numbers.get(char) ?? chars.push(char) - 1;
        numbers.set(char, number);
        count(one, number);
        count(two, last * BASE + number);
        count(three, before * BASE * BASE + last * BASE + number);
        before = last;
        last = number;
        all++;
      }
    }
  }
  return { chars, all, one, two, three };
}

/** Toneless syllable → the characters it can stand for, the likeliest first. */
function candidatesOf({ chars, one }: Counts): ReadonlyMap<string, readonly Candidate[]> {
  const exact = new Map<string, Candidate[]>();
  const put = (map: Map<string, Candidate[]>, syllable: string, candidate: Candidate) => {
    const list = map.get(syllable);
    if (list === undefined) map.set(syllable, [candidate]);
    else if (!list.some(({ char }) => char === candidate.char)) list.push(candidate);
  };
  chars.forEach((text, char) => {
    if (char === EDGE) return;
    const readings = pinyin(text, { toneType: "none", type: "array", v: true, multiple: true });
    [...new Set(readings)].forEach((syllable, i) => {
      put(exact, syllable, { char, cost: i === 0 ? 0 : COST.rareReading });
    });
  });
  const typed = new Map([...exact].map(([syllable, candidates]) => [syllable, [...candidates]]));
  for (const [syllable, candidates] of exact) {
    for (const [sound, other] of ALIKE) {
      const spelt = syllable.replace(sound, other);
      if (spelt === syllable) continue;
      for (const { char, cost } of candidates) put(typed, spelt, { char, cost: cost + COST.soundsAlike });
    }
  }
  const weight = ({ char, cost }: Candidate) => Math.log(one.get(char) ?? 1) - cost;
  return new Map(
    [...typed].map(([syllable, candidates]) => [
      syllable,
      candidates.sort((a, b) => weight(b) - weight(a)).slice(0, CANDIDATES_KEPT),
    ]),
  );
}
