import { describe, expect, test } from "vitest";
import { afterQuiet, isTooFar, onDay } from "../../src/desk/reminders.ts";

const ZONE = "Asia/Shanghai";
/** Asia/Shanghai is eight hours ahead all year. */
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const NIGHT = { from: 22 * 60, to: 8 * 60 };

describe("quiet from 22:00 to 8:00", () => {
  test.each([
    ["2026-11-25T21:59", "2026-11-25T21:59"],
    ["2026-11-25T22:00", "2026-11-26T08:00"],
    ["2026-11-25T23:30", "2026-11-26T08:00"],
    ["2026-11-26T00:00", "2026-11-26T08:00"],
    ["2026-11-26T07:59", "2026-11-26T08:00"],
    ["2026-11-26T08:00", "2026-11-26T08:00"],
    ["2026-12-31T23:00", "2027-01-01T08:00"],
  ])("what is due at %s comes at %s", (due, comes) => {
    expect(afterQuiet(at(due), NIGHT, ZONE)).toBe(at(comes));
  });
});

test.each([
  [{ from: 0, to: 390 }, "2026-11-25T00:00", "2026-11-25T06:30"],
  [{ from: 0, to: 390 }, "2026-11-25T23:59", "2026-11-25T23:59"],
  [{ from: 1380, to: 0 }, "2026-11-25T23:10", "2026-11-26T00:00"],
  [null, "2026-11-25T03:00", "2026-11-25T03:00"],
])("within one day, up to midnight, or never: %o", (quiet, due, comes) => {
  expect(afterQuiet(at(due), quiet, ZONE)).toBe(at(comes));
});

test("days are counted by the clocks of the zone, over midnight, month and year", () => {
  expect(onDay(at("2026-11-25T23:59"), 1, 540, ZONE)).toBe(at("2026-11-26T09:00"));
  expect(onDay(at("2026-11-26T00:01"), 1, 540, ZONE)).toBe(at("2026-11-27T09:00"));
  expect(onDay(at("2026-12-03T12:00"), -5, 540, ZONE)).toBe(at("2026-11-28T09:00"));
  expect(onDay(at("2026-12-31T12:00"), 1, 0, ZONE)).toBe(at("2027-01-01T00:00"));
});

test("400 days off is near enough, a minute more is not", () => {
  const now = at("2026-11-23T10:00");
  expect(isTooFar(now + 400 * 86_400_000, now)).toBe(false);
  expect(isTooFar(now + 400 * 86_400_000 + 60_000, now)).toBe(true);
});
