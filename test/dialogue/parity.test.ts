import { expect, test } from "vitest";
import { stepsTo } from "../../src/dialogue/parity.ts";
import { readContent } from "../../src/knowledge/content.ts";
import { formatFinding } from "../../src/knowledge/findings.ts";
import { checkParity, type ParityWay } from "../../src/knowledge/parity.ts";
import { realMind } from "../support/mind.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const way = (parts: Partial<ParityWay> & Pick<ParityWay, "reached">): ParityWay => ({
  after: [],
  says: [],
  ...parts,
});

test.each<[Partial<ParityWay> & Pick<ParityWay, "reached">, number]>([
  [{ reached: "person" }, 1],
  [{ after: ["/human"], reached: "withdrawn" }, 1],
  [{ reached: "forgotten" }, 2],
  [{ after: ["移动客服说48小时内回电", "要"], reached: "unreminded" }, 1],
  [{ reached: "downgrade.hidden_entry" }, 3],
  [{ says: ["移动的套餐找不到降级入口"], reached: "downgrade.hidden_entry" }, 1],
])("the shortest way: %j takes %i", async (parts, steps) => {
  expect(stepsTo(await realMind(), way(parts))).toBe(steps);
});

test("no way of ours down, out or to a person is longer than its opposite", async () => {
  const { files } = await readContent(ROOT);
  const mind = await realMind();
  expect(checkParity(files, (each) => stepsTo(mind, each))).toEqual([]);
});

test("a way that takes more steps than its opposite is pointed out, with both", async () => {
  const mind = await realMind();
  const files = new Map([
    [
      "data/lint/parity.yaml",
      "- { name: leaving, way: { reached: forgotten }, opposite: { reached: person } }\n",
    ],
  ]);
  expect(checkParity(files, (each) => stepsTo(mind, each)).map(formatFinding)).toEqual([
    "data/lint/parity.yaml:1:25  parity  leaving: forgotten takes 2 steps, its opposite person 1 step: it may not be harder",
  ]);
});
