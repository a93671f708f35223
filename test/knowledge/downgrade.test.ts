import { expect, test } from "vitest";
import { checkStale } from "../../src/knowledge/downgrade.ts";
import { findings, linesOf, RIGHTS, read } from "./fixtures/content.ts";

const FILE = "data/downgrade/rights.yaml";

test("the guide's files are handed out by name", () => {
  const guide = read().knowledge?.downgrade;
  expect([...(guide?.keys() ?? [])].toSorted()).toEqual([
    "ladders",
    "letter",
    "obstacles",
    "rights",
    "sources",
  ]);
  expect(guide?.get("sources")).toMatchObject({ S1: { title: "消费者权益保护法" } });
});

test("a fact that rests on an unknown source is pointed out", () => {
  expect(findings({ [FILE]: RIGHTS.replace("[S1]", "[S1, S9]") })).toEqual([
    `${FILE}:3:11  unknown-source  S9 is not in data/downgrade/sources.yaml: add it`,
  ]);
});

test("a fact of low confidence may not be stated", () => {
  expect(findings({ [FILE]: RIGHTS.replace("confidence: H", "confidence: L") })).toEqual([
    expect.stringContaining(`${FILE}:4:15  weak-source  confidence is L: only H`),
  ]);
});

test.each(["source: [S1]", "confidence: H", 'checked_on: "2026-11-22"', 'review_after: "2027-05-22"'])(
  "a fact without its %s is pointed out",
  (line) => {
    const key = line.split(":")[0];
    expect(findings({ [FILE]: RIGHTS.replace(`  ${line}\n`, "") })).toEqual([
      expect.stringContaining(`${FILE}:1:3  downgrade-shape  \`${key}\` is `),
    ]);
  },
);

test("a date that is none is pointed out", () => {
  expect(findings({ [FILE]: RIGHTS.replace("2026-11-22", "Nov 2026") })).toEqual([
    `${FILE}:5:15  downgrade-shape  \`checked_on\` must be a date like 2026-11-22`,
  ]);
});

test("a source that was not read, or is itself weak, is refused", () => {
  const sources = "S1: { title: 消费者权益保护法, title_en: Consumer Law, where: 公报, confidence: L }\n";
  expect(findings({ "data/downgrade/sources.yaml": sources })).toEqual([
    "data/downgrade/sources.yaml:1:5  downgrade-shape  `S1.seen` is missing: expected text",
    'data/downgrade/sources.yaml:1:71  downgrade-shape  `S1.confidence` is "L": expected H, M',
  ]);
});

test("without its sources the guide is refused", () => {
  expect(findings({ "data/downgrade/sources.yaml": null })).toContain(
    "data/downgrade/sources.yaml:1:1  missing-file  needed: the sources that the guide rests on, by id",
  );
});

test("a fact past its review date is stale for a check, and never keeps the bot from starting", () => {
  const { facts, knowledge } = read();
  expect(linesOf(checkStale(facts, "2027-05-22"))).toEqual([]);
  expect(linesOf(checkStale(facts, "2027-05-23"))).toEqual([
    `${FILE}:6:17  stale-fact  was to be reviewed after 2027-05-22: check it again, then move both dates`,
  ]);
  expect(knowledge).toBeDefined();
});
