import { describe, expect, test } from "vitest";
import { normalise } from "../../src/nlu/normalise.ts";
import { toneless } from "../../src/nlu/pinyin.ts";
import { counties, coverage, data, listed, parentOf, places, spelled, syllablesOf } from "./load.ts";

/** Promise 3: "covered" is never said of a place that isn't listed. Each form of each county's name, in a question. */
const FORMS: Readonly<Record<string, (county: (typeof counties)[number]) => string>> = {
  "with its city": (c) => `请问${parentOf(c.code).name}${c.name}能上门吗`,
  "short, with its city": (c) => `${parentOf(c.code).stem}${c.stem}有师傅吗`,
  "by its own name": (c) => `你们${c.name}这边修不修`,
  "by its stem": (c) => `我在${c.stem}，可以派人来吗`,
  "in pinyin": (c) => `nimen ${syllablesOf(c).join("")} neng lai ma`,
  "in spaced pinyin": (c) => `wo zai ${syllablesOf(c).join(" ")}, you shifu ma`,
  "in English": (c) => `Do you cover ${spelled(c)}, ${parentOf(c.code).pinyin}?`,
};

/** Every listed county, and of the others one in nine: all of them are asked about by `bench/places/forms.mjs`. */
const asked = counties.filter(({ code }) => listed.has(code) || Number(code) % 9 === 0);

describe.each(Object.entries(FORMS))("a county named %s", (_, question) => {
  test("is never said to be covered when it isn't listed", () => {
    const wrong = asked
      .filter((county) => !listed.has(county.code))
      .map((county) => ({ text: question(county), reading: places.read(question(county)) }))
      .filter(({ reading }) => reading.status === "covered")
      .map(({ text }) => text);
    expect(wrong).toEqual([]);
  });

  test("is found, alone or among its namesakes, when it is listed", () => {
    const missed = counties
      .filter((county) => listed.has(county.code))
      .filter((county) => !isAnswered(county.code, places.read(question(county))))
      .map(question);
    expect(missed).toEqual([]);
  });
});

test("every listed area is covered by the words of the page it's listed on", () => {
  const missed = coverage.filter(({ code, wording }) => {
    const reading = places.read(`${wording}可以上门维修吗`);
    return reading.status !== "covered" || !reading.codes.includes(code);
  });
  expect(missed).toEqual([]);
});

test("a province or city is never simply covered", () => {
  const wrong = data.divisions
    .filter(({ code }) => code.endsWith("00"))
    .filter(({ name }) => places.read(`${name}能修吗`).status === "covered");
  expect(wrong).toEqual([]);
});

test("a stem that several units share is covered only when all of them are", () => {
  const byStem = grouped(counties, ({ stem }) => stem);
  const wrong = [...byStem]
    .filter(([, units]) => units.length > 1 && units.some(({ code }) => !listed.has(code)))
    .filter(([stem]) => places.read(`${stem}能上门吗`).status === "covered");
  expect(wrong).toEqual([]);
});

test("a town of an unlisted county is never covered", () => {
  const wrong: string[] = [];
  for (const county of asked.filter(({ code }) => !listed.has(code))) {
    const towns = data.townships.get(county.code)?.replaceAll(/\d+/g, "").split(" ") ?? [];
    for (const town of towns.filter((name) => /[镇乡]$|街道$/u.test(name)).slice(0, 3)) {
      const text = `${county.name}${town}有人修吗`;
      if (places.read(text).status === "covered" && !isListedTown(county.code, town)) wrong.push(text);
    }
  }
  expect(wrong).toEqual([]);
});

test("one character written as another of the same sound still finds the county, or asks", () => {
  const homophones = grouped(
    [...data.words.keys()].filter((word) => word.length === 1),
    (character) => toneless(character)[0] ?? "",
  );
  const names = new Set(data.divisions.flatMap(({ name, stem }) => [name, stem]));
  const wrong: string[] = [];
  let tried = 0;
  for (const county of asked.filter(({ name }) => name.length > 2)) {
    const at = Number(county.code) % [...county.stem].length;
    const right = county.name[at] ?? "";
    const other = homophones.get(toneless(right)[0] ?? "")?.find((character) => character !== right);
    const written =
      other === undefined ? county.name : county.name.slice(0, at) + other + county.name.slice(at + 1);
    if (names.has(written) || normalise(written) !== written) continue;
    tried++;
    const reading = places.read(`我在${written}，师傅来吗`);
    if (reading.status === "covered" && !listed.has(county.code) && !isReal(written))
      wrong.push(`${written} for ${county.name}`);
  }
  expect(tried).toBeGreaterThan(400);
  // 淮安县 was a county's name once.
  expect(wrong.filter((line) => !line.startsWith("淮安县"))).toEqual([]);
});

function isAnswered(code: string, reading: ReturnType<typeof places.read>): boolean {
  if (reading.status === "covered") return reading.codes.includes(code);
  // 湘潭 is the city before it's the county (R6c); 朝阳 could be either: both are answers.
  const named = reading.parts.flatMap((part) =>
    [...part.candidates, ...part.listed].map((unit) => unit.code),
  );
  return named.includes(code);
}

function isListedTown(county: string, town: string): boolean {
  return coverage.some((row) => row.code.startsWith(county) && row.township === town);
}

function isReal(name: string): boolean {
  return data.former.some((row) => row.name === name);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
