import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AgentHours, addOpenTime, daysBetween, isOpenAt, nextOpening } from "../../src/desk/hours.ts";
import type { OpenRange } from "../../src/knowledge/types.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const open = (from: string, to: string): OpenRange => ({ from: minutes(from), to: minutes(to) });
const office = [open("9:00", "12:00"), open("13:30", "18:00")];
const weekdays = [[], office, office, office, office, office, []];

const shanghai: AgentHours = {
  timeZone: "Asia/Shanghai",
  schedule: {
    weekly: weekdays,
    days: [
      { from: "2027-02-05", to: "2027-02-11", open: [], source: "holiday" },
      { from: "2027-02-14", to: "2027-02-14", open: office, source: "made up for" },
    ],
  },
};
const berlin: AgentHours = {
  timeZone: "Europe/Berlin",
  schedule: { weekly: weekdays.map(() => [open("0:00", "4:00")]), days: [] },
};
const never: AgentHours = { timeZone: "UTC", schedule: { weekly: weekdays.map(() => []), days: [] } };
const always: AgentHours = { timeZone: "Asia/Shanghai", schedule: null };

const cst = (iso: string) => Date.parse(`${iso}+08:00`);

describe("Asia/Shanghai, weekdays with a lunch break, the Spring Festival off", () => {
  test.each([
    ["2026-11-23T09:00", true],
    ["2026-11-23T11:59:59.999", true],
    ["2026-11-23T12:00", false],
    ["2026-11-23T13:30", true],
    ["2026-11-23T18:00", false],
    ["2026-11-22T10:00", false],
    ["2027-02-05T10:00", false],
    ["2027-02-12T10:00", true],
    ["2027-02-14T10:00", true],
  ])("%s open: %s", (at, is) => {
    expect(isOpenAt(shanghai, cst(at))).toBe(is);
  });

  test.each([
    ["2026-11-23T08:00", "2026-11-23T09:00"],
    ["2026-11-23T12:10", "2026-11-23T13:30"],
    ["2026-11-23T17:00", "2026-11-24T09:00"],
    ["2026-11-27T19:00", "2026-11-30T09:00"],
    ["2027-02-04T18:00", "2027-02-12T09:00"],
  ])("after %s the next opening is %s", (at, next) => {
    expect(nextOpening(shanghai, cst(at))).toBe(cst(next));
  });

  test("a promise made at night counts from the opening, one made before the break goes on after it", () => {
    expect(addOpenTime(shanghai, cst("2026-11-23T22:00"), 3 * MINUTE)).toBe(cst("2026-11-24T09:03"));
    expect(addOpenTime(shanghai, cst("2026-11-23T11:58"), 3 * MINUTE)).toBe(cst("2026-11-23T13:31"));
    expect(addOpenTime(shanghai, cst("2026-11-23T11:57"), 3 * MINUTE)).toBe(cst("2026-11-23T12:00"));
    expect(addOpenTime(shanghai, cst("2026-11-27T17:59"), 8 * HOUR)).toBe(cst("2026-12-01T09:29"));
  });
});

describe("Europe/Berlin, open from midnight to four", () => {
  test("the night the clocks go forward has three hours", () => {
    const midnight = Date.parse("2027-03-28T00:00+01:00");
    expect(addOpenTime(berlin, midnight, 3 * HOUR)).toBe(Date.parse("2027-03-28T04:00+02:00"));
    expect(nextOpening(berlin, midnight)).toBe(Date.parse("2027-03-29T00:00+02:00"));
  });

  test("the night they go back has five", () => {
    const midnight = Date.parse("2026-10-25T00:00+02:00");
    expect(isOpenAt(berlin, midnight + 4.5 * HOUR)).toBe(true);
    expect(addOpenTime(berlin, midnight, 5 * HOUR)).toBe(Date.parse("2026-10-25T04:00+01:00"));
  });

  test("an opening in the hour that is skipped comes as much later", () => {
    const early: AgentHours = {
      ...berlin,
      schedule: { weekly: weekdays.map(() => [open("2:30", "6:00")]), days: [] },
    };
    expect(nextOpening(early, Date.parse("2027-03-28T00:00+01:00"))).toBe(
      Date.parse("2027-03-28T03:30+02:00"),
    );
  });
});

test("around the clock there is nothing to wait for", () => {
  expect(isOpenAt(always, 0)).toBe(true);
  expect(nextOpening(always, 0)).toBeUndefined();
  expect(addOpenTime(always, 5, 10)).toBe(15);
});

