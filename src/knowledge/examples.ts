import { isAllowed } from "./allow.ts";
import type { ContentFiles } from "./content.ts";
import { error, type Finding, warning } from "./findings.ts";
import type { Example } from "./intents.ts";
import type { MeasuringRow } from "./jsonl.ts";
import { canonical, indexBigrams } from "./similarity.ts";

/** From here on two utterances are the same one with a particle more or less. */
const NEAR = 0.8;

/** The same utterance twice: in one intent it counts for nothing, in two it contradicts itself. */
export function checkDuplicates(examples: readonly Example[]): Finding[] {
  const first = new Map<string, Example>();
  return examples.flatMap((example) => {
    const key = canonical(example.text);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, example);
      return [];
    }
    const where = `${before.at.file}:${before.at.line}`;
    return before.intent === example.intent
      ? [error(example.at, "duplicate-example", `"${example.text}" stands in ${where} already: remove one`)]
      : [
          error(
            example.at,
            "duplicate-across-intents",
            `"${example.text}" is an example of ${before.intent} too (${where}): it can mean only one of them`,
          ),
        ];
  });
}

/** Nearly the same utterance in two intents: seldom meant, and it teaches the classifier to doubt. */
export function checkNearDuplicates(files: ContentFiles, examples: readonly Example[]): Finding[] {
  const texts = examples.map((example) => canonical(example.text));
  const index = indexBigrams(texts, NEAR);
  return examples.flatMap((example, i) => {
    const twin = index
      .near(texts[i] ?? "")
      // Each pair once, at the later of the two; equal texts are another rule's finding.
      .filter((other) => other.index < i && texts[other.index] !== texts[i])
      .map((other) => examples[other.index])
      .find((other) => other !== undefined && other.intent !== example.intent);
    if (twin === undefined || isAllowed(files, example.at, "near-duplicate-across-intents")) return [];
    return [
      warning(
        example.at,
        "near-duplicate-across-intents",
        `"${example.text}" is nearly "${twin.text}" of ${twin.intent} (${twin.at.file}:${twin.at.line}): ` +
          "move one, or tell them apart",
      ),
    ];
  });
}

/** A measuring set measures nothing once the examples hold its answers. */
export function checkOverlap(examples: readonly Example[], rows: readonly MeasuringRow[]): Finding[] {
  const texts = rows.map((row) => canonical(row.text));
  const index = indexBigrams(texts, NEAR);
  return examples.flatMap((example) => {
    const text = canonical(example.text);
    const [best] = index.near(text);
    const row = best && rows[best.index];
    if (row === undefined) return [];
    const copy = `"${example.text}" is ${best?.similarity === 1 ? "a copy" : "a near copy"} of`;
    const message = `${copy} ${row.at.file}:${row.at.line} ("${row.text}"): write one of your own`;
    // Nobody who writes examples can avoid 人工 or "hi": to leave them out would be the stranger choice.
    return [
      isOneWord(text)
        ? warning(example.at, "dev-overlap", message)
        : error(example.at, "dev-overlap", message),
    ];
  });
}

function isOneWord(text: string): boolean {
  return /\p{Script=Han}/u.test(text) ? [...text].length <= 3 : !text.includes(" ");
}
