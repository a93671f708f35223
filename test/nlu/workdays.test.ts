import { expect, onTestFinished, test } from "vitest";
import { addWorkdays } from "../../src/nlu/workdays.ts";
import { isoOf } from "../../src/nlu/zone.ts";

const after = (iso: string, workdays: number) => {
  const [year = 0, month = 0, date = 0] = iso.split("-").map(Number);
  const { day, provisional } = addWorkdays({ year, month, date }, workdays);
  return { day: isoOf(day), provisional };
};

test.each([
  ["2026-11-23", 5, "2026-11-30", "a week without holidays"],
  ["2026-09-28", 5, "2026-10-10", "National Day off, and the Saturday worked to make up for it counts"],
  ["2026-02-13", 3, "2026-02-25", "the Spring Festival"],
  ["2026-11-20", 1, "2026-11-23", "over a weekend"],
])("%s and %i working days: %s (%s)", (from, workdays, day) => {
  expect(after(from, workdays)).toEqual({ day, provisional: false });
});

test.each(["America/New_York", "UTC", "Pacific/Kiritimati"])(
  "a working day is China's, whatever time zone the process runs in: %s",
  (zone) => {
    const { TZ } = process.env;
    process.env.TZ = zone;
    onTestFinished(() => {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    });
    expect(after("2026-11-23", 5).day).toBe("2026-11-30");
    expect(after("2026-09-28", 5).day).toBe("2026-10-10");
  },
);

test("a year whose holidays aren't announced counts weekdays and says that it may move", () => {
  expect(after("2028-12-29", 2)).toEqual({ day: "2029-01-02", provisional: true });
});
