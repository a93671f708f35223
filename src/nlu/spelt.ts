import { createToCharacters, type ToCharacters } from "./characters.ts";
import { textLang } from "./language.ts";
import { normalise } from "./normalise.ts";
import type { Classifier } from "./types.ts";

const HAN = /\p{Script=Han}/u;

/**
 * A classifier that reads a message in pinyin as the characters it stands for, of which there are ten times as many
 * examples; what is an example itself stays as it is (nite, arigatou). Made ready at the first such message, in 0.2 s.
 * @param examples what the classifier was trained on
 * @param names written in messages, whether any example has them or not
 */
export function withPinyin<I extends string>(
  classifier: Classifier<I>,
  examples: readonly string[],
  names: readonly string[],
): Classifier<I> {
  let ready: { readonly known: ReadonlySet<string>; readonly toCharacters: ToCharacters } | undefined;
  return {
    classify(text) {
      if (textLang(text) !== "pinyin") return classifier.classify(text);
      ready ??= {
        known: new Set(examples.filter((example) => !HAN.test(example)).map(normalise)),
        toCharacters: createToCharacters([...examples, ...names]),
      };
      const { known, toCharacters } = ready;
      const written = known.has(normalise(text)) ? undefined : toCharacters(text);
      if (written === undefined) return classifier.classify(text);
      const read = classifier.classify(written);
      return { ...read, why: () => ({ readAs: written, ...read.why() }) };
    },
  };
}
