import { expect, test } from "vitest";
import { extract, GROUPS } from "../../../src/nlu/engine/features.ts";

const group = (text: string, name: (typeof GROUPS)[number]["name"]): readonly string[] =>
  extract(text)[GROUPS.findIndex((one) => one.name === name)] ?? [];

test("a pair is the same in either order, and by the beginnings of Latin words", () => {
  expect(group("withdrawal charged", "pairs")).toEqual(group("charges: withdrawing", "pairs"));
});

test("Chinese pairs are of characters, so that where words are cut doesn't matter", () => {
  expect(group("锁打不开", "pairs")).toContain("&开 锁");
});

test("what stands far apart is no pair", () => {
  expect(group("one two three four five six seven eight nine ten", "pairs")).not.toContain("&one ten");
});

test("the form of a text is its length and its marks, whatever it says", () => {
  expect(group("where is it？", "form")).toEqual(group("what was it?", "form"));
  expect(group("多少钱？", "form")).not.toEqual(group("多少钱", "form"));
  expect(group("钱", "form")).not.toEqual(group("我想先问一下修一次大概要多少钱", "form"));
});
