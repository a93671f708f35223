import { expect, test } from "vitest";
import { inContext } from "../../src/dialogue/context.ts";
import { understand } from "../../src/dialogue/understand.ts";
import { realMind } from "../support/mind.ts";

const mind = await realMind();
const heard = {
  ...understand("", mind),
  ranked: [
    { intent: "hotline", confidence: 0.4 },
    { intent: "downgrade.complain", confidence: 0.2 },
    { intent: "privacy", confidence: 0.1 },
  ],
} as const;
const chances = (topic: Parameters<typeof inContext>[1]) =>
  Object.fromEntries(inContext(heard, topic).ranked.map(({ intent, confidence }) => [intent, confidence]));

test("after a dispute, the guide is likelier than our own service, and neither is ruled out", () => {
  const { hotline = 0, "downgrade.complain": complain = 0, privacy = 0 } = chances("downgrade.rights");
  expect(inContext(heard, "downgrade.rights").ranked[0]?.intent).toBe("downgrade.complain");
  expect(complain / hotline).toBeCloseTo(4.5);
  expect(privacy / hotline).toBeCloseTo(0.25);
});

test("what was talked of leaves as much room for none of these", () => {
  const sum = Object.values(chances("coverage")).reduce((one, other) => one + other, 0);
  expect(sum).toBeLessThan(1);
  expect(chances("coverage").hotline).toBeGreaterThan(0.4);
});

test("a question of its own is likelier to be gone on with than to be left", () => {
  const { hotline = 0, privacy = 0 } = chances("privacy");
  expect(privacy).toBeGreaterThan(hotline);
});

test("small talk before it, or nothing: the words alone count", () => {
  for (const topic of [null, "thanks", "human.cancel"] as const)
    expect(inContext(heard, topic)).toEqual(heard);
});
