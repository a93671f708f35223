import { expect, test } from "vitest";
import { findings, LADDERS, read } from "./fixtures/content.ts";

const FILE = "data/downgrade/ladders.yaml";

test("the steps up are handed out by sector, with their deadlines", () => {
  expect(read().knowledge?.ladders).toMatchObject([
    { sector: "telecom", steps: [{ id: "complaint", deadline: { days: 15, basis: "statutory" } }] },
  ]);
});

test("without them there is no next step to tell", () => {
  expect(findings({ [FILE]: null })).toEqual([`${FILE}:1:1  missing-file  needed: the steps up, by sector`]);
});

test.each([
  ["sector: telecom", "sector: gym", '`[0].sector` is "gym"'],
  ["basis: statutory", "basis: none", '`[0].steps[0].deadline.basis` is "none"'],
  ["days: 15", "days: 0", "is too small: expected more than 0"],
  ["unit: calendar", "unit: weeks", '`[0].steps[0].deadline.unit` is "weeks"'],
  ["id: complaint", "id: The complaint", "must be a short name"],
])("%s as %s is refused", (right, wrong, message) => {
  const [finding] = findings({ [FILE]: LADDERS.replace(right, wrong) });
  expect(finding).toContain(`${FILE}:`);
  expect(finding).toContain("downgrade-shape");
  expect(finding).toContain(message);
});
