import { beforeAll, describe, expect, test } from "vitest";
import type { DeskRecord } from "../../src/desk/facts.ts";
import { AROUND_THE_CLOCK } from "../../src/desk/hours.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import { reportOf } from "../../src/report/figures.ts";
import { reportPage } from "../../src/report/page.ts";
import { reportLines } from "../../src/report/text.ts";
import type { ReportWords } from "../../src/report/words.ts";
import { settled, ticket } from "../store/builders.ts";
import { realMind } from "../support/mind.ts";

const NOW = Date.UTC(2026, 10, 23, 2, 0); // 10:00 in Shanghai
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HOURS = { ...AROUND_THE_CLOCK, timeZone: "Asia/Shanghai" };

let words: ReportWords;
beforeAll(async () => {
  const mind: Mind = await realMind();
  words = {
    lang: "zh",
    say: mind.say("zh"),
    service: "<b>甲&乙</b>",
    duration: (ms) => `${ms} ms`,
    moment: () => "2026-11-23 10:00",
    title: (intent) => mind.knowledge.intents.get(intent)?.title.zh ?? intent,
  };
});

const RECORD: DeskRecord = {
  tickets: [
    // 23:30 of the 21st and 00:30 of the 22nd in Shanghai.
    ticket(1, 1, { openedAt: NOW - 34.5 * HOUR, about: "downgrade", reason: "missed_twice" }),
    ticket(2, 2, { openedAt: NOW - 33.5 * HOUR, about: "price", reason: "asked_thrice" }),
    ticket(3, 3, { openedAt: NOW - 33.5 * HOUR, about: "downgrade", reason: "missed_twice" }),
    ticket(4, 4, {
      openedAt: NOW - 20 * DAY,
      status: "closed",
      closedBy: "agent",
      closedAt: NOW - 20 * DAY,
      score: 2,
    }),
    ticket(5, 5, { openedAt: NOW - 31 * DAY }),
  ],
  promises: [settled({ openedAt: NOW - DAY, settledAt: NOW - DAY, dueAt: NOW - DAY + 1 })],
  held: [{ at: NOW - DAY, outcome: "pending" }],
};

describe("the figures of the report", () => {
  const report = reportOf(RECORD, NOW, HOURS);

  test("requests count on the day of the business's own clock, thirty days with none left out", () => {
    expect(report.volume).toHaveLength(30);
    expect(report.volume.slice(-3)).toEqual([
      { day: "2026-11-21", downgrade: 1, others: 0 },
      { day: "2026-11-22", downgrade: 1, others: 1 },
      { day: "2026-11-23", downgrade: 0, others: 0 },
    ]);
  });

  test("why they came, and what the bot gave up on, the most frequent first", () => {
    expect(report.reasons).toEqual([
      { of: "missed_twice", count: 2 },
      { of: "asked_thrice", count: 1 },
      { of: "asked", count: 1 },
    ]);
    expect(report.unsettled).toEqual([
      { of: "downgrade", count: 2 },
      { of: "price", count: 1 },
    ]);
  });

  test("scores of tickets closed in the month, and what lies before it nowhere", () => {
    expect(report.scores.map(({ count }) => count)).toEqual([0, 1, 0, 0, 0]);
    expect(report.spans.map(({ days, service }) => [days, service.all.opened])).toEqual([
      [7, 3],
      [30, 4],
    ]);
  });
});

describe("the report as text and as a page", () => {
  const report = reportOf(RECORD, NOW, HOURS);

  test("both hold the same figures", () => {
    const text = reportLines(report, words).join("\n");
    const page = reportPage(report, words);
    for (const said of ["近 7 天", "近 30 天", "降级类", "太少 (0)", "机器人连续两次没听懂", "还没处理"])
      for (const form of [text, page]) expect(form).toContain(said);
    expect(text).toMatch(/11-22 {2}█+ 2/u);
  });

  test("the page runs no script, loads nothing, and escapes what it is told", () => {
    const page = reportPage(report, words);
    expect(page).not.toMatch(/<script|src=|href=|url\(|@import/u);
    expect(page).toContain("&lt;b&gt;甲&amp;乙&lt;/b&gt;");
    expect(page).not.toContain("<b>甲");
  });

  test("with nothing to tell, it still can be made", () => {
    const nothing = reportOf({ tickets: [], promises: [], held: [] }, NOW, HOURS);
    expect(reportPage(nothing, words)).not.toMatch(/NaN|Infinity|undefined/u);
    expect(reportLines(nothing, words).join("\n")).not.toMatch(/NaN|Infinity|undefined/u);
  });
});
