import type { Mention } from "./hanzi.ts";
import type { LatinIndex } from "./latin.ts";
import { KINDS, type LatinWords, splitSyllables } from "./latin-words.ts";
import type { Sense } from "./names.ts";
import type { Span } from "./segment.ts";

/** A name in Latin letters. */
export interface DoubtfulMention extends Mention {
  /** Only small words (da li, guide): a place beside what it lies in. */
  readonly ordinary: boolean;
}

interface Token extends Span {
  readonly word: string;
}

/** What some tokens can be: a name, with what it stands for, or a word. From inclusive, to exclusive. */
interface Reading extends Span {
  readonly cost: number;
  readonly senses: readonly Sense[];
}

const COST = { name: 2, beside: 0.5, final: 0.4, word: 1, unknown: 100, kindAsName: 4 };
/** Ways to cut a sentence that cost this much more are as likely meant: qu fu is 曲阜, or 去 before a name. */
const SLACK = 0.5;
const LONGEST_IN_TOKENS = 8;
const WHERE = /^(?:zai|dao|qu|lai|zhu|nimen|men|qingwen|wen)$/;
/** Small words next to a place as a rule, which may be part of its name: 去 and 曲阜, 有 and 仙游. */
const BESIDE = /^(?:zai|dao|qu|lai|zhu|nimen|you)$/;
/** 不 and 吗 at the end of a sentence: "lai ren bu" asks whether somebody comes, not of 仁布. */
const FINAL = /^(?:bu|mei|ma|ne)$/;
const SENTENCE_FROM = 4;
const WHERE_ONLY = /^(?:zai|zhu|dao|qu)$/;
/** 区 or 去, 市 or 是: not the kind for sure. */
const KIND_OR_WORD = /^(?:qu|shi)$/;

/**
 * Reads pinyin as names and small words, the cheapest way: from the left, "nimen lai shan xi ma" would be 莱山.
 * What another way that's as good would name is meant too, and has to be asked about.
 * @param carried by small words; a `bare` text is pinyin only where all of it can be read
 * @returns undefined for what isn't pinyin
 */
