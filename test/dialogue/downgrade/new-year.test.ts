import { beforeAll, describe, expect, test } from "vitest";
import type { Mind } from "../../../src/dialogue/mind.ts";
import { addDays, isoOf } from "../../../src/nlu/zone.ts";
import { realMind } from "../../support/mind.ts";
import { startTalk, textsTo } from "../../support/talk.ts";

let mind: Mind;
beforeAll(async () => {
  mind = await realMind();
});

/** What is answered at ten in the morning of that day. */
function answerOn(iso: string, text: string): string {
  const talk = startTalk(mind);
  talk.later(Date.parse(`${iso}T10:00:00+08:00`) - talk.at);
  return textsTo(talk.says(text)).join("\n");
}

/** From the week in which periods first reach into 2027, whose public holidays the calendar doesn't have yet. */
const DAYS = Array.from({ length: 12 }, (_, week) =>
  isoOf(addDays({ year: 2026, month: 12, date: 15 }, week * 7)),
);

describe("over a New Year whose calendar isn't there yet", () => {
  test.each(DAYS)("on %s a date in 2027 counted in working days says that it may move", (day) => {
    const ladder = answerOn(day, "怎么投诉腾讯视频不给降级");
    const line = ladder.split("\n").find((each) => each.includes("7个工作日")) ?? "";
    const reaches2027 = line.includes("2027年") || day >= "2027";
    expect(line.includes("可能要往后顺延")).toBe(reaches2027);
  });

  test.each([
    [
      "2026-12-28",
      "爱奇艺客服说15个工作日内给我答复，我要降级",
      "到2027年1月18日（我这里还没有那年的放假安排，可能要往后顺延）",
    ],
    [
      "2027-01-04",
      "爱奇艺说15个工作日内回电，我要降级",
      "到1月25日（我这里还没有那年的放假安排，可能要往后顺延）",
    ],
    [
      "2026-12-28",
      "iQIYI said they'd reply within 15 working days, I want to downgrade",
      "by 18 January 2027 (may be later",
    ],
    ["2026-11-30", "爱奇艺客服说15个工作日内给我答复，我要降级", "到12月21日没有兑现"],
    ["2026-12-28", "爱奇艺客服说15天内给我答复，我要降级", "到2027年1月12日没有兑现"],
  ])("on %s: %s", (day, text, said) => {
    expect(answerOn(day, text)).toContain(said);
  });
});
