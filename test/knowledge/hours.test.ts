import { expect, test } from "vitest";
import { BUSINESS, findings, read } from "./fixtures/content.ts";

const FILE = "data/business.yaml";
const withHours = (more: string) => ({
  [FILE]: BUSINESS.replace("en: 24 hours a day }, time_zone", `en: 24 hours a day, ${more} }, time_zone`),
});

test("without times agents answer around the clock", () => {
  expect(read().knowledge?.business.agents.schedule).toBeNull();
});

test("days of the week, breaks, holidays and working days made up for them", () => {
  const { knowledge } = read(
    withHours(
      'weekly: { mon-fri: "9:00-12:00, 13:30-18:00", sat: "10:00-24:00" }, ' +
        'days: [{ from: 2027-02-05, to: 2027-02-11, source: a }, { from: 2027-02-14, open: "9:00-12:00", source: b }]',
    ),
  );
  const office = [
    { from: 540, to: 720 },
    { from: 810, to: 1080 },
  ];
  expect(knowledge?.business.agents).toEqual({
    hours: { zh: "24小时", en: "24 hours a day" },
    timeZone: "Asia/Shanghai",
    schedule: {
      weekly: [[], office, office, office, office, office, [{ from: 600, to: 1440 }]],
      days: [
        { from: "2027-02-05", to: "2027-02-11", open: [], source: "a" },
        { from: "2027-02-14", to: "2027-02-14", open: [{ from: 540, to: 720 }], source: "b" },
      ],
    },
  });
});

test("a range of days may go over the week's end", () => {
  const { knowledge } = read(withHours('weekly: { sat-mon: "9:00-12:00" }'));
  const open = knowledge?.business.agents.schedule?.weekly.map((day) => day.length);
  expect(open).toEqual([1, 1, 0, 0, 0, 0, 1]);
});

test.each([
  ['weekly: { mon: "9-18" }', "must be times like 9:00-12:00"],
  ['weekly: { mon: "18:00-9:00" }', "must be times like 9:00-12:00"],
  ['weekly: { mon: "9:00-24:30" }', "must be times like 9:00-12:00"],
  ['weekly: { mon: "13:00-18:00, 9:00-12:00" }', "must name its times in order"],
  ['weekly: { monday: "9:00-12:00" }', "is no day: write mon, or mon-fri"],
  ["weekly: { mon: closed }", "must be open some time"],
  ["days: [{ from: 2027-02-05, source: a }]", "needs `weekly`"],
  [
    'weekly: { mon: "9:00-12:00" }, days: [{ from: 2027-02-05, to: 2027-02-01, source: a }]',
    "is before `from`",
  ],
  ['weekly: { mon: "9:00-12:00" }, days: [{ from: 2027-02-05 }]', "is missing"],
])("%s is refused", (hours, message) => {
  const [finding] = findings(withHours(hours));
  expect(finding).toContain(`${FILE}:13:`);
  expect(finding).toContain(message);
});