export function findPinyin(
  written: readonly Token[],
  index: LatinIndex,
  words: LatinWords,
  carried: "carried" | "bare",
): DoubtfulMention[] | undefined {
  const tokens = written.flatMap((token) => cutToken(token, index, words));
  const beginning: Reading[][] = [];
  const ending: Reading[][] = tokens.map(() => []);
  const before = [0];
  for (let from = 0; from < tokens.length; from++) {
    const here = readingsFrom(from);
    beginning.push(here);
    for (const r of here) ending[r.to - 1]?.push(r);
    before.push(Math.min(...(ending[from] ?? []).map((r) => (before[r.from] ?? 0) + r.cost)));
  }
  const after: number[] = [];
  after[tokens.length] = 0;
  for (let from = tokens.length - 1; from >= 0; from--)
    after[from] = Math.min(...(beginning[from] ?? []).map((r) => (after[r.to] ?? 0) + r.cost));
  const least = after[0] ?? 0;
  if (carried === "bare" && least >= COST.unknown) return undefined;
  const meant = beginning
    .flat()
    .filter(
      (r) => r.senses.length > 0 && (before[r.from] ?? 0) + r.cost + (after[r.to] ?? 0) <= least + SLACK,
    );
  return overlapping(meant).map(mentionOf);

  function readingsFrom(from: number): Reading[] {
    const found: Reading[] = [];
    const first = tokens[from];
    if (first === undefined) return found;
    const isAfterName = ending[from - 1]?.some((r) => r.senses.length > 0) === true;
    for (let to = from + 1; to <= Math.min(tokens.length, from + LONGEST_IN_TOKENS); to++) {
      const parts = tokens.slice(from, to).map((t) => t.word);
      const senses = sensesOf(parts);
      if (senses.length > 0) {
        const isKind = isAfterName && KINDS.has(parts.join(""));
        found.push({ from, to, senses, cost: isKind ? COST.kindAsName : COST.name });
      }
      const kind = KINDS.get(tokens[to]?.word ?? "");
      const fitting =
        kind === undefined ? [] : [...senses, ...oneSyllable(parts)].filter((s) => kind.test(s.label));
      if (fitting.length > 0) found.push({ from, to: to + 1, senses: fitting, cost: COST.name });
      const joined = parts.join("");
      if (words.isOrdinary([joined], true)) found.push({ from, to, senses: [], cost: costOf(joined, to) });
    }
    const isKind = isAfterName && KINDS.has(first.word);
    found.push({ from, to: from + 1, senses: [], cost: isKind ? COST.word : COST.unknown });
    return found;
  }

  function costOf(word: string, to: number): number {
    const isLast = to === tokens.length && tokens.length >= SENTENCE_FROM;
    // Behind 在 a name is expected: "wo zai yi ma" is in 义马.
    if (isLast && FINAL.test(word) && !WHERE_ONLY.test(tokens[to - 3]?.word ?? "")) return COST.final;
    return BESIDE.test(word) ? COST.beside : COST.word;
  }

  function sensesOf(parts: readonly string[]): readonly Sense[] {
    const senses = index.names.get(lettersOf(parts)) ?? [];
    // 渠县 is no qu xi an, 仙游 no xi an you: they haven't so many syllables.
    const kind = KINDS.has(parts.at(-1) ?? "") ? 0 : 1;
    const canHave = (s: Sense) => s.how !== "name" || s.label.length - kind >= parts.length;
    return parts.length < 3 ? senses : senses.filter(canHave);
  }

  function oneSyllable(parts: readonly string[]): readonly Sense[] {
    return parts.length === 1 ? (index.oneSyllable.get(lettersOf(parts)) ?? []) : [];
  }

  function mentionOf(all: readonly Reading[]): DoubtfulMention {
    const named = all.filter((r) => !isDoubtful(r));
    const meant = withoutKindless(named.length > 0 ? named : all);
    const senses = new Map(meant.flatMap((r) => r.senses).map((s) => [`${s.how} ${s.codes.join()}`, s]));
    return {
      from: Math.min(...meant.map((r) => tokens[r.from]?.from ?? 0)),
      to: Math.max(...meant.map((r) => tokens[r.to - 1]?.to ?? 0)),
      senses: [...senses.values()],
      typo: false,
      ordinary: named.length === 0,
    };
  }

  /** Fangcheng County is no 防城区. */
  function withoutKindless(all: readonly Reading[]): readonly Reading[] {
    const isSure = ({ to }: Reading) => {
      const kind = tokens[to - 1]?.word ?? "";
      return KINDS.has(kind) && !KIND_OR_WORD.test(kind);
    };
    return all.filter((r) => !all.some((k) => k.from === r.from && k.to === r.to + 1 && isSure(k)));
  }

  /** A name of one written syllable (xian for 西安), or of small words only (da li), is one where a place is expected. */
  function isDoubtful({ from, to }: Reading): boolean {
    const parts = tokens.slice(from, to).map((t) => t.word);
    const isShort = parts.length === 1 && splitSyllables(parts[0] ?? "")?.length === 1;
    const isSmall = words.isOrdinary(parts, true);
    return (isShort || isSmall) && from > 0 && !WHERE.test(tokens[from - 1]?.word ?? "");
  }
}

/** A name or a small word is read whole, a longer run by its syllables. */
function cutToken(token: Token, index: LatinIndex, words: LatinWords): Token[] {
  const letters = lettersOf([token.word]);
  const syllables = splitSyllables(letters) ?? [];
  if (index.names.has(letters) || words.isOrdinary([letters], true)) return [token];
  if (letters !== token.word || syllables.length < 2) return [token];
  if (syllables.length === 2 && !words.isOrdinary(syllables, true)) return [token];
  let { from } = token;
  return syllables.map((word) => {
    const syllable = { word, from, to: from + word.length };
    from = syllable.to;
    return syllable;
  });
}

/** Readings that share a token, together. */
function overlapping(readings: readonly Reading[]): Reading[][] {
  const groups: Reading[][] = [];
  let end = 0;
  for (const reading of [...readings].sort((a, b) => a.from - b.from)) {
    if (reading.from < end) groups.at(-1)?.push(reading);
    else groups.push([reading]);
    end = Math.max(end, reading.to);
  }
  return groups;
}

function lettersOf(parts: readonly string[]): string {
  return parts.join("").replaceAll("'", "");
}
