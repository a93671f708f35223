import { expect, test } from "vitest";
import { formatFinding } from "../../src/knowledge/findings.ts";
import { readKnowledge } from "../../src/knowledge/read.ts";
import { INTENT_IDS } from "../../src/knowledge/types.ts";
import { CONTENT_SHAPES } from "../../src/mind.ts";

const ROOT = new URL("../..", import.meta.url).pathname;

test("the bot's own content holds every rule: only facts from data/, nobody talked out of anything", async () => {
  const { knowledge, findings } = await readKnowledge(ROOT, CONTENT_SHAPES);
  expect(findings.filter(({ severity }) => severity === "error").map(formatFinding)).toEqual([]);
  expect([...(knowledge?.intents.keys() ?? [])]).toEqual(INTENT_IDS);
  expect(knowledge?.business.hotline).toMatchObject({ display: "400-1865-909", dial: "4001865909" });
});
