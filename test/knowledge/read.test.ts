import { rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readContent, versionOf } from "../../src/knowledge/content.ts";
import { formatFinding, sortFindings } from "../../src/knowledge/findings.ts";
import { readKnowledge } from "../../src/knowledge/read.ts";
import { findings, linesOf, read, SHAPES, writeContent, writeInto } from "./fixtures/content.ts";

test("a sound content directory becomes knowledge", async () => {
  const { knowledge, findings } = await readKnowledge(await writeContent(), SHAPES);
  expect(findings).toEqual([]);
  expect(knowledge?.intents.size).toBe(30);
  expect(knowledge?.humanLexicon).toEqual({ words: ["人工"] });
  expect(knowledge?.places).toEqual({ text: "350623\t漳浦县\n" });
});

test("all findings are collected, in order of file and line", () => {
  expect(
    findings({ "intents/hours.yaml": null, "data/coverage.csv": "x\n", "data/strings/chat.yaml": "" }),
  ).toEqual([
    expect.stringContaining("data/coverage.csv:1:1  coverage-shape"),
    expect.stringContaining("data/strings/chat.yaml:1:1  strings-shape"),
    expect.stringContaining("intents/hours.yaml:1:1  missing-file"),
  ]);
});

test("the lexicon is held against the shape its room gives", () => {
  expect(findings({ "data/lexicon/human.yaml": "words: 人工\n" })).toEqual([
    'data/lexicon/human.yaml:1:8  human-lexicon-shape  `words` is "人工": expected a list',
  ]);
  expect(findings({ "data/lexicon/human.yaml": null })).toEqual([
    "data/lexicon/human.yaml:1:1  missing-file  needed: how people ask for a person",
  ]);
});

test("what the places room can't parse is a finding at its line", () => {
  expect(findings({ "data/places/counties.tsv": "350623" })).toEqual([
    "data/places/counties.tsv:2:1  places-shape  no tab",
  ]);
  expect(findings({ "data/places/counties.tsv": null })).toEqual([
    "data/places/counties.tsv:1:1  places-shape  is missing",
  ]);
});

test("a directory without content says what to do", async () => {
  const dir = await writeContent();
  await rm(join(dir, "intents"), { recursive: true });
  const { knowledge, findings } = await readKnowledge(dir, SHAPES);
  expect(knowledge).toBeUndefined();
  expect(linesOf(findings)).toContain(
    `intents:1:1  unreadable  ${join(dir, "intents")} does not exist: ` +
      "CONTENT_DIR must name the directory that holds intents/ and data/",
  );
});

test("a file that can't be read is named with the reason", async () => {
  const dir = await writeContent();
  await rm(join(dir, "data/business.yaml"));
  await symlink("business.yaml", join(dir, "data/business.yaml"));
  const { findings } = await readContent(dir);
  expect(linesOf(findings)).toEqual([
    `data/business.yaml:1:1  unreadable  ${join(dir, "data/business.yaml")} can't be read (ELOOP): check the file system`,
  ]);
});

test("a file in another encoding is refused, not garbled", async () => {
  const dir = await writeContent();
  await writeFile(join(dir, "data/strings/chat.yaml"), Buffer.from([0xc4, 0xfa, 0xba, 0xc3]));
  const { findings } = await readContent(dir);
  expect(linesOf(findings)).toEqual([
    "data/strings/chat.yaml:1:1  not-utf8  not UTF-8: save the file as UTF-8",
  ]);
});

test("byte order marks, Windows line ends and symbolic links make no difference", async () => {
  const plain = await writeContent();
  const other = await writeContent();
  await writeInto(other, {
    "data/real.csv": `\uFEFF${(await readContent(plain)).files.get("data/coverage.csv")?.replaceAll("\n", "\r\n")}`,
  });
  await rm(join(other, "data/coverage.csv"));
  await symlink(join(other, "data/real.csv"), join(other, "data/coverage.csv"));
  const texts = [plain, other].map(async (dir) => (await readContent(dir)).files.get("data/coverage.csv"));
  const [a, b] = await Promise.all(texts);
  expect(b).toBe(a);
});

test("hidden files and what editors leave behind are no content", async () => {
  const dir = await writeContent();
  const before = await readContent(dir);
  await writeInto(dir, {
    "intents/.hours.yaml.swp": "x",
    "intents/hours.yaml~": "x",
    "data/.git/config": "x",
  });
  expect(versionOf((await readContent(dir)).files)).toBe(versionOf(before.files));
});

test("the version is the content's: the same in another directory, another for any change", async () => {
  const version = async (changes = {}) =>
    (await readKnowledge(await writeContent(changes), SHAPES)).knowledge?.version;
  const first = await version();
  expect(first).toMatch(/^[0-9a-f]{64}$/u);
  expect(await version()).toBe(first);
  expect(await version({ "data/lexicon/human.yaml": "words: [人工, 真人]\n" })).not.toBe(first);
});

test("text moved from one file to the next is another version", () => {
  const version = (a: string, b: string) =>
    versionOf(
      new Map([
        ["a", a],
        ["b", b],
      ]),
    );
  expect(version("xy", "z")).not.toBe(version("x", "yz"));
});

test("knowledge can't be changed", () => {
  const { knowledge } = read();
  expect(() => Object.assign(knowledge ?? {}, { version: "mine" })).toThrow(TypeError);
});

test("a finding is one line, and says when it is only a warning", () => {
  const at = { file: "a.yaml", line: 3, column: 5, rule: "thin-intent" } as const;
  expect(formatFinding({ ...at, severity: "error", message: "first\n  second" })).toBe(
    "a.yaml:3:5  thin-intent  first second",
  );
  expect(formatFinding({ ...at, severity: "warning", message: "few" })).toBe(
    "a.yaml:3:5  thin-intent  warning: few",
  );
});

test("findings are in order of line numbers, not of their digits", () => {
  const at = (file: string, line: number, column: number) =>
    ({ file, line, column, rule: "thin-intent", severity: "error", message: "" }) as const;
  const sorted = sortFindings([at("b", 1, 1), at("a", 10, 1), at("a", 9, 7), at("a", 9, 2)]);
  expect(sorted.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
    "a:9:2",
    "a:9:7",
    "a:10:1",
    "b:1:1",
  ]);
});
