import { expect, test } from "vitest";
import { findings, read } from "./fixtures/content.ts";

const FILE = "data/coverage.csv";
const HEADER = "code,province,prefecture,county,township,wording\n";

test("the areas are handed out, quoted or not, with and without a byte order mark", () => {
  const csv = `${HEADER}350623,福建省,漳州市,漳浦县,,"漳州市,漳浦县"\n460400107,海南省,儋州市,,白马井镇,儋州市白马井镇\n`;
  expect(read({ [FILE]: csv }).knowledge?.coverage).toEqual([
    {
      code: "350623",
      province: "福建省",
      prefecture: "漳州市",
      county: "漳浦县",
      township: "",
      wording: "漳州市,漳浦县",
    },
    {
      code: "460400107",
      province: "海南省",
      prefecture: "儋州市",
      county: "",
      township: "白马井镇",
      wording: "儋州市白马井镇",
    },
  ]);
});

test("without the list nothing is covered, so there must be one", () => {
  expect(findings({ [FILE]: null })).toEqual([
    `${FILE}:1:1  missing-file  needed: the areas served, as code,province,prefecture,county,township,wording`,
  ]);
  expect(findings({ [FILE]: HEADER })).toEqual([
    `${FILE}:1:1  coverage-shape  no area is listed: one line each`,
  ]);
});

test("another header is refused", () => {
  expect(findings({ [FILE]: "code,name\n350623,漳浦县\n" })).toEqual([
    `${FILE}:1:1  coverage-shape  the first line must be code,province,prefecture,county,township,wording`,
  ]);
});

test.each([
  ["3506,福建省,漳州市,漳浦县,,漳浦", "1", '"3506" is not a code: 6 digits, or 9 for a township'],
  ["350623,,漳州市,漳浦县,,漳浦", "8", "the province is missing"],
  ["350623,福建省,漳州市,,,漳浦", "16", "350623 is a county: its name is missing"],
  ["350623100,福建省,漳州市,漳浦县,,漳浦", "23", "350623100 is a township: its name is missing"],
  [
    "350623,福建省,漳州市,漳浦县,绥安镇,漳浦",
    "1",
    "350623 is a county's code: a row with a township needs the township's 9 digits",
  ],
  ["350623,福建省,漳州市,漳浦县,,", "21", "the source's own wording is missing"],
  ['350623,"福建省","漳州市",漳浦县 ,,漳浦', "20", '"漳浦县 " has spaces around it: remove them'],
  ["350623,福建省,漳浦县", "1", "3 fields instead of 6: code,province,prefecture,county,township,wording"],
])("a wrong row is pointed out: %s", (row, column, message) => {
  expect(
    findings({ [FILE]: `${HEADER}350623,福建省,漳州市,漳浦县,,漳浦\n\n${row}\n` }).filter(
      (line) => !line.includes("duplicate"),
    ),
  ).toEqual([`${FILE}:4:${column}  coverage-shape  ${message}`]);
});

test("an area listed twice is pointed out", () => {
  const row = "350623,福建省,漳州市,漳浦县,,漳浦\n";
  expect(findings({ [FILE]: HEADER + row + row })).toEqual([
    `${FILE}:3:1  coverage-duplicate-code  350623 is on line 2 already: keep one`,
  ]);
});

test("broken CSV is refused where it breaks", () => {
  expect(findings({ [FILE]: `${HEADER}350623,"福建"省,漳州市,漳浦县,,漳浦\n` })).toEqual([
    expect.stringContaining(`${FILE}:2:1  coverage-shape  not valid CSV: `),
  ]);
});
