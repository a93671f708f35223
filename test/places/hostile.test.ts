import { expect, test } from "vitest";
import { places } from "./load.ts";

/** Texts on which a pattern that backtracks never ends: each word of a question over and over, and then another. */
const WORDS = [
  "不是",
  "有没有",
  "能不能",
  "我说的是",
  "什么",
  "这边那边",
  "的了吗",
  "nimen qu ",
  "and or in ",
  "请问一下",
];

test.each(WORDS)("%s said thirty times over is read at once", (word) => {
  expect(places.read(`漳浦${word.repeat(30)}甲`).status).toBe("covered");
  expect(places.read(`${word.repeat(30)}甲`).status).toBe("not_a_place");
  expect(places.read(`你们${word.repeat(15)}漳普${word.repeat(15)}`)).toBeDefined();
});
