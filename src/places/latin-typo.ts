import type { Mention } from "./hanzi.ts";
import type { LatinIndex } from "./latin.ts";
import { KINDS, type LatinWords } from "./latin-words.ts";
import { liesIn, type Sense } from "./names.ts";
import type { Nearest } from "./nearest.ts";
import { createRealNames } from "./real-names.ts";
import type { PlacesData } from "./types.ts";

/**
 * Finds misspelt names in Latin letters, where a sentence plainly speaks of a place and no name is right.
 * @param raw the text as written: a capital letter tells a name
 * @param exact the names found as written; beside one, only what lies in it is looked for
 */
export type LatinTypoFinder = (raw: string, text: string, exact: readonly Mention[]) => Mention[];

interface Token {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

const OFFERED_AT_MOST = 8;
/** Letters from which one error, and two, still leave a name that's no other word. */
const ONE_ERROR_FROM = 5;
const TWO_ERRORS_FROM = 10;
const LONGEST_NAME = 30;
/** A bare word may be any English word: it must be longer, and not end like one. */
const BARE_FROM = 6;
const ENGLISH_ENDING = /(?:ing|ed|er|le|ge|ion|ty|ly|s)$/;
/** 是, 去 and 起 in a sentence of pinyin, unless the name is of that kind. */
const KIND_IN_PINYIN = /^(?:xian|shi|qu|qi|sheng|zhou)$/;
const BEFORE_PLACE =
  /(?:\b(?:cover(?:ing|s)?|serv(?:e|es|ing|ice)|reach|come (?:out )?to|go(?:ing)? to|live in|based in|in|near|at|to|from) (?:the )?|\bcoverage (?:of|for) )$/;
/** Between a place and what it lies in. */
const JOINED = /^(?:\s*,\s*|\s+)(?:in\s+)?$/;

/** @param nearest ranks the names of `index` */
export function createLatinTypoFinder(
  data: PlacesData,
  index: LatinIndex,
  nearest: Nearest,
  words: LatinWords,
): LatinTypoFinder {
  const isRealName = createRealNames(data);

  return (raw, text, exact) => {
    const tokens = [...text.matchAll(/[a-z](?:[a-z']*[a-z])?/g)].map((m) => ({
      word: m[0],
      from: m.index,
      to: m.index + m[0].length,
    }));
    const capitals = capitalised(raw);
    const bare = tokens.length <= 2 && exact.length === 0 && /^[a-z'\s,]*$/.test(text);
    const found: Mention[] = [];
    for (let i = 0; i < tokens.length; ) {
      const here = [2, 1].flatMap((n) => at(tokens.slice(i, i + n), tokens[i + n]) ?? [])[0];
      if (here !== undefined) found.push(here);
      const next = here === undefined ? i + 1 : tokens.findIndex((t) => t.from >= here.to);
      i = next < 0 ? tokens.length : next;
    }
    return found;

    function at(slice: readonly Token[], after: Token | undefined): Mention | undefined {
      const first = slice[0];
      const last = slice.at(-1);
      if (first === undefined || last === undefined) return undefined;
      if (slice.some((t) => words.isOrdinary([t.word], false) || words.isOrdinary([t.word], true)))
        return undefined;
      if (slice.some((t) => KINDS.has(t.word)) || /[^a-z' ]/.test(text.slice(first.from, last.to)))
        return undefined;
      const kind =
        after !== undefined && text.slice(last.to, after.from) === " " ? KINDS.get(after.word) : undefined;
      const to = kind !== undefined && after !== undefined ? after.to : last.to;
      // The xian of zhagpu xian is no 西安.
      if (exact.some((m) => m.from < last.to && m.to > first.from)) return undefined;
      const named = slice.every((t) => capitals.has(t.word));
      const letters = slice.map((t) => t.word.replaceAll("'", "")).join("");
      const isSpoken = kind !== undefined || (named && BEFORE_PLACE.test(text.slice(0, first.from)));
      const isBare =
        bare &&
        slice.length === tokens.length &&
        letters.length >= BARE_FROM &&
        !ENGLISH_ENDING.test(letters);
      if (!isSpoken && !isBare) return undefined;
      const near = meant(letters, kind, parentOf(first.from, to));
      const fitting = kind === undefined ? near : near.filter((s) => kind.test(s.label));
      const inPinyin = kind !== undefined && KIND_IN_PINYIN.test(after?.word ?? "");
      const senses = fitting.length > 0 || inPinyin ? fitting : near;
      return senses.length > 0 && senses.length <= OFFERED_AT_MOST
        ? { from: first.from, to, senses, typo: true }
        : undefined;
    }

    function parentOf(from: number, to: number): Mention | undefined {
      return exact.find(
        (m) =>
          (m.from >= to && JOINED.test(text.slice(to, m.from))) ||
          (m.to <= from && JOINED.test(text.slice(m.to, from))),
      );
    }
  };

  function meant(letters: string, kind: RegExp | undefined, parent: Mention | undefined): readonly Sense[] {
    if (letters.length < ONE_ERROR_FROM || letters.length > LONGEST_NAME) return [];
    if (kind === undefined && parent === undefined && isRealName(letters)) return [];
    const errors = letters.length >= TWO_ERRORS_FROM ? 2 : 1;
    const inParent = (sense: Sense) => parent === undefined || parent.senses.some((p) => liesIn(sense, p));
    const sensesOf = (name: string) => (index.names.get(name) ?? []).filter(inParent);
    const isThere = (name: string) => sensesOf(name).length > 0;
    const asWritten = nearest(letters, errors, isThere);
    // Zhangpoo: as English ears spell it, which is an error too.
    const heard = letters.replaceAll("oo", "u").replaceAll("ee", "i");
    const asHeard = heard === letters ? [] : nearest(heard, errors - 1, isThere);
    const near = [...asWritten, ...asHeard.map((n) => ({ ...n, errors: n.errors + 1 }))];
    const least = Math.min(...near.map((n) => n.errors));
    const senses = distinct(near.filter((n) => n.errors === least).flatMap((n) => sensesOf(n.name)));
    // As near to a place abroad, which is never listed: no guess.
    return senses.every((s) => s.how === "name") ? senses : [];
  }
}

function distinct(senses: readonly Sense[]): Sense[] {
  return [...new Map(senses.map((sense) => [sense.codes.join() + sense.label, sense])).values()];
}

/** The words with a capital, in small letters; none where all is in capitals. */
function capitalised(raw: string): ReadonlySet<string> {
  if (!/\p{Ll}/u.test(raw)) return new Set();
  return new Set(
    [...raw.matchAll(/(?<!\p{L})[A-Z][A-Za-z']*[A-Za-z]/gu)].map(([word]) => word.toLowerCase()),
  );
}
