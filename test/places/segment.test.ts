import { expect, test } from "vitest";
import { segment } from "../../src/places/segment.ts";

const BITS = new Map([
  ["机会", 13],
  ["同意", 13],
  ["会同", 9],
  ["长兴县", 15],
  ["兴县", 9],
  ["长", 12],
  ["我", 20],
  ["在", 20],
]);

function cut(run: string): string[] {
  const words = segment(run, function* (from) {
    for (const [word, bits] of BITS) if (run.startsWith(word, from)) yield { to: from + word.length, bits };
  });
  return words.map(({ from, to }) => run.slice(from, to));
}

test.each([
  ["机会同意", ["机会", "同意"]],
  ["我在会同", ["我", "在", "会同"]],
  ["长兴县", ["长兴县"]],
  ["未知", ["未", "知"]],
  ["", []],
])("%s", (run, words) => {
  expect(cut(run)).toEqual(words);
});
