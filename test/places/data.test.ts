import { describe, expect, test } from "vitest";
import { PLACES_FILES, parsePlacesData } from "../../src/places/index.ts";
import { townshipsOf } from "../../src/places/townships.ts";
import { coverage, data } from "./load.ts";

test("the gazetteer has the provinces, and the counties of the end of 2024 with the changes since", () => {
  const provinces = data.divisions.filter(({ code }) => code.endsWith("0000"));
  const counties = data.divisions.filter(({ code }) => !code.endsWith("00"));
  expect(provinces).toHaveLength(34);
  // 2,846, less 江北区 and 渝北区, and 两江新区, 岑岭县 and 草湖市 new.
  expect(counties).toHaveLength(2847);
});

test("the list has 355 counties and 25 townships, each a unit of the gazetteer", () => {
  expect(coverage.filter(({ township }) => township === "")).toHaveLength(355);
  const townships = coverage.filter(({ township }) => township !== "");
  expect(townships).toHaveLength(25);
  const codes = new Set(data.divisions.map(({ code }) => code));
  for (const { code } of coverage.filter(({ township }) => township === "")) expect(codes).toContain(code);
  for (const { code, township } of townships) {
    const home = codes.has(code.slice(0, 6)) ? code.slice(0, 6) : `${code.slice(0, 4)}00`;
    expect(townshipsOf(data, home)).toContainEqual({ code, name: township });
  }
});

describe("a broken row stops the start and says where", () => {
  const good = Object.fromEntries(PLACES_FILES.map((file) => [file, "header\n"]));
  test.each([
    ["divisions.tsv", "header\n35\t福建省\t福建\tfu jian sheng\n", "divisions.tsv:2"],
    ["zones.tsv", "header\n横琴\tbeside\t珠海市\n", "zones.tsv:2"],
    ["former.tsv", "header\n\n龙海市\t漳州市\n", "former.tsv:3"],
  ])("%s", (file, text, where) => {
    const files: Readonly<Record<string, string>> = {
      ...good,
      "townships.tsv": "",
      "words.tsv": "",
      [file]: text,
    };
    expect(() => parsePlacesData((name) => files[name] ?? "")).toThrow(where);
  });
});
