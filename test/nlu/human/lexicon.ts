import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { createHumanDetector } from "../../../src/nlu/human/detector.ts";
import { humanLexiconSchema } from "../../../src/nlu/human/lexicon.ts";

/** The lexicon as it ships. */
export const lexicon = humanLexiconSchema.parse(parse(readFileSync("data/lexicon/human.yaml", "utf8")));

export const detector = createHumanDetector(lexicon);

/** Messages by kind, from a file beside this one. */
export function messages(file: string): [kind: string, texts: string[]][] {
  return Object.entries(parse(readFileSync(`test/nlu/human/${file}`, "utf8")) as Record<string, string[]>);
}
