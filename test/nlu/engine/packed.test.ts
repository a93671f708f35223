import { expect, test } from "vitest";
import {
  countOf,
  growIndex,
  numberIn,
  type PackedIndex,
  packStrings,
  stringAt,
} from "../../../src/nlu/engine/packed.ts";

const ODD = ["", "a", "wann arbor", "h维修", "😀", "\ud83d", "\ude00", "\ufffd", "\0"];
const MANY = [...ODD, ...Array.from({ length: 3_000 }, (_, i) => `&${i} ${i * 7}`)];

const packIndex = (strings: readonly string[]): PackedIndex => {
  const index = growIndex();
  for (const string of strings) index.numberOf(string);
  return index.pack(() => true);
};

test("packed strings come back as they were, lone surrogates too", () => {
  const packed = packStrings(MANY);
  expect(countOf(packed)).toBe(MANY.length);
  expect(MANY.map((_, i) => stringAt(packed, i))).toEqual(MANY);
});

test("each string of an index is found at its own number, and nothing else is found", () => {
  const index = packIndex(MANY);
  expect(MANY.map((string) => numberIn(index, string))).toEqual(MANY.map((_, i) => i));
  expect(["b", "h维", "&1", "&1 8", "\ud83d\ud83d"].map((string) => numberIn(index, string))).toEqual(
    Array(5).fill(undefined),
  );
});

test("a growing index knows a string again, and keeps what is kept in its order", () => {
  const index = growIndex();
  expect(MANY.map((string) => index.numberOf(string))).toEqual(MANY.map((_, i) => i));
  expect(MANY.map((string) => index.numberOf(string))).toEqual(MANY.map((_, i) => i));
  const kept = index.pack((i) => i % 3 === 0);
  expect(MANY.map((string) => numberIn(kept, string))).toEqual(
    MANY.map((_, i) => (i % 3 === 0 ? i / 3 : undefined)),
  );
  expect(countOf(kept)).toBe(Math.ceil(MANY.length / 3));
});

test("an empty index holds nothing", () => {
  expect(numberIn(packIndex([]), "")).toBeUndefined();
});

test("a string that meets another's slot isn't taken for it", () => {
  // Of a dozen strangers to a table of four slots, some come upon the one that is taken.
  const index = packIndex(["one"]);
  const strangers = Array.from({ length: 12 }, (_, i) => `on${i}`);
  expect(strangers.filter((string) => numberIn(index, string) !== undefined)).toEqual([]);
});
