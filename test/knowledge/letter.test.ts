import { expect, test } from "vitest";
import { findings, LETTER, RIGHTS, read } from "./fixtures/content.ts";

const FILE = "data/downgrade/letter.yaml";
const RIGHTS_FILE = "data/downgrade/rights.yaml";

test("the letter is handed out with the law it cites, and the day that was checked", () => {
  const letter = read().knowledge?.letter;
  expect(letter?.template.sectors.telecom.statutes).toEqual(["choose"]);
  expect(letter?.statutes.get("choose")).toMatchObject({
    law: "消费者权益保护法",
    article: "第九条",
    checked_on: "2026-11-22",
  });
});

test("a right that isn't in rights.yaml is pointed out where it is cited", () => {
  expect(findings({ [FILE]: LETTER.replace("statutes: [choose]", "statutes: [choose, chose]") })).toEqual([
    `${FILE}:13:86  unknown-right  chose is no right with a law, an article and a text in ${RIGHTS_FILE}: add it, or correct its name`,
  ]);
});

test("a right without its text can't be cited", () => {
  const without = RIGHTS.replace("  text: 消费者享有选择权\n", "");
  expect(findings({ [RIGHTS_FILE]: without })).toContainEqual(
    expect.stringContaining("unknown-right  choose"),
  );
});

test("a placeholder that is no slot is pointed out in both languages", () => {
  const wrong = LETTER.replace("日期：{date}", "日期：{day}").replace("Date: {date}", "Date: {day}");
  expect(findings({ [FILE]: wrong })).toEqual([
    `${FILE}:23:11  unknown-placeholder  {day} is no slot of the letter: it has {provider} {to} {date} {entries} {blank}`,
    `${FILE}:23:27  unknown-placeholder  {day} is no slot of the letter: it has {provider} {to} {date} {entries} {blank}`,
  ]);
});

test("both languages take the same slots", () => {
  expect(findings({ [FILE]: LETTER.replace("Date: {date}", "Date") })).toEqual([
    `${FILE}:23:28  placeholder-mismatch  the en text leaves {date} out: both languages say the same thing`,
  ]);
});

test.each([
  ["en: Whom? }", "}", "4:5", "slots[0].ask.en"],
  ["label: { zh: 投诉对象, en: Provider }", "label: { en: Provider }", "5:12", "slots[0].label.zh"],
])("a missing language is pointed out: %s", (from, to, _, path) => {
  expect(findings({ [FILE]: LETTER.replace(from, to) })).toContainEqual(
    expect.stringMatching(
      new RegExp(`letter-shape  .${path.replaceAll(/[[\].]/gu, "\\$&")}. is missing`, "u"),
    ),
  );
});

test("a recipient that isn't described is pointed out", () => {
  expect(findings({ [FILE]: LETTER.replace("recipients: [company]", "recipients: [firm]") })).toEqual([
    `${FILE}:13:57  letter-shape  firm is not in \`recipients\``,
  ]);
});

test("what is asked for must stand in the letter, and is asked once", () => {
  const slot = "  - slot: name\n    label: { zh: 姓名, en: Name }\n    ask: { zh: 姓名？, en: Name? }\n";
  expect(findings({ [FILE]: LETTER.replace("recipients:\n", `${slot}recipients:\n`) })).toEqual([
    `${FILE}:7:11  letter-shape  name is asked for and stands in no line: use {name}, or don't ask`,
  ]);
  const twice = slot.replace("slot: name", "slot: provider");
  expect(findings({ [FILE]: LETTER.replace("recipients:\n", `${twice}recipients:\n`) })).toEqual([
    `${FILE}:7:11  letter-shape  provider is asked twice: keep one`,
  ]);
});

test("where to hand it in is a fact like any other: without its source it is refused", () => {
  expect(findings({ [FILE]: LETTER.replace("source: [S1]", "source: [S9]") })).toEqual([
    expect.stringContaining("unknown-source  S9"),
  ]);
});

test("without the letter the content is refused", () => {
  expect(findings({ [FILE]: null })).toEqual([`${FILE}:1:1  missing-file  needed: the complaint letter`]);
});
