import { expect, test } from "vitest";
import { BUSINESS, findings, read } from "./fixtures/content.ts";

const FILE = "data/business.yaml";

test("the business facts are handed out", () => {
  expect(read().knowledge?.business).toMatchObject({
    brand: { zh: "某某柜", en: "Some Safes" },
    hotline: { display: "400-123-4567", dial: "4001234567" },
    coverage: { asOf: "2026-11-22" },
    promise: { firstReplyS: 180, escalateEveryS: 300 },
    agents: { timeZone: "Asia/Shanghai" },
  });
});

test.each([
  ["22:00-8:00", { from: 1320, to: 480 }],
  ["0:00 - 6:30", { from: 0, to: 390 }],
  ["23:00-24:00", { from: 1380, to: 0 }],
])("reminders are quiet %s", (quiet, minutes) => {
  const business = `${BUSINESS}reminders: { quiet: "${quiet}" }\n`;
  expect(read({ [FILE]: business }).knowledge?.business.reminders.quiet).toEqual(minutes);
});

test("without a quiet time reminders come at any hour", () => {
  expect(read().knowledge?.business.reminders.quiet).toBeNull();
});

test.each(["22-8", "22:00", "25:00-8:00", "8:00-8:00", "night"])(
  "a quiet time of %s is refused, with what right looks like",
  (quiet) => {
    expect(findings({ [FILE]: `${BUSINESS}reminders: { quiet: "${quiet}" }\n` })).toEqual([
      `${FILE}:15:21  business-shape  \`reminders.quiet\` must be two times like 22:00-8:00; leave it out to send reminders at any hour`,
    ]);
  },
);

test("without business facts there is one finding, not one for each placeholder", () => {
  expect(findings({ [FILE]: null })).toEqual([
    `${FILE}:1:1  missing-file  needed: brand, hotline, commitments, …`,
  ]);
});

test.each([
  [
    'dial: "4001234567"',
    'dial: "4001234568"',
    "4:9",
    "`hotline.dial` must be the digits of hotline.display, so that what is read and what is dialled are one number",
  ],
  [
    'dial: "4001234567"',
    "dial: 400-123-4567",
    "4:9",
    "`hotline.dial` must be what a phone dials: digits only, like 4001865909",
  ],
  ["2026-11-22", "2026-11-31", "11:10", "`coverage.as_of` must be a date like 2026-11-22"],
  [
    "Asia/Shanghai",
    "Asia/Peking",
    "13:63",
    "`agents.time_zone` is no time zone: use an IANA name like Asia/Shanghai",
  ],
  [
    "first_reply_s: 180",
    "first_reply_s: 0",
    "12:27",
    "`promise.first_reply_s` is too small: expected more than 0",
  ],
  ["first_reply_s: 180", "first_reply_s: 3m", "12:27", '`promise.first_reply_s` is "3m": expected a number'],
  [
    "en: Some Safes",
    "en: Some Safes, fr: Des coffres",
    "1:35",
    "`brand.fr` is not a known key: remove it, or correct its spelling",
  ],
])("%s as %s is refused", (right, wrong, place, message) => {
  expect(findings({ [FILE]: BUSINESS.replace(right, wrong) })).toEqual([
    `${FILE}:${place}  business-shape  ${message}`,
  ]);
});
