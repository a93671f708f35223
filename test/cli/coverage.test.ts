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

/** 漳州市漳浦县 in GB 18030, as a spreadsheet saves it. */
const GBK = [213, 196, 214, 221, 202, 208, 213, 196, 198, 214, 207, 216];

test.each([
  ["UTF-8 with its mark", Buffer.from("\ufeff漳州市漳浦县\r\n")],
  ["UTF-16", Buffer.from("\ufeff漳州市漳浦县", "utf16le")],
  ["GB 18030", Buffer.from(GBK)],
])("a list saved as %s is read", async (_, bytes) => {
  const file = join(folder, "list.txt");
  writeFileSync(file, bytes);
  expect(await run(["import", file])).toBe(0);
  expect(out[1]).toMatch(/^350623,/u);
});

test.each([
  ["a spreadsheet", Buffer.from("PK\u0003\u0004\u0000\u0000"), /no text: save the sheet/u],
  ["an empty file", Buffer.from(""), /names no areas/u],
  ["a page without areas", Buffer.from("我们服务好\n电话400"), /names no areas/u],
])("%s is said to be what it is, and prints no rows", async (_, bytes, says) => {
  const file = join(folder, "list.txt");
  writeFileSync(file, bytes);
  expect(await run(["import", file])).toBe(1);
  expect(err.join()).toMatch(says);
  expect(out).toEqual([]);
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
