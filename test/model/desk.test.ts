import fc from "fast-check";
import { expect, test } from "vitest";
import { realMind } from "../support/mind.ts";
import { checkLaws } from "./laws.ts";
import { tableMind } from "./mind.ts";
import { takeWalk, walk } from "./steps.ts";
import { newWorld } from "./world.ts";

/** `bench/desk/model.ts` walks ten million steps of the same model. */
const STEPS = 100_000;
const SEED = 20_261_123;

test("whatever customers, agents, faults, restarts and the clock do, nobody who wants a person is lost", async () => {
  const mind = tableMind(await realMind());
  let steps = 0;
  fc.assert(
    fc.property(walk, (taken) => {
      steps += taken.length;
      takeWalk(newWorld(mind, checkLaws), taken);
    }),
    { seed: SEED, numRuns: 560 },
  );
  expect(steps).toBeGreaterThanOrEqual(STEPS);
});
