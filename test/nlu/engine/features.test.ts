import { expect, test } from "vitest";
import { ALONE } from "../../../src/nlu/engine/couples.ts";
import { createReader, extract, GROUPS } from "../../../src/nlu/engine/features.ts";

const names: string[] = [];
const read = createReader((unit) => (names.includes(unit) ? names.indexOf(unit) : names.push(unit) - 1));

/** The features of one group by the names of their units. */
function group(text: string, name: (typeof GROUPS)[number]["name"]): readonly string[] {
  const found = extract(text, read)[GROUPS.findIndex((one) => one.name === name)] ?? [];
  return Array.from({ length: found.length / 2 }, (_, i) =>
    found
      .slice(2 * i, 2 * i + 2)
      .filter((unit) => unit !== ALONE)
      .map((unit) => names[unit])
      .join(" "),
  );
}

test("a pair is the same in either order, and by the beginnings of Latin words", () => {
  expect(group("withdrawal charged", "pairs")).toEqual(group("charges: withdrawing", "pairs"));
});

test("Chinese pairs are of characters, so that where words are cut doesn't matter", () => {
  expect(group("锁打不开", "pairs")).toContain("&锁 &开");
});

test("what stands far apart is no pair", () => {
  expect(group("one two three four five six seven eight nine ten", "pairs")).not.toContain("&one &ten");
});

test("the form of a text is its length and its marks, whatever it says", () => {
  expect(group("where is it？", "form")).toEqual(group("what was it?", "form"));
  expect(group("多少钱？", "form")).not.toEqual(group("多少钱", "form"));
  expect(group("钱", "form")).not.toEqual(group("我想先问一下修一次大概要多少钱", "form"));
});

test("pinyin typed alone sounds like the Chinese that it stands for; beside English it is none", () => {
  const spoken = group("转人工", "sounds");
  expect(group("zhuan rengong", "sounds")).toEqual(spoken);
  expect(group("please zhuan rengong", "sounds")).toEqual([]);
});

test("what stands between Chinese words parts their characters", () => {
  expect(group("维修5电话", "han")).not.toContain("h修 h电");
});
