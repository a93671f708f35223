import { beforeAll, describe, expect, test } from "vitest";
import { hearRepeat, nextTime } from "../../src/dialogue/downgrade/remind-repeat.ts";
import type { Repeat } from "../../src/dialogue/downgrade/reminder.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import { realMind } from "../support/mind.ts";
import { buttonsTo, startTalk, textsTo } from "../support/talk.ts";

/** Asia/Shanghai is eight hours ahead all year; 2026-11-23 is a Monday. */
const ZONE = "Asia/Shanghai";
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const shown = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16);
const NOW = at("2026-11-23T10:00");

let mind: Mind;
beforeAll(async () => {
  mind = await realMind();
});

const monthly = (date: number, minutes = 540): Repeat => ({ kind: "monthly", date, minutes });
const weekly = (weekday: number, minutes = 540): Repeat => ({ kind: "weekly", weekday, minutes });

function hear(text: string) {
  const lang = /\p{Script=Han}/u.test(text) ? "zh" : "en";
  return hearRepeat(text, { lang, at: NOW, timeZone: ZONE }, mind.knowledge.reminderLexicon);
}

describe("what is to come again and again", () => {
  test.each([
    ["每个月25号提醒我取消", monthly(25), "取消"],
    ["每月二十五日提醒我看账单", monthly(25), "看账单"],
    ["每個月25號提醒我取消", monthly(25), "取消"],
    ["每个月 25 号提醒我取消", monthly(25), "取消"],
    ["麻烦每月5号上午10点提醒我查话费", monthly(5, 600), "查话费"],
    ["每个月最后一天提醒我关自动续费", monthly(31), "关自动续费"],
    ["每个月提醒我看一次账单", monthly(23), "看一次账单"],
    ["每周三提醒我打客服电话", weekly(3), "打客服电话"],
    ["每个星期天晚上8点提醒我看流量", weekly(0, 1200), "看流量"],
    ["remind me every month on the 25th to check the bill", monthly(25), "check the bill"],
    ["every month remind me to check the bill", monthly(23), "check the bill"],
    ["on the 3rd of every month remind me to cancel", monthly(3), "cancel"],
    ["remind me every Monday at 3pm to call them", weekly(1, 900), "call them"],
  ])("%s", (text, every, what) => {
    expect(hear(text)).toMatchObject({ every, what });
  });

  test.each([
    "我每个月被扣129，明天提醒我取消",
    "每个月25号扣款，12月24日提醒我",
    "每个月25号扣款，到时候提醒我",
    "他们每个月25号扣款，从来没提醒我",
    "每个月40号提醒我取消",
    "明天提醒我取消",
    "they charge me every month on the 25th",
  ])("no reminder that repeats: %s", (text) => expect(hear(text)).toBeNull());
});

test.each([
  [monthly(25), "2026-11-23T10:00", "2026-11-25T09:00"],
  [monthly(25), "2026-11-25T09:00", "2026-12-25T09:00"],
  [monthly(31), "2027-01-31T09:00", "2027-02-28T09:00"],
  [monthly(31), "2027-02-28T09:00", "2027-03-31T09:00"],
  [monthly(30), "2028-02-01T00:00", "2028-02-29T09:00"],
  [weekly(1), "2026-11-23T08:00", "2026-11-23T09:00"],
  [weekly(1), "2026-11-23T10:00", "2026-11-30T09:00"],
  [weekly(0), "2026-11-23T10:00", "2026-11-29T09:00"],
])("%o after %s is on %s", (every, after, next) => {
  expect(shown(nextTime(every, at(after), ZONE))).toBe(next);
});

describe("in a conversation", () => {
  test("it is set, comes, is set anew, and is deleted with one tap", () => {
    const talk = startTalk(mind);
    const set = textsTo(talk.says("每个月25号提醒我取消"))[0];
    expect(set).toMatch(/11月25日周三 09:00 提醒您：\n取消（每月25号）/u);
    const [first] = talk.snapshot.reminders ?? [];
    talk.later((first?.dueAt ?? 0) - talk.at);
    const due = talk.happens({ kind: "reminder.due", reminder: first?.id ?? 0 });
    expect(textsTo(due)[0]).toMatch(/取消\n下次：12月25日周五 09:00/u);
    expect(talk.snapshot.reminders).toMatchObject([{ state: "pending", dueAt: at("2026-12-25T09:00") }]);
    expect(textsTo(talk.types("reminders"))[0]).toContain("12月25日周五 09:00 取消（每月25号）");
    const undo = buttonsTo(due).find(({ kind }) => kind === "reminder.undo");
    expect(undo).toBeDefined();
    if (undo !== undefined) talk.presses(undo);
    expect(talk.snapshot.reminders).toEqual([]);
  });

  test("a day that not every month has: what happens then is said when it is set", () => {
    expect(textsTo(startTalk(mind).says("每月31号提醒我看账单"))[0]).toContain(
      "没有这一天的月份就在最后一天",
    );
    expect(textsTo(startTalk(mind).says("remind me every month on the 31st to check"))[0]).toContain(
      "in shorter months on the last day",
    );
  });

  test("told in a dispute about downgrading, it is set all the same", () => {
    const talk = startTalk(mind);
    talk.says("爱奇艺藏着降级入口");
    expect(textsTo(talk.says("每个月25号提醒我取消自动续费"))[0]).toContain("每月25号");
  });
});
