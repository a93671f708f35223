import { expect, test } from "vitest";
import { pieces } from "../../src/telegram/calls.ts";

test("a text that fits stays whole", () => {
  expect(pieces("好")).toEqual(["好"]);
});

test("a long text is split at line ends and loses nothing else", () => {
  const text = Array.from({ length: 600 }, (_, at) => `第 ${at} 行的内容`).join("\n");
  const parts = pieces(text);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.every((part) => part.length <= 4096)).toBe(true);
  expect(parts.join("\n")).toBe(text);
});

test("an emoji is never cut in two", () => {
  const parts = pieces("🙋".repeat(5000));
  expect(parts.join("")).toBe("🙋".repeat(5000));
  expect(parts.every((part) => !/^[\uDC00-\uDFFF]/u.test(part))).toBe(true);
});
