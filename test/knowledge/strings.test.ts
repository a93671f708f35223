import { expect, test } from "vitest";
import { findings } from "./fixtures/content.ts";

const FILE = "data/strings/chat.yaml";
const HELLO = "hello: { zh: 您好, en: Hello }\n";
const OPENED = 'ticket.opened: { zh: "工单 #{number}", en: "Ticket #{number}" }\n';

test("a string in one language only is pointed out", () => {
  expect(findings({ [FILE]: `hello: { zh: 您好 }\n${OPENED}` })).toEqual([
    `${FILE}:1:8  string-missing-language  \`hello.en\` is missing: expected text`,
  ]);
});

test("a string that is no pair of languages is pointed out", () => {
  expect(findings({ [FILE]: `hello: 您好\n${OPENED}` })).toEqual([
    `${FILE}:1:8  strings-shape  \`hello\` is "您好": expected a map`,
  ]);
});

test("a string that the code says and nobody wrote is named", () => {
  expect(findings({ [FILE]: HELLO })).toEqual([
    "data/strings/:1:1  string-missing  ticket.opened is used by the code: write it in zh and en",
  ]);
});

test("a string that the code never says is pointed out", () => {
  expect(findings({ [FILE]: `${HELLO}${OPENED}bye: { zh: 再见, en: Bye }\n` })).toEqual([
    `${FILE}:3:1  string-unused  nothing in the code says bye: remove it, or correct its name`,
  ]);
});

test("a name that every object has is no string of the code", () => {
  expect(findings({ [FILE]: `${HELLO}${OPENED}constructor: { zh: 再见, en: Bye }\n` })).toEqual([
    expect.stringContaining(`${FILE}:3:1  string-unused`),
  ]);
});

test("the same string twice is pointed out, in one file or in two", () => {
  expect(findings({ [FILE]: HELLO + HELLO + OPENED })).toEqual([
    `${FILE}:2:1  duplicate-key  this key stands twice in one map: keep one of them`,
  ]);
  expect(findings({ "data/strings/desk.yaml": HELLO })).toEqual([
    `data/strings/desk.yaml:1:1  string-defined-twice  hello is defined in ${FILE}:1 already: keep one`,
  ]);
});

test("a placeholder left out of one language is pointed out there", () => {
  expect(findings({ [FILE]: `${HELLO}ticket.opened: { zh: "工单 #{number}", en: "Ticket" }\n` })).toEqual([
    `${FILE}:2:42  placeholder-mismatch  the en text leaves {number} out: both languages say the same thing`,
  ]);
});

test("a placeholder that is never filled is pointed out; the business facts always are", () => {
  expect(
    findings({ [FILE]: `hello: { zh: "{brand}您好{name}", en: "Hello, {hotline}" }\n${OPENED}` }),
  ).toEqual([
    expect.stringMatching(
      /^data\/strings\/chat\.yaml:1:14 {2}unknown-placeholder {2}\{name\} is never filled/u,
    ),
  ]);
});

test("strings in other formats are not passed over in silence", () => {
  expect(findings({ "data/strings/more.json": "{}" })).toEqual([
    "data/strings/more.json:1:1  unknown-file  strings are read from *.yaml only",
  ]);
});

test("broken YAML is one finding where it breaks, with the advice that mostly helps", () => {
  expect(findings({ [FILE]: "hello:\n  zh: 您好\n  en: e.g.: hello\n" })).toEqual([
    `${FILE}:3:7  yaml-syntax  not valid YAML: Nested mappings are not allowed in compact mappings. ` +
      'A text that holds ": " must be in quotes',
  ]);
});
