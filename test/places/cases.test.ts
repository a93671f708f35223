import { describe, expect, test } from "vitest";
import { places, readText } from "./load.ts";

/** What a right answer is to each of six hundred questions, by data/coverage/RULES.md: kind, text, status, codes. */
const cases = readText("test/places/cases.tsv")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [kind = "", text = "", status = "", codes = ""] = line.split("\t");
    return { kind, text, status, codes: codes === "" ? [] : codes.split(",") };
  });

describe.each([...new Set(cases.map((c) => c.kind))])("%s", (kind) => {
  test.each(cases.filter((c) => c.kind === kind))("$text: $status", ({ text, status, codes }) => {
    const reading = places.read(text);
    expect(reading.status).toBe(status);
    // Which one? needs no codes.
    if (status !== "ambiguous") expect([...reading.codes].sort()).toEqual([...codes].sort());
  });
});
