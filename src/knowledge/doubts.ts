import { isAllowed } from "./allow.ts";
import type { ContentFiles } from "./content.ts";
import { type Finding, startOf, warning } from "./findings.ts";
import type { Example } from "./intents.ts";
import { INTENT_IDS } from "./types.ts";

const RULE = "misclassified-example";

/** What cross-validation makes of an example it gets wrong. */
export interface Doubt {
  readonly text: string;
  readonly intent: string;
  readonly takenFor: string;
}

/** A held-out example is often wrong for want of words; this many in an intent say that it overlaps another. */
const DOUBTFUL_SHARE = 0.25;

/** Every example that an engine trained on the others gets wrong. */
export function checkDoubts(
  files: ContentFiles,
  examples: readonly Example[],
  doubts: readonly Doubt[],
): Finding[] {
  return doubted(files, examples, doubts).map(({ example, takenFor }) =>
    warning(
      example.at,
      RULE,
      `"${example.text}" is taken for ${takenFor} by an engine that hasn't seen it: move it, or add more like it`,
    ),
  );
}

/** The intents with so many of them that something is wrong with the intent. */
export function checkDoubtfulIntents(
  files: ContentFiles,
  examples: readonly Example[],
  doubts: readonly Doubt[],
): Finding[] {
  const wrong = doubted(files, examples, doubts);
  return INTENT_IDS.flatMap((intent) => {
    const all = examples.filter((example) => example.intent === intent);
    const own = wrong.filter(({ example }) => example.intent === intent);
    const [first] = all;
    if (first === undefined || own.length / all.length <= DOUBTFUL_SHARE) return [];
    return [
      warning(
        startOf(first.at.file),
        RULE,
        `${own.length} of ${all.length} examples are taken for another intent (${mostly(own)}) by an engine that ` +
          "hasn't seen them: --each lists them",
      ),
    ];
  });
}

interface Doubted {
  readonly example: Example;
  readonly takenFor: string;
}

function doubted(files: ContentFiles, examples: readonly Example[], doubts: readonly Doubt[]): Doubted[] {
  const taken = new Map(doubts.map((doubt) => [keyOf(doubt), doubt.takenFor]));
  return examples.flatMap((example) => {
    const takenFor = taken.get(keyOf(example));
    return takenFor === undefined || isAllowed(files, example.at, RULE) ? [] : [{ example, takenFor }];
  });
}

function keyOf({ intent, text }: { readonly intent: string; readonly text: string }): string {
  return `${intent}\n${text}`;
}

function mostly(doubted: readonly Doubted[]): string {
  const counts = new Map<string, number>();
  for (const { takenFor } of doubted) counts.set(takenFor, (counts.get(takenFor) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([intent, count]) => `${intent} ${count}`)
    .join(", ");
}
