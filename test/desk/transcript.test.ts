import { expect, test } from "vitest";
import { isoIn } from "../../src/desk/iso.ts";
import { transcriptDocument } from "../../src/desk/transcript.ts";
import { NOON, RECORD } from "../support/record.ts";

const options = { at: NOON + 60_000, timeZone: "Asia/Shanghai", service: "某某柜" };
const written = transcriptDocument(RECORD, options);

test.each([
  ["Asia/Shanghai", "2026-11-23T12:00:05+08:00"],
  ["Asia/Kolkata", "2026-11-23T09:30:05+05:30"],
  ["America/New_York", "2026-11-22T23:00:05-05:00"],
  ["UTC", "2026-11-23T04:00:05+00:00"],
])("a time in %s bears that zone's offset", (timeZone, iso) => {
  expect(isoIn(timeZone)(NOON)).toBe(iso);
});

test("every line says when, in the business's zone, who, and about which ticket", () => {
  expect(written.exported_at).toBe("2026-11-23T12:01:05+08:00");
  expect(written.lines.map(({ at, speaker, name, ticket }) => [at, speaker, name, ticket])).toEqual([
    ["2026-11-23T12:00:05+08:00", "customer", null, 1],
    ["2026-11-23T12:00:06+08:00", "bot", null, 1],
    ["2026-11-23T12:00:08+08:00", "agent", "小王", 1],
  ]);
});

test("agents' notes are never in it", () => {
  expect(JSON.stringify(written)).not.toContain("内部备注");
});

test("a file that was sent bears Telegram's id of it; one taken back says when", () => {
  expect(written.lines.at(-1)).toMatchObject({
    kind: "photo",
    telegram_file_id: "AgADunique",
    withdrawn_at: "2026-11-23T12:00:09+08:00",
  });
});

test("the case log stands apart from what was said", () => {
  expect(written.case_log).toEqual([{ at: "2026-11-23T12:00:10+08:00", by: "customer", text: "又被劝留" }]);
});

test("tickets tell their life, and the first reply promised whether it was kept", () => {
  expect(written.tickets).toMatchObject([
    { number: 1, opened_at: "2026-11-23T12:00:05+08:00", agent: "小王", closed_by: "agent", score: 5 },
  ]);
  expect(written.promises).toEqual([
    {
      ticket: 1,
      promise: "first_reply",
      due_at: "2026-11-23T12:03:05+08:00",
      outcome: "kept",
      settled_at: "2026-11-23T12:00:08+08:00",
    },
  ]);
});

test("what is said after the export was asked for isn't part of it", () => {
  expect(transcriptDocument(RECORD, { ...options, at: NOON }).lines).toHaveLength(1);
});
