import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cutoffsOf, expireOld, startRetention } from "../src/retention.ts";
import { openStore } from "../src/store/index.ts";
import type { Store } from "../src/store/types.ts";
import { decision, line, T0 } from "./store/builders.ts";

const DAY = 24 * 3_600_000;
const days = { transcriptDays: 30, ticketsDays: 60, mediaDays: 10, finishedDays: 1 };

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "zhida-retention-"));
  store = await openStore({ url: `file:${join(folder, "zhida.db")}`, now: () => T0 });
  const lines = Array.from({ length: 450 }, (_, n) => line(`${n}`, { at: T0 - 31 * DAY }));
  await store.transaction((tx) => tx.apply(decision(7, { lines: [...lines, line("new")] }), T0));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const rooms = (expired = () => {}) => ({
  store,
  log: pino({ level: "silent" }),
  now: () => T0,
  days: () => days,
  expired,
});
const left = async () => (await store.transaction((tx) => tx.transcript(7))).map(({ text }) => text);

test("days of the configuration are counted back from now", () => {
  expect(cutoffsOf(days, T0)).toEqual({
    transcript: T0 - 30 * DAY,
    tickets: T0 - 60 * DAY,
    ids: T0 - 10 * DAY,
    finished: T0 - DAY,
  });
});

test("all that is too old goes, in more than one transaction, and no more", async () => {
  const transaction = vi.spyOn(store, "transaction");
  expect(await expireOld(rooms(), () => false)).toBe(450);
  expect(transaction.mock.calls.length).toBeGreaterThan(3);
  expect(await left()).toEqual(["new"]);
  expect(await expireOld(rooms(), () => false)).toBe(0);
});

test("told to stop, it stops between two batches", async () => {
  let looks = 0;
  expect(await expireOld(rooms(), () => ++looks > 1)).toBe(200);
  expect(await left()).toHaveLength(251);
});

test("it runs at the start, and whoever sends is told that something went", async () => {
  await new Promise<void>((resolve) => {
    const job = startRetention(rooms(() => void job.stop().then(resolve)));
  });
  expect(await left()).toEqual(["new"]);
});
