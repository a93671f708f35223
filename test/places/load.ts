import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { CoverageArea } from "../../src/knowledge/types.ts";
import { normalise } from "../../src/nlu/normalise.ts";
import { toneless } from "../../src/nlu/pinyin.ts";
import { createPlaces, type Places, type PlacesData, parsePlacesData } from "../../src/places/index.ts";

const root = join(import.meta.dirname, "../..");
const area = z.object({
  code: z.string(),
  province: z.string(),
  prefecture: z.string(),
  county: z.string(),
  township: z.string(),
  wording: z.string(),
});

export const data: PlacesData = parsePlacesData((file) =>
  readFileSync(join(root, "data/places", file), "utf8"),
);
export const coverage: readonly CoverageArea[] = z
  .array(area)
  .parse(parse(readFileSync(join(root, "data/coverage.csv"), "utf8"), { columns: true }));
export const places: Places = createPlaces(data, coverage, { normalise, toneless });
export const listed: ReadonlySet<string> = new Set(coverage.map((row) => row.code));

export const counties = data.divisions.filter((division) => !division.code.endsWith("00"));
const names = new Map(data.divisions.map((division) => [division.code, division]));

/** The prefecture of a county, or its province where there's none between. */
export function parentOf(code: string): {
  readonly name: string;
  readonly stem: string;
  readonly pinyin: string;
} {
  const parent = names.get(`${code.slice(0, 4)}00`) ?? names.get(`${code.slice(0, 2)}0000`);
  if (parent === undefined) throw new Error(`${code} lies nowhere`);
  return { name: parent.name, stem: parent.stem, pinyin: spelled(parent) };
}

/** zhang pu: the syllables of a name without its kind. */
export function syllablesOf(division: {
  readonly stem: string;
  readonly readings: readonly string[];
}): string[] {
  return (division.readings[0] ?? "").split(" ").slice(0, [...division.stem].length);
}

export function spelled(division: { readonly stem: string; readonly readings: readonly string[] }): string {
  return syllablesOf(division)
    .map((syllable, i) => (i > 0 && /^[aoe]/.test(syllable) ? `'${syllable}` : syllable))
    .join("");
}

export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
