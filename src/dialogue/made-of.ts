/** Whether a normalised text is nothing but some of the words, one after the other. */
export function isMadeOf(text: string, words: readonly string[]): boolean {
  return text === "" || startsWithOne(text, words).some((rest) => isMadeOf(rest, words));
}

/** What is left behind each of the words that a text begins with; words of Latin letters end where the text's do. */
export function startsWithOne(text: string, words: readonly string[]): string[] {
  return words.flatMap((word) => {
    if (!text.startsWith(word)) return [];
    const rest = text.slice(word.length);
    return /[a-z]$/u.test(word) && /^[a-z']/u.test(rest) ? [] : [rest.replace(/^[ ,~]+/u, "")];
  });
}