test("hours that never come leave a promise that is due all the same", () => {
  expect(nextOpening(never, 0)).toBeUndefined();
  expect(addOpenTime(never, 5, 10)).toBe(15);
});

test("times that touch over midnight are one stretch", () => {
  const nights: AgentHours = {
    timeZone: "Asia/Shanghai",
    schedule: { weekly: weekdays.map(() => [open("0:00", "6:00"), open("22:00", "24:00")]), days: [] },
  };
  expect(addOpenTime(nights, cst("2026-11-23T23:00"), 2 * HOUR)).toBe(cst("2026-11-24T01:00"));
  expect(nextOpening(nights, cst("2026-11-23T23:00"))).toBe(cst("2026-11-24T22:00"));
});

test("tomorrow is the next midnight of the zone, not 24 hours", () => {
  expect(daysBetween(cst("2026-11-23T23:59"), cst("2026-11-24T00:01"), "Asia/Shanghai")).toBe(1);
  expect(daysBetween(cst("2026-11-23T00:01"), cst("2026-11-23T23:59"), "Asia/Shanghai")).toBe(0);
});

describe("for any schedule", () => {
  const schedule = fc.record({
    timeZone: fc.constantFrom("Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"),
    weekly: fc.array(ranges(), { minLength: 7, maxLength: 7 }),
  });
  const at = fc.integer({ min: Date.UTC(2026, 0, 1) / MINUTE, max: Date.UTC(2027, 11, 31) / MINUTE });

  test("a clock on the wall agrees with it, minute by minute", () => {
    fc.assert(
      fc.property(schedule, at, ({ timeZone, weekly }, minute) => {
        const hours = { timeZone, schedule: { weekly, days: [] } };
        const moment = minute * MINUTE;
        const wall = wallClock(moment, timeZone);
        const shows = (weekly[wall.weekday] ?? []).some(
          ({ from, to }) => from <= wall.minute && wall.minute < to,
        );
        // Hours that are skipped or come twice are told apart above; here is every other one.
        fc.pre([-3, 3].every((near) => offset(moment + near * HOUR, timeZone) === offset(moment, timeZone)));
        expect(isOpenAt(hours, moment)).toBe(shows);
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  test("open time adds up, in one go or in two, and ends when it is open", () => {
    const ms = fc.integer({ min: 1, max: 6 * 60 }).map((minute) => minute * MINUTE);
    fc.assert(
      fc.property(schedule, at, ms, ms, ({ timeZone, weekly }, minute, first, second) => {
        fc.pre(weekly.some((day) => day.length > 0));
        const hours = { timeZone, schedule: { weekly, days: [] } };
        const start = minute * MINUTE;
        const due = addOpenTime(hours, start, first + second);
        expect(addOpenTime(hours, addOpenTime(hours, start, first), second)).toBe(due);
        expect(due - start).toBeGreaterThanOrEqual(first + second);
        expect(isOpenAt(hours, due - 1)).toBe(true);
        const next = nextOpening(hours, start);
        if (!isOpenAt(hours, start)) expect(addOpenTime(hours, start, first)).toBeGreaterThan(next ?? 0);
        if (next !== undefined)
          expect([isOpenAt(hours, next), isOpenAt(hours, next - 1)]).toEqual([true, false]);
      }),
      { seed: 20261123, numRuns: 100 },
    );
  });
});

function ranges(): fc.Arbitrary<OpenRange[]> {
  return fc
    .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 4 })
    .map((edges) => edges.toSorted((a, b) => a - b))
    .map((edges) =>
      edges.flatMap((edge, i) => {
        const to = edges[i + 1];
        return i % 2 === 0 && to !== undefined ? [{ from: edge * 15, to: to * 15 }] : [];
      }),
    );
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}

function wallClock(at: number, timeZone: string) {
  const shown = new Date(at + offset(at, timeZone));
  return { weekday: shown.getUTCDay(), minute: shown.getUTCHours() * 60 + shown.getUTCMinutes() };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** An offset read another way than the code under test does: from its name. */
function offset(at: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  formats.set(timeZone, format);
  const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value;
  const [, sign = "+", hour = "0", minute = "0"] = /GMT([+-])(\d+):(\d+)/u.exec(name ?? "") ?? [];
  return (Number(hour) * 60 + Number(minute)) * MINUTE * (sign === "-" ? -1 : 1);
}
