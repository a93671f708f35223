const HAN = /\p{Script=Han}/u;
/** Letters of a message that may mean nothing by itself. */
const FEW = { zh: 16, en: 48 } as const;

/** Whether a text has so many letters at most; a Chinese character says as much as a word. */
export function isWithin(text: string, most: { readonly zh: number; readonly en: number }): boolean {
  return text.length <= (HAN.test(text) ? most.zh : most.en);
}

/** Whether a message is only a few words. */
export function isShort(text: string): boolean {
  return isWithin(text, FEW);
}
