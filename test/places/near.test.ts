import { describe, expect, test } from "vitest";
import { kmBetween } from "../../src/places/km.ts";
import { counties, data, listed, places } from "./load.ts";

const near = (latitude: number, longitude: number) => places.near({ latitude, longitude });

test("the distance between two points is the great circle's", () => {
  const beijing = { latitude: 39.9042, longitude: 116.4074 };
  const shanghai = { latitude: 31.2304, longitude: 121.4737 };
  expect(kmBetween(beijing, shanghai)).toBeCloseTo(1067, -1);
  expect(kmBetween(beijing, beijing)).toBe(0);
});

describe("a point on the map", () => {
  test.each([
    ["the seat of Zhangpu", 24.117, 117.614, "350623"],
    ["a village south of it", 24.02, 117.6, "350623"],
    ["the middle of Zhengzhou's Zhongyuan", 34.748, 113.613, "410102"],
  ])("%s is first asked about as its own county", (_, latitude, longitude, code) => {
    const nearby = near(latitude, longitude);
    expect(nearby.kind).toBe("around");
    expect(nearby.kind === "around" && nearby.units.map((unit) => unit.code)).toContain(code);
    expect(nearby.kind === "around" && nearby.units.length).toBeLessThanOrEqual(3);
  });

  test("in a city without counties a listed township is offered by itself", () => {
    const nearby = near(22.38, 113.46);
    expect(nearby.kind === "around" && nearby.units.every((unit) => unit.full !== "")).toBe(true);
  });

  test("where nothing near is listed, the nearest that is comes with its distance", () => {
    const nearby = near(38.99, 88.17);
    expect(nearby.kind).toBe("far");
    if (nearby.kind !== "far") return;
    expect(nearby.units[0]?.code).toBe("652824");
    expect(nearby.listed?.km).toBeGreaterThan(100);
    expect(nearby.units.every((unit) => unit.status === "not_listed")).toBe(true);
  });

  test.each([
    ["Hong Kong", 22.3193, 114.1694],
    ["Taipei", 25.033, 121.5654],
    ["Hanoi", 21.0285, 105.8542],
    ["Vladivostok", 43.1155, 131.8855],
    ["Paris", 48.8566, 2.3522],
    ["the middle of the Pacific", 20, 160],
  ])("%s lies outside", (_, latitude, longitude) => {
    expect(near(latitude, longitude)).toEqual({ kind: "outside" });
  });
});

test("every centre names a unit or a foreign country", () => {
  const divisions = new Set(data.divisions.map(({ code }) => code));
  for (const { code, how } of data.centres) {
    if (how === "abroad") expect(code).toMatch(/^[A-Z]{2}$/);
    else expect(divisions.has(code) || code.length === 9).toBe(true);
  }
});

test("most counties, and most of the list, can be found on the map", () => {
  const known = new Set(data.centres.map(({ code }) => code));
  expect(counties.filter(({ code }) => known.has(code)).length / counties.length).toBeGreaterThan(0.89);
  const found = [...listed].filter((code) => known.has(code) || known.has(code.slice(0, 6)));
  expect(found.length / listed.size).toBeGreaterThan(0.92);
});
