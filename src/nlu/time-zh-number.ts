/** A number as people write it in Chinese: digits, or words up to ninety-nine. */
export const NUMBER = "(?:\\d{1,4}|[一二两三四五六七八九十]{1,3})";

const DIGITS = "零一二三四五六七八九";

/** 15, 十五, 二十, 两; undefined for what is no number (一五). */
export function numberOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (/^\d+(?:\.\d+)?$/u.test(word)) return Number(word);
  const [tens, ones, ...rest] = word.replace("两", "二").split("十");
  if (tens === undefined || rest.length > 0) return undefined;
  if (ones === undefined) return digit(tens);
  const high = tens === "" ? 1 : digit(tens);
  const low = ones === "" ? 0 : digit(ones);
  return high === undefined || low === undefined ? undefined : high * 10 + low;
}

function digit(word: string): number | undefined {
  const found = word.length === 1 ? DIGITS.indexOf(word) : -1;
  return found < 0 ? undefined : found;
}
