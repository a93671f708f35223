import { describe, expect, test } from "vitest";
import type { Lang } from "../../src/knowledge/types.ts";
import { type TimeLean, timesIn } from "../../src/nlu/time.ts";

/** Monday, 10:00 in Shanghai. */
const NOW = Date.UTC(2026, 10, 23, 2, 0);
const ZONE = "Asia/Shanghai";

function read(text: string, lang: Lang, lean?: TimeLean): string[] {
  return timesIn(text, lang, NOW, ZONE, lean).map(
    ({ text: said, at, kind }) =>
      `${said} ${new Date(at + 8 * 3_600_000).toISOString().slice(0, 16)} ${kind}`,
  );
}

describe("times in Chinese", () => {
  test.each([
    ["5号扣费", "5号 2026-12-05T12:00 moment"],
    ["上个月15号扣了129", "上个月15号 2026-10-15T12:00 moment"],
    ["上個月十五號", "上個月十五號 2026-10-15T12:00 moment"],
    ["12月5日自动续费", "12月5日 2026-12-05T12:00 moment"],
    ["十二月五号", "十二月五号 2026-12-05T12:00 moment"],
    ["2026/12/5到期", "2026/12/5 2026-12-05T12:00 moment"],
    ["2026年12月5日", "2026年12月5日 2026-12-05T12:00 moment"],
    ["去年11月办的", "去年11月 2025-11-15T12:00 moment"],
    ["月底再说", "月底 2026-11-30T12:00 moment"],
    ["下月1号生效", "下月1号 2026-12-01T12:00 moment"],
    ["大后天", "大后天 2026-11-26T12:00 moment"],
    ["大前天打的", "大前天 2026-11-20T12:00 moment"],
    ["琴日打咗", "琴日 2026-11-22T12:00 moment"],
    ["上周五", "上周五 2026-11-20T12:00 moment"],
    ["下礼拜三", "下礼拜三 2026-12-02T12:00 moment"],
    ["周三之前给我答复", "周三之前 2026-11-25T12:00 deadline"],
    ["12月5日前回复", "12月5日前 2026-12-05T12:00 deadline"],
    ["昨天下午三点", "昨天下午三点 2026-11-22T15:00 moment"],
    ["昨晚8点半打电话", "昨晚8点半 2026-11-22T20:30 moment"],
    ["明早九点", "明早九点 2026-11-24T09:00 moment"],
    ["明天3点", "明天3点 2026-11-24T15:00 moment"],
    ["晚上12点", "晚上12点 2026-11-24T00:00 moment"],
    ["刚才打的", "刚才 2026-11-23T10:00 moment"],
    ["48小时内回电", "48小时内 2026-11-25T10:00 deadline"],
    ["15日内答复", "15日内 2026-12-08T10:00 deadline"],
    ["三天前", "三天前 2026-11-20T10:00 moment"],
    ["两周前", "两周前 2026-11-09T10:00 moment"],
    ["半小时后", "半小时后 2026-11-23T10:30 moment"],
    ["再过3天", "再过3天 2026-11-26T10:00 moment"],
    ["等了半个月", "半个月 2026-12-08T10:00 length"],
    ["等了两个半小时", "两个半小时 2026-11-23T12:30 length"],
    ["3个工作日", "3个工作日 2026-11-26T10:00 length"],
    ["三個工作日內", "三個工作日內 2026-11-26T10:00 deadline"],
  ])("%s", (text, expected) => {
    expect(read(text, "zh")).toEqual([expected]);
  });

  test.each([
    "便宜一点",
    "打了10086三次",
    "工单号20261105003",
    "从129降到8元",
    "每周三都打",
    "一周一次",
    "以后天天扣",
    "有3点问题",
    "等了半天",
    "3号线",
    "2月30日",
  ])("%s holds none", (text) => {
    expect(read(text, "zh")).toEqual([]);
  });

  test("several in one message, in its order", () => {
    expect(read("11月2号申请的，说48小时内回电，昨天又打了一次", "zh")).toEqual([
      "11月2号 2026-11-02T12:00 moment",
      "48小时内 2026-11-25T10:00 deadline",
      "昨天 2026-11-22T12:00 moment",
    ]);
  });

  test("what happened lies behind, what is to come ahead", () => {
    expect(read("5月3日多扣了钱", "zh", "past")).toEqual(["5月3日 2026-05-03T12:00 moment"]);
    expect(read("5月3日到期", "zh", "future")).toEqual(["5月3日 2027-05-03T12:00 moment"]);
    expect(read("周三扣的", "zh", "past")).toEqual(["周三 2026-11-18T12:00 moment"]);
    expect(read("5号扣的", "zh", "past")).toEqual(["5号 2026-11-05T12:00 moment"]);
    expect(read("上午9点打给我", "zh", "future")).toEqual(["上午9点 2026-11-24T09:00 moment"]);
  });

  test("what the words leave open isn't called certain", () => {
    const [time] = timesIn("12月5日下午", "zh", NOW, ZONE);
    expect(time?.certain).toEqual(["month", "day"]);
  });

  test("working days in a year whose holidays aren't announced may move", () => {
    const at = Date.UTC(2026, 11, 30, 2, 0);
    expect(timesIn("5个工作日内", "zh", at, ZONE)[0]?.provisional).toBe(true);
    expect(timesIn("1个工作日内", "zh", at, ZONE)[0]?.provisional).toBe(false);
  });
});

describe("times in English", () => {
  test.each([
    ["charged on Dec 5", "Dec 5 2026-12-05T12:00 moment"],
    ["the 5th of December", "5th of December 2026-12-05T12:00 moment"],
    ["on the 15th of last month", "on the 15th of last month 2026-10-15T12:00 moment"],
    ["last Friday", "last Friday 2026-11-20T12:00 moment"],
    ["tomorrow at 3pm", "tomorrow at 3pm 2026-11-24T15:00 moment"],
    ["yesterday afternoon", "yesterday afternoon 2026-11-22T15:00 moment"],
    ["two weeks ago", "two weeks ago 2026-11-09T10:00 moment"],
    ["they'd call within 48 hours", "within 48 hours 2026-11-25T10:00 deadline"],
    ["answer me by Wednesday", "Wednesday 2026-11-25T12:00 deadline"],
    ["in 3 working days", "in 3 working days 2026-11-26T10:00 moment"],
    ["within five business days", "within five business days 2026-11-30T10:00 deadline"],
    ["I waited 40 minutes", "40 minutes 2026-11-23T10:40 length"],
    ["half an hour on hold", "half an hour 2026-11-23T10:30 length"],
  ])("%s", (text, expected) => {
    expect(read(text, "en")).toEqual([expected]);
  });

  test.each(["from 129 to 8 yuan", "may I ask", "at 129", "10086"])("%s holds none", (text) => {
    expect(read(text, "en")).toEqual([]);
  });

  test("what happened lies behind, what is to come ahead", () => {
    expect(read("on May 3", "en", "past")).toEqual(["May 3 2026-05-03T12:00 moment"]);
    expect(read("on May 3", "en", "future")).toEqual(["May 3 2027-05-03T12:00 moment"]);
    expect(read("Friday", "en", "future")).toEqual(["Friday 2026-11-27T12:00 moment"]);
  });
});
