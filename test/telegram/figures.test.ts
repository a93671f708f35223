import { beforeAll, expect, test } from "vitest";
import type { DeskRecord } from "../../src/desk/facts.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import type { Tx } from "../../src/store/types.ts";
import { keepFigures } from "../../src/telegram/desk.ts";
import { settled } from "../store/builders.ts";
import { realMind } from "../support/mind.ts";

const NOW = Date.UTC(2026, 10, 23, 2, 0);

let mind: Mind;
beforeAll(async () => {
  mind = await realMind();
});

test("pressing /transparency again and again counts the rows once a minute", async () => {
  let counted = 0;
  const deskRecord = (): Promise<DeskRecord> => {
    counted += 1;
    const promises = Array.from({ length: counted }, () => settled({ settledAt: NOW - 1000 }));
    return Promise.resolve({ tickets: [], promises, held: [] });
  };
  const tx = { deskRecord } as unknown as Tx;
  const figures = keepFigures();
  const promisedAt = async (at: number) => (await figures(tx, at, mind)).spans[0]?.service.all.promised;
  expect(await promisedAt(NOW)).toBe(1);
  for (let press = 1; press < 10; press += 1) expect(await promisedAt(NOW + press * 1000)).toBe(1);
  expect(counted).toBe(1);
  expect(await promisedAt(NOW + 60_000)).toBe(2);
});
