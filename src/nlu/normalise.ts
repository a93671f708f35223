import { Converter } from "opencc-js/t2cn";

const HAN = /\p{Script=Han}/u;
const toSimplified = Converter({ from: "t", to: "cn" });

/** What splits or decorates a character a reader sees whole: format marks, variation selectors, keycaps, skin tones. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{Emoji_Modifier}|\u20e3/gu;
const LATIN_WITH_MARK = /[\u00c0-\u024f\u1e00-\u1eff]|\p{Mn}/u;
const APOSTROPHE = /[‘’ʼ′]/g;
/** A point or colon inside a number (3.5, 8:30) breaks nothing. */
const CLAUSE_BREAK = /(?:[,;!?。、…—–―¡¿\r\n\u2028\u2029]|[.:](?!\d)|(?<!\d)[.:]|--)+/gu;
/** Kept: 400-1865-909, 2026/11/23, don't, and symbols (emoji, currency). */
const OTHER_MARK =
  /(?<!\d)[-/]|[-/](?!\d)|(?<![a-z])'|'(?![a-z])|[^\p{L}\p{N}\p{M}\p{S}%#,.:\-/']|[~^`|<>=+]/gu;
/** 转 人 工: characters spaced out one by one are one word. */
const SPACED_OUT = /(?<=(?:^|[ ,])\p{Script=Han}) (?=\p{Script=Han}(?:[ ,]|$))/gu;

/** wo3 yao4 ren2 gong1: a whole message in pinyin whose tones are digits. */
const NUMBERED_TONES = /^(?:[a-z]{0,3}[aeiouv]{1,3}(?:ng?|r)?[1-5]){2,}$/;

/** Traditional characters to simplified ones, character by character (no change of vocabulary). */
export function simplify(text: string): string {
  return HAN.test(text) ? toSimplified(text) : text;
}

/**
 * One spelling for what reads the same: NFKC, half width, simplified characters, lower case, no tone marks
 * on Latin letters (nor tone digits in a message of pinyin), no invisible characters. A break between sentences or clauses becomes one comma without
 * spaces around it, other punctuation a space; white space is single and trimmed. Emoji stay (without
 * variation or skin tone). Never throws: lone surrogates and control characters pass.
 */
export function normalise(text: string): string {
  let s = text.normalize("NFKC").replace(INVISIBLE, "").toLowerCase();
  if (LATIN_WITH_MARK.test(s)) s = foldLatin(s);
  s = simplify(s)
    .replace(APOSTROPHE, "'")
    .replace(CLAUSE_BREAK, ",")
    .replace(OTHER_MARK, " ")
    .replace(/\s+/g, " ")
    .replace(/ ?,[, ]*/g, ",")
    .replace(/^[, ]+|[, ]+$/g, "")
    .replace(SPACED_OUT, "");
  if (!/[a-z][1-5]/.test(s)) return s;
  return NUMBERED_TONES.test(s.replace(/[^a-z0-9]+/g, "")) ? s.replace(/[1-5]/g, "") : s;
}

/** zhuǎn rén gōng → zhuan ren gong; other scripts keep their marks. */
function foldLatin(s: string): string {
  return s
    .normalize("NFKD")
    .replace(/(\p{Script=Latin})\p{Mn}+/gu, "$1")
    .normalize("NFKC");
}
