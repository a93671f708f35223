import type { DissuasivePhrase, Lang } from "./types.ts";

/** Where a text stands: what is harmless elsewhere is an upsell where somebody wants to go down. */
export type Surroundings = "downgrade" | "anything";

/**
 * What in a text talks a customer out of what they want (promise 4). Quoted words are others', and don't count.
 * @param lang of the text, where it is known
 */
export function dissuasiveIn(
  text: string,
  phrases: readonly DissuasivePhrase[],
  { about, lang: own }: { readonly about: Surroundings; readonly lang?: Lang },
): readonly { readonly words: string; readonly index: number; readonly instead: string }[] {
  const unquoted = withoutQuotes(text);
  return phrases.flatMap(({ lang, pattern, onlyInDowngrade, instead }) => {
    if ((own !== undefined && own !== lang) || (onlyInDowngrade && about !== "downgrade")) return [];
    const match = pattern.exec(unquoted);
    return match === null ? [] : [{ words: match[0], index: match.index, instead }];
  });
}

const QUOTES = [/「[^「」]*」/gu, /『[^『』]*』/gu, /“[^“”]*”/gu, /"[^"\n]*"/gu];

/** The text with what it quotes blanked out, every other character at its place. */
function withoutQuotes(text: string): string {
  return QUOTES.reduce(
    (rest, quote) => rest.replaceAll(quote, (quoted) => quoted.replaceAll(/[^\n]/gu, " ")),
    text,
  );
}
