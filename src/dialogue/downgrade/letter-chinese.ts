import type { CaseFact } from "./case.ts";
import type { DowngradeLexicon } from "./lexicon.ts";
import { planInChinese } from "./plans.ts";

/** Names stand as they are, whatever their script. */
const NAMES: ReadonlySet<CaseFact> = new Set<CaseFact>(["name", "provider", "account", "number", "phone"]);

/**
 * A fact as a Chinese letter says it: what an English customer told in figures is put into Chinese, any other words
 * of theirs stand in quotation marks, so that whoever reads it sees that they are quoted.
 */
export function inChinese(fact: CaseFact, told: string, lexicon: DowngradeLexicon): string {
  if (NAMES.has(fact)) return told;
  switch (fact) {
    case "plan":
    case "target":
      return quotedEnglish(planInChinese(told));
    case "channel":
      return channelInChinese(told, lexicon);
    case "waited":
    case "attempts":
      return quotedEnglish(countInChinese(told));
    case "happened":
      // 2026-11-20（by phone, in the evening）: the words behind the date.
      return told.replace(/（([^（）]+)）$/u, (_, words: string) => `（${quotedEnglish(words)}）`);
    default:
      return quotedEnglish(told);
  }
}

const HAN = /\p{Script=Han}/u;

/** English words, in the quotation marks of the text they stand in; anything that holds Chinese as it is. */
export function quotedEnglish(words: string): string {
  return /[a-z]{2}/iu.test(words) && !HAN.test(words) && !/^[A-Z]{2,5}\d?$/u.test(words)
    ? `“${words}”`
    : words;
}

function channelInChinese(told: string, { channels_in_chinese: channels }: DowngradeLexicon): string {
  const said = told.toLowerCase();
  const known = Object.entries(channels).find(([, words]) => words.includes(said));
  return known?.[0] ?? quotedEnglish(told);
}

const COUNTS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const COUNT = `(\\d+(?:\\.\\d+)?|an?|${COUNTS.join("|")})`;
const UNITS = [
  ["分钟", "min(?:ute)?s?"],
  ["小时", "hours?|hrs?"],
  ["天", "days?"],
  ["周", "weeks?"],
] as const;

/** 40 minutes → 40分钟, "called 10086 three times" → 3次; what is neither stays. */
function countInChinese(told: string): string {
  const times = new RegExp(`\\b${COUNT}\\s+times\\b`, "iu").exec(told)?.[1];
  if (times !== undefined) return `${figure(times)}次`;
  if (/\btwice\b/iu.test(told)) return "2次";
  if (/\bonce\b/iu.test(told)) return "1次";
  return UNITS.reduce(
    (text, [unit, words]) =>
      text.replace(
        new RegExp(`\\b${COUNT}[\\s-]?(?:${words})\\b(?:\\s+and\\s+)?`, "iu"),
        (_, count: string) => `${figure(count)}${unit}`,
      ),
    told,
  ).trim();
}

function figure(count: string): string {
  const word = count.toLowerCase();
  const known = COUNTS.indexOf(word) + 1;
  return word === "a" || word === "an" ? "1" : known > 0 ? `${known}` : count;
}
