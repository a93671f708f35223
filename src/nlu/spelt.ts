import { createToCharacters, type ToCharacters } from "./characters.ts";
import { textLang } from "./language.ts";
import { normalise } from "./normalise.ts";
import type { Classifier } from "./types.ts";

const HAN = /\p{Script=Han}/u;

interface Written {
  readonly examples: readonly string[];
  readonly names: readonly string[];
}

interface Ready {
  readonly known: ReadonlySet<string>;
  readonly toCharacters: ToCharacters;
}

/**
 * A classifier that reads a message in pinyin as the characters it stands for, of which there are ten times as many
 * examples; what is an example itself stays as it is (nite, arigatou). Made ready at the first such message, in 0.2 s.
 * @param written asked for then: what the classifier was trained on, and names whether any example has them or not
 */
export function withPinyin<I extends string>(
  classifier: Classifier<I>,
  written: () => Written,
): Classifier<I> {
  let ready: Ready | undefined;
  return {
    classify(text) {
      if (textLang(text) !== "pinyin") return classifier.classify(text);
      ready ??= readyFor(written());
      const { known, toCharacters } = ready;
      const readAs = known.has(normalise(text)) ? undefined : toCharacters(text);
      if (readAs === undefined) return classifier.classify(text);
      const read = classifier.classify(readAs);
      return { ...read, why: () => ({ readAs, ...read.why() }) };
    },
  };
}

function readyFor({ examples, names }: Written): Ready {
  return {
    known: new Set(examples.filter((example) => !HAN.test(example)).map(normalise)),
    toCharacters: createToCharacters([...examples, ...names]),
  };
}
