import { normalise } from "../normalise.ts";
import type { HumanDetector, HumanVerdict } from "../types.ts";
import { createGrammar, HIDDEN } from "./grammar.ts";
import type { HumanLexicon } from "./lexicon.ts";
import { createSlips } from "./slips.ts";
import { createHearing } from "./sounds.ts";

const QUOTED = /“[^”]*”|"[^"]*"|「[^」]*」|『[^』]*』|《[^》]*》|‘[^’]*’|^>.*$/gmu;
/** Symbols say nothing here, except those for a person who listens. */
const EMOJI = /(?![🙋💁👤💼])[\p{Extended_Pictographic}♀♂]/gu;
/** (づ￣3￣)づ: a face drawn with whatever the keyboard has. */
const FACE =
  /[(（](?=[^)）]*[^\p{ASCII}])[^()（）\p{Script=Han}\p{Script=Latin}\p{Extended_Pictographic}０-９]{1,10}[)）]\p{Script=Hiragana}?/gu;
/** 转转转人工, 人工人工, agenttttt: what is said again is said once. */
const REPEATED_LETTER = /(\p{Script=Han}|[a-z])\1{2,}/gu;

const ZEROS = /^0(?:[ ,]?0){2,}$/;
/** 我不要你 我要人: who begins with themselves, or with a plea after more than a word, has begun anew. */
const BEGINS_ANEW = /^(?:我|俺|咱)/u;
const PLEADS = /^(?:帮我|给我|请|麻烦)/u;
/** After a thing of some words (不会弄这个) whoever asks to be put through has begun anew. */
const ASKS = /^(?:换|转|叫|喊|找|有人|有没有|能否)/u;
const NAMED = /\p{Script=Han}{3}(?:的|[这那]个|一下|什么)$/u;
/** What ends in 投诉, or in whom a few words were said to, has ended. */
const ENDS = /(?:投诉|所问|[没有管顶]用|白[问说搭费]|[过起出回]来|\p{Script=Han}{3}(?:你们?|您|去))$/u;
/** 转人工 电话打不通: who has asked says why; 转人工 电话多少 asks for its number. */
const HAS_ASKED = /(?:转|接|换|叫|喊|要|来|派|帮我|给我)[^,]{0,5}$/u;
const IS_QUESTION = /多少|几|什么|啥|哪|多久|怎么|咋|[吗么嘛呢?？]|[没不]$/u;
/** 人工 电话打不通, but 人工 上班时间. */
const TELLS = /^(?=.*[了不没我]).{4,}$/u;
const REPEATED_WORD = /(\p{Script=Han}{2,8}?)(?: ?\1)+/gu;
const REPEATED_MESSAGE = /^(.{1,80}?)(?:[ ,]+\1)+$/u;
const BETWEEN_HAN = /(?<=\p{Script=Han}) (?=\p{Script=Han})/u;
/** 转，人，工: single characters with marks between them. */
const TORN_LETTERS = /(?<![a-z] ?)[a-z](?: [a-z]){3,}(?![a-z])/g;
const TORN = /(?<=(?:^|[ ,])\p{Script=Han})[ ,](?=\p{Script=Han}(?:[ ,]|$))/gu;

/** Nothing was asked, taken back or left open. */
const isSilent = ({ kind }: HumanVerdict) => kind === "none" || kind === "about";

/**
 * Hears a customer ask for a person, or take it back (promise 1). Rules over a lexicon: it needs no
 * trained model. Every call is pure; a message of usual length takes well under 0.1 ms.
 */
export function createHumanDetector(lexicon: HumanLexicon): HumanDetector {
  const grammar = createGrammar(lexicon);
  const hear = createHearing(lexicon, grammar.vocabulary);
  const slips = createSlips(lexicon.spelling.typos.words, [
    ...lexicon.spelling.typos.never,
    ...grammar.vocabulary.flatMap((word) => word.match(/[a-z]+/g) ?? []),
  ]);
  const lookalikes = Object.entries(lexicon.spelling.lookalikes);

  function respell(text: string): string {
    let s = text.replace(REPEATED_MESSAGE, "$1");
    for (const [wrong, right] of lookalikes) s = s.replaceAll(wrong, right);
    s = s
      .replace(ZEROS, "0")
      .replace(REPEATED_LETTER, "$1")
      .replace(REPEATED_WORD, "$1")
      .replace(/(?<=[a-z])'s\b/g, "");
    // One word alone may be a slip in English that can be read as pinyin: "mangaer".
    return (slips.meant(s) ?? hear(s)).replace(/[a-z]{4,}/g, (word) => slips.meant(word) ?? word);
  }

  /** A space between Chinese words ends a clause, unless what stands before it is unfinished (转 人工). */
  function breakClauses(text: string): string {
    if (!BETWEEN_HAN.test(text)) return text;
    let result = "";
    for (const part of text.split(/(?<=\p{Script=Han}) (?=\p{Script=Han})/u)) {
      const begins =
        BEGINS_ANEW.test(part) ||
        (PLEADS.test(part) && /\p{Script=Han}{4}$/u.test(result)) ||
        (ASKS.test(part) && NAMED.test(result)) ||
        saysWhy(result, part);
      const goesOn = !begins && !ENDS.test(result) && grammar.goesOn(result);
      result += result === "" ? part : (goesOn ? " " : ",") + part;
    }
    return result;
  }

  /** What follows a request as a clause of its own: not its object, and no question about it. */
  function saysWhy(before: string, part: string): boolean {
    if (IS_QUESTION.test(part) || !(HAS_ASKED.test(before) || TELLS.test(part))) return false;
    return grammar.read(before).kind === "request";
  }

  function read(text: string): HumanVerdict {
    const words = normalise(text.replace(FACE, " ")).replace(EMOJI, " ").replace(/ +/g, " ").trim();
    const verdict = grammar.read(breakClauses(respell(words)));
    if (verdict.kind === "request" || verdict.kind === "cancel") return verdict;
    const joined = words
      .replace(TORN_LETTERS, (letters) => letters.replaceAll(" ", "").replace(/^(.{3,}?)\1+$/, "$1"))
      .replace(TORN, "")
      .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "");
    if (joined === words) return verdict;
    const closer = grammar.read(respell(joined));
    return isSilent(closer) ? verdict : closer;
  }

  /** 我要“人工” asks; 页面写着“人工” reports. */
  function readQuotes(text: string): HumanVerdict {
    const unquoted = text.replace(QUOTED, ` ${HIDDEN} `);
    if (unquoted === text || !grammar.reports(normalise(unquoted))) return read(text);
    const verdict = read(unquoted);
    const whole = read(text);
    return !isSilent(verdict) || isSilent(whole) ? verdict : { kind: "maybe", why: `quoted, ${whole.why}` };
  }

  return { detect: readQuotes };
}
