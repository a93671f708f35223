import { z } from "zod";
import type { ContentFiles } from "./content.ts";
import { error, type Finding, startOf } from "./findings.ts";
import { checkShape, text } from "./shape.ts";
import { INTENT_IDS } from "./types.ts";
import { readYaml } from "./yaml.ts";

const FILE = "data/lint/parity.yaml";

const goal = z.enum([
  "person",
  "withdrawn",
  "forgotten",
  "reminded",
  "unreminded",
  ...INTENT_IDS.filter((id) => id !== "human"),
]);
const way = z.strictObject({
  after: z.array(text).default([]),
  says: z.array(text).default([]),
  reached: goal,
});
const pairs = z.array(z.strictObject({ name: text, way, opposite: way })).min(1);

/** What a way through the conversation leads to; `repair` is a request registered, another intent its answer. */
export type ParityGoal = z.infer<typeof goal>;
export type ParityWay = z.infer<typeof way>;

/**
 * Promise 4, measured: no way down, out or to a person takes more steps than its opposite.
 * @param stepsTo the fewest steps of a way through the real conversation; undefined where there is none
 */
export function checkParity(
  files: ContentFiles,
  stepsTo: (way: ParityWay) => number | undefined,
): readonly Finding[] {
  const content = files.get(FILE);
  if (content === undefined)
    return [
      error(startOf(FILE), "missing-file", "needed: the ways that must not be longer than their opposites"),
    ];
  const { yaml, findings: syntax } = readYaml(FILE, content);
  if (yaml === undefined) return syntax;
  const { value, findings } = checkShape(yaml, pairs, "parity");
  return [
    ...findings,
    ...(value ?? []).flatMap((pair, at) => {
      const steps = stepsTo(pair.way);
      const opposite = stepsTo(pair.opposite);
      if (opposite === undefined)
        return [
          error(
            yaml.at([at, "opposite"]),
            "parity",
            `${pair.name}: no way leads to ${pair.opposite.reached}`,
          ),
        ];
      if (steps !== undefined && steps <= opposite) return [];
      const taken = steps === undefined ? "can't be reached" : `takes ${count(steps)}`;
      return [
        error(
          yaml.at([at, "way"]),
          "parity",
          `${pair.name}: ${pair.way.reached} ${taken}, its opposite ${pair.opposite.reached} ${count(opposite)}: it may not be harder`,
        ),
      ];
    }),
  ];
}

function count(steps: number): string {
  return steps === 1 ? "1 step" : `${steps} steps`;
}
