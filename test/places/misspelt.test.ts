import { describe, expect, test } from "vitest";
import { counties, listed, parentOf, places, syllablesOf } from "./load.ts";

describe("a misspelt name", () => {
  test.each([
    ["Is Zhangpoo county covered?", "covered", ["350623"]],
    ["Xhangpu District, Zhangzhou", "covered", ["350623"]],
    ["zhagpu xian", "covered", ["350623"]],
    ["Zhangppu", "covered", ["350623"]],
    ["do you come to Hexigtan Banner", "covered", ["150425"]],
    ["can you send someone to Zhnagpu", "covered", ["350623"]],
    ["漳州彰埔能上门吗", "covered", ["350623"]],
    ["我在漳州章普", "covered", ["350623"]],
    ["克什腾旗有师傅吗", "covered", ["150425"]],
    ["do you cover Zangpu", "ambiguous", ["310110", "350623"]],
    ["Do you cover Huangpo District", "not_listed", ["310101", "420116", "440112"]],
  ])("%s is taken for what it's nearest to: %s", (text, status, codes) => {
    const reading = places.read(text);
    const [part] = reading.parts;
    expect(reading.status).toBe(status);
    expect(part?.recognised).toEqual({ how: "typo" });
    expect(part?.candidates.map((unit) => unit.code).toSorted()).toEqual(codes);
  });

  test.each([
    "do you cover batteries",
    "DO YOU COVER BATTERIES",
    "Shipping",
    "Refund please",
    "Warranty",
    "the capital city of nowhere",
    "peijian shi yuanchang de ma",
    "at Christmas",
    "I live in Sudan",
    "do you serve Haiti",
    "do you cover Zhangmu",
    "漳州平常能修吗",
  ])("%s is no place of the gazetteer misspelt", (text) => {
    expect(places.read(text).parts.filter((part) => part.recognised.how === "typo")).toEqual([]);
  });

  test("is not sought where the name beside it has nothing like it", () => {
    expect(places.read("Xhangpu District, Shanghai").codes).not.toContain("350623");
  });
});

/** Each county's name with one slip, in a question; seeded by its code. */
const SLIPS: Readonly<Record<string, (name: string, at: number) => string>> = {
  "a letter for another": (name, at) => name.slice(0, at) + neighbour(name[at] ?? "") + name.slice(at + 1),
  "a letter left out": (name, at) => name.slice(0, at) + name.slice(at + 1),
  "two letters swapped": (name, at) =>
    name.slice(0, at) + (name[at + 1] ?? "") + (name[at] ?? "") + name.slice(at + 2),
  "a letter doubled": (name, at) => name.slice(0, at + 1) + name.slice(at),
};

const some = counties.filter(({ code }) => Number(code) % 11 === 0);

describe.each(Object.entries(SLIPS))("%s", (_, slip) => {
  const spellings = new Set(
    counties.flatMap((c) => c.readings.flatMap((r) => [r, syllablesOf({ ...c, readings: [r] }).join(" ")])),
  );
  const real = new Set([...spellings].map((s) => s.replaceAll(" ", "").replaceAll("v", "u")));
  const misspelt = some.flatMap((county) => {
    const name = syllablesOf(county).join("").replaceAll("v", "u");
    const written = slip(name, (Number(county.code) * 7) % name.length);
    if (name.length < 6 || written === name || real.has(written)) return [];
    return [{ county, written: written.charAt(0).toUpperCase() + written.slice(1) }];
  });

  test("never makes an unlisted county covered", () => {
    const wrong = misspelt
      .filter(({ county }) => !listed.has(county.code))
      .filter(({ county, written }) =>
        [`do you cover ${written}?`, `Do you come to ${written} ${kindOf(county.name)}`].some(
          (text) => places.read(text).status === "covered",
        ),
      )
      .map(({ county, written }) => `${written} for ${county.name}`);
    expect(misspelt.length).toBeGreaterThan(150);
    expect(wrong).toEqual([]);
  });

  test("still finds nine in ten listed counties beside their city", () => {
    const ours = misspelt.filter(({ county }) => listed.has(county.code));
    const readings = ours.map(({ county, written }) => ({
      codes: places.read(`do you serve ${written}, ${parentOf(county.code).pinyin}?`).codes,
      of: county.code,
    }));
    const found = readings.filter(({ of, codes }) => codes.includes(of));
    expect(found.length).toBeGreaterThan(ours.length * 0.9);
  });
});

function neighbour(letter: string): string {
  const row = "qwertyuiopasdfghjklzxcvbnm";
  return row[(row.indexOf(letter) + 1) % row.length] ?? letter;
}

function kindOf(name: string): string {
  return name.endsWith("县")
    ? "County"
    : name.endsWith("市")
      ? "City"
      : name.endsWith("区")
        ? "District"
        : "Banner";
}
