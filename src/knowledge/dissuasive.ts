import type { Dissuasion, Lang } from "./types.ts";

/** Where a text stands: what is harmless elsewhere is an upsell where somebody wants to go down. */
export type Surroundings = "downgrade" | "anything";

/**
 * What in a text talks a customer out of what they want (promise 4). Words that are quoted as others' don't count;
 * in quotation marks alone they do.
 * @param lang of the text, where it is known
 */
export function dissuasiveIn(
  text: string,
  { phrases, reports }: Dissuasion,
  { about, lang: own }: { readonly about: Surroundings; readonly lang?: Lang },
): readonly { readonly words: string; readonly index: number; readonly instead: string }[] {
  const unquoted = withoutReports(text, reports);
  return phrases.flatMap(({ lang, pattern, onlyInDowngrade, instead }) => {
    if ((own !== undefined && own !== lang) || (onlyInDowngrade && about !== "downgrade")) return [];
    const match = pattern.exec(unquoted);
    return match === null ? [] : [{ words: match[0], index: match.index, instead }];
  });
}

const QUOTE = /「[^「」]*」|『[^『』]*』|“[^“”]*”|"[^"\n]*"/gu;
const SENTENCE_END = /[。！？!?\n]|\.\s/u;

/** The text with the words it reports blanked out, every other character at its place. */
function withoutReports(text: string, reports: readonly RegExp[]): string {
  return text.replaceAll(QUOTE, (quoted, at: number) => {
    const before = text.slice(0, at).replaceAll(QUOTE, "").split(SENTENCE_END).at(-1) ?? "";
    const [behind = ""] = text.slice(at + quoted.length).split(SENTENCE_END);
    const sentence = `${before}“”${behind}`;
    if (!reports.some((report) => report.test(sentence))) return quoted;
    return quoted.replaceAll(/[^\n]/gu, " ");
  });
}
