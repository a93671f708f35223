import { describe, expect, test } from "vitest";
import { counties, data, listed, parentOf, places } from "./load.ts";

describe("a character written as one that looks or sounds nearly like it", () => {
  test.each([
    ["临沐县有网点吗", "covered", ["临沂市临沭县"]],
    ["琢州市能上门吗", "not_listed", ["保定市涿州市"]],
    ["祟州市有师傅没", "not_listed", ["随州市", "成都市崇州市"]],
    ["杨山县修不修，宿州那个", "not_listed", ["宿州市砀山县"]],
    ["沐阳能上门吗，宿迁的", "not_listed", ["宿迁市沭阳县"]],
    ["衮州能上门吗", "not_listed", ["济宁市兖州区"]],
    ["砀三县来人不", "not_listed", ["宿州市砀山县"]],
    ["瞧城区有没有师傅", "not_listed", ["亳州市谯城区"]],
    ["务源县派人吗", "ambiguous", ["巴彦淖尔市五原县", "上饶市婺源县"]],
  ])("%s", (text, status, units) => {
    const reading = places.read(text);
    const named = reading.parts.flatMap(({ candidates }) => candidates.map((unit) => unit.full));
    expect([reading.status, named]).toEqual([status, units]);
    expect(reading.parts[0]?.recognised.how).toBe("typo");
  });

  test.each(["这三县都来吗", "附近两区有师傅没", "我们山区来不来", "密码区能修吗"])(
    "%s is no place",
    (text) => {
      expect(places.read(text).parts).toEqual([]);
    },
  );
});

/** One county in four with one of its characters written as each that looks like it, beside its city. */
const misread = counties
  .filter(({ code }) => Number(code) % 4 === 0)
  .flatMap(({ code, name, stem }) =>
    [...stem].flatMap((right, at) =>
      [...(data.lookalikes.get(right) ?? "")].map((other) => ({
        code,
        written: name.slice(0, at) + other + name.slice(at + 1),
        question: `${name.slice(0, at) + other + name.slice(at + 1)}有师傅吗，${parentOf(code).stem}的`,
      })),
    ),
  );
const real = new Set([...data.divisions, ...data.former].map(({ name }) => name));
const asked = misread
  .filter(({ written }) => !real.has(written))
  .map(({ code, question }) => ({ code, question, reading: places.read(question) }));

test("a county written with a look-alike is never covered when it isn't listed", () => {
  const wrong = asked.filter(({ code, reading }) => !listed.has(code) && reading.status === "covered");
  expect(asked.length).toBeGreaterThan(500);
  expect(wrong.map(({ question }) => question)).toEqual([]);
});

test("nine in ten listed ones are found by it beside their city", () => {
  const ours = asked.filter(({ code }) => listed.has(code));
  const found = ours.filter(({ code, reading }) => reading.codes.includes(code));
  expect(found.length).toBeGreaterThan(ours.length * 0.9);
});
