import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { verify } from "../../src/cli/verify.ts";
import { transcriptFiles } from "../../src/telegram/transcript.ts";
import { realMind } from "../support/mind.ts";
import { NOON, newSealKey, RECORD } from "../support/record.ts";

let folder: string;
let out: string[];
let err: string[];
let key: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "zhida-verify-"));
  const files = transcriptFiles(RECORD, { at: NOON, mind: await realMind(), key: newSealKey() });
  key = files.publicKey;
  writeFileSync(join(folder, "good.html"), files.page.content);
  writeFileSync(join(folder, "good.json"), files.json.content);
  writeFileSync(join(folder, "bad.json"), files.json.content.replace('"text": "', '"text": "不'));
  writeFileSync(join(folder, "notes.txt"), "shopping list");
});
beforeEach(() => {
  out = [];
  err = [];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) =>
  verify(argv, { env: {}, out: (line) => out.push(line), err: (line) => err.push(line) });

test.each(["good.html", "good.json"])("%s is ok, with what it holds, its hash and its key", async (name) => {
  expect(await run(join(folder, name))).toBe(0);
  expect(out.join("\n")).toMatch(/^ok .*1 lines and 1 tickets as exported at 2026-11-23T12:00:05\+08:00/u);
  expect(out.join("\n")).toMatch(/sha256 [0-9a-f]{64}\npublic key [0-9a-f]{64}/u);
});

test("an altered one fails and says what can be said of it", async () => {
  expect(await run(join(folder, "bad.json"))).toBe(1);
  expect(out.join()).toMatch(/^altered .*Which line was changed can't be told/u);
});

test("with --key it must be signed with that very key", async () => {
  expect(await run(join(folder, "good.html"), "--key", key)).toBe(0);
  expect(await run(join(folder, "good.html"), "--key", key.replaceAll("a", "b"))).toBe(1);
  expect(out.join("\n")).toMatch(/altered .*signed with/u);
});

test("a file that is none of ours, one that isn't there and a call that isn't right are told apart", async () => {
  expect(await run(join(folder, "notes.txt"))).toBe(1);
  expect(err.join()).toMatch(/neither a page nor JSON/u);
  expect(await run(join(folder, "none.html"))).toBe(1);
  expect(err.join()).toMatch(/can't be read/u);
  expect(await run()).toBe(2);
});
