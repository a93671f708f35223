import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startWarming } from "../src/warm.ts";
import { realMind } from "./support/mind.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("examples of requests are read in the pauses after a start, until it is stopped", async () => {
  const mind = await realMind();
  const read: string[] = [];
  const listening = {
    ...mind,
    nlu: {
      ...mind.nlu,
      human: {
        detect: (text: string) => {
          read.push(text);
          return { kind: "none" as const, why: "" };
        },
      },
    },
  };
  const stop = startWarming(listening);
  expect(read).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(read.length).toBeGreaterThan(3);
  expect(mind.knowledge.intents.get("human")?.examples.zh).toContain(read[0]);
  stop();
  const soFar = read.length;
  vi.advanceTimersByTime(10_000);
  expect(read).toHaveLength(soFar);
});
