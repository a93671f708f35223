import { pinyin } from "pinyin-pro";

const HAN_RUN = /\p{Script=Han}+/gu;
const cache = new Map<string, string>();

/**
 * The toneless reading of one character out of context (转 → "zhuan", ü as "v"); "" for what isn't Han.
 * Cached: a first look-up costs about 20 µs, a repeated one nothing.
 */
export function syllable(char: string): string {
  let reading = cache.get(char);
  if (reading === undefined) {
    reading = /^\p{Script=Han}$/u.test(char) ? (read(char)[0] ?? "") : "";
    cache.set(char, reading);
  }
  return reading;
}

/**
 * One toneless syllable per Han character, read in context (重庆 → chong qing, 重量 → zhong liang);
 * other characters are skipped. A character without a known reading stands for itself.
 */
export function toneless(text: string): string[] {
  return (text.match(HAN_RUN) ?? []).flatMap((run) => (run.length === 1 ? [syllable(run)] : read(run)));
}

function read(run: string): string[] {
  return pinyin(run, { toneType: "none", type: "array", v: true });
}
