import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { coverage } from "../../src/cli/coverage.ts";

let folder: string;
let out: string[];
let err: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zhida-coverage-"));
  out = [];
  err = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (argv: readonly string[]) =>
  coverage(argv, { env: {}, out: (line) => out.push(line), err: (line) => err.push(line) });

test("a published list becomes rows of data/coverage.csv", async () => {
  const file = join(folder, "list.txt");
  writeFileSync(file, "服务区域：\n漳州市漳浦县、黔东南岑巩县、天津市宝坻区\n");
  expect(await run(["import", file])).toBe(0);
  expect(out[0]).toBe("code,province,prefecture,county,township,wording");
  expect(out.slice(1).map((line) => line.split(",")[0])).toEqual(["350623", "522626", "120115"]);
});

test("what can't be resolved is said with its line and suggestions, and fails", async () => {
  const file = join(folder, "list.txt");
  writeFileSync(
    file,
    "漳州市漳浦县、天津市宝坻区、郑州市中原区\n漳州市漳蒲镇县、菏泽市成武县、巴中市巴州区\n",
  );
  expect(await run(["import", file])).toBe(1);
  expect(err.join("\n")).toMatch(/list\.txt:2 {2}unresolved {2}"漳州市漳蒲镇县"/u);
});

test("a file that can't be read, and a call that isn't right, are said", async () => {
  expect(await run(["import", join(folder, "none.txt")])).toBe(1);
  expect(err.join()).toMatch(/none\.txt can't be read/u);
  expect(await run(["export"])).toBe(2);
});
