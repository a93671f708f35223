import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Io } from "../../src/cli/io.ts";
import { report } from "../../src/cli/report.ts";
import { openStore } from "../../src/store/index.ts";
import { decision, T0, ticket } from "../store/builders.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zhida-report-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    env: { DATABASE_URL: `file:${join(folder, "zhida.db")}` },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  };
  return { code: await report(argv, io, T0 + 1000), out: out.join("\n"), err: err.join("\n") };
}

async function fill() {
  const store = await openStore({ url: `file:${join(folder, "zhida.db")}` });
  const asked = ticket(1, 1, { asked: "柜子里有传家宝", about: "repair", reason: "missed_twice" });
  await store.transaction((tx) => tx.apply(decision(1, { ticket: asked }), T0));
  await store.close();
}

test("tells the figures of the bot's database, and nobody's words or name", async () => {
  await fill();
  const { code, out } = await run();
  expect(code).toBe(0);
  expect(out).toMatch(/要人工 1/u);
  expect(out).not.toMatch(/传家宝|customer 1/u);
});

test("--out writes a page of it", async () => {
  await fill();
  const file = join(folder, "report.html");
  const { code, out } = await run("--out", file);
  expect([code, out]).toEqual([0, file]);
  const page = readFileSync(file, "utf8");
  expect(page).toMatch(/^<!doctype html>/u);
  expect(page).not.toMatch(/传家宝|customer 1/u);
});

test("a database that isn't there is said, not made", async () => {
  const { code, err } = await run();
  expect(code).toBe(1);
  expect(err).toMatch(/no database at .*zhida\.db.*DATABASE_URL/u);
});

test("what it doesn't know is answered with its usage", async () => {
  expect(await run("--format", "pdf")).toMatchObject({ code: 2, err: expect.stringContaining("usage") });
});
