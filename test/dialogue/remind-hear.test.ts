import { beforeAll, describe, expect, test } from "vitest";
import { type HeardReminder, hearReminders } from "../../src/dialogue/downgrade/remind-hear.ts";
import type { ReminderLexicon } from "../../src/dialogue/downgrade/remind-lexicon.ts";
import { realMind } from "../support/mind.ts";

let lexicon: ReminderLexicon;
beforeAll(async () => {
  lexicon = (await realMind()).knowledge.reminderLexicon;
});

/** Asia/Shanghai is eight hours ahead all year; 2026-11-23 is a Monday. */
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const NOW = at("2026-11-23T10:00");
const shown = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16);

function hear(text: string, now = NOW): HeardReminder {
  const lang = /\p{Script=Han}/u.test(text) ? "zh" : "en";
  return hearReminders(text, { lang, at: now, timeZone: "Asia/Shanghai" }, lexicon);
}
function planOf(text: string, now = NOW): string | null {
  const { plan } = hear(text, now);
  if (plan === null) return null;
  const when = { callback: "by", window: "opens", charge: "on", complained: "since" }[plan.kind];
  const time = (plan as unknown as Record<string, number | null>)[when] ?? null;
  return `${plan.kind} ${time === null ? "?" : shown(time)}`;
}

test.each(["咪咕会员自动续费了，5月3号扣的", "5月3号扣了我129", "5月3日被扣款", "they charged me on May 3"])(
  "a charge that has been is none to come: %s",
  (text) => expect(planOf(text)).toBeNull(),
);

describe("what a provider promised, and until when", () => {
  test.each([
    ["他们说48小时内回电", "callback 2026-11-25T10:00"],
    ["客服说四十八小时之内给我答复", "callback 2026-11-25T10:00"],
    ["说是24小时内会有专员联系我", "callback 2026-11-24T10:00"],
    ["客服让我等48小时", "callback 2026-11-25T10:00"],
    ["他们说明天回电", "callback 2026-11-24T18:00"],
    ["说明天下午三点打给我", "callback 2026-11-24T15:00"],
    ["说3个工作日内给我答复", "callback 2026-11-26T18:00"],
    ["说15天内答复", "callback 2026-12-08T18:00"],
    ["答应周五前处理", "callback 2026-11-27T18:00"],
    ["昨天说48小时内回电", "callback 2026-11-24T12:00"],
    ["48小时内，一定给您回电，他们是这么说的", "callback 2026-11-25T10:00"],
    ["they said they'd call back within 48 hours", "callback 2026-11-25T10:00"],
    ["support promised to get back to me tomorrow", "callback 2026-11-24T18:00"],
    ["they told me to wait 24 hours", "callback 2026-11-24T10:00"],
  ])("%s", (text, plan) => {
    expect(planOf(text)).toBe(plan);
  });

  test("what was promised for today and said in the evening is asked about in the morning", () => {
    expect(planOf("说今天之内回电", at("2026-11-23T20:00"))).toBe("callback 2026-11-24T09:00");
  });

  test.each([
    "说48小时内回电，结果没人打",
    "48小时过了还没回电",
    "他们说两天内联系我，四天了",
    "答应今天上午回电话的，到现在没影",
    "they said they'd call back in 48 hours and nobody called",
    "they were supposed to ring me on tuesday",
    "电信说72小时内答复，早过了",
    "投诉了也说48小时内回电，又没回",
  ])("%s: it wasn't kept, so there is nothing to wait for", (text) => {
    expect(hear(text).plan?.kind).not.toBe("callback");
  });

  test("in a long story a word far from a time says nothing of it", () => {
    expect(
      planOf(
        "我二号填的表今天都十九号了页面上还是写着审核中问在线的机器人它也只会说请耐心等待眼看着又要扣钱了",
      ),
    ).toBeNull();
  });

  test("a promise that ran out already is none to wait for", () => {
    expect(planOf("上周三说48小时内回电")).toBeNull();
  });
});

describe("when money is taken, a term ends, a complaint was filed", () => {
  test.each([
    ["12月5日自动续费", "charge 2026-12-05T09:00"],
    ["会员12月5号要扣钱了", "charge 2026-12-05T09:00"],
    ["it renews on December 5", "charge 2026-12-05T09:00"],
    ["会员1月10日到期，会自动续费", "charge 2027-01-10T09:00"],
    ["12月31日到期，让我到期前3天再试", "window 2026-12-28T09:00"],
    ["说到期前三天才能改，我的合约12月31号到期", "window 2026-12-28T09:00"],
    ["让我到期前3天再试", "window ?"],
    ["they told me to try again 3 days before it expires", "window ?"],
    ["it ends on December 31, they said to try again 3 days before it expires", "window 2026-12-28T09:00"],
    ["我已经投诉过了，工单号88", "complained 2026-11-23T10:00"],
    ["11月20号已经投诉过了", "complained 2026-11-20T12:00"],
    ["昨天投诉了", "complained 2026-11-22T12:00"],
    ["I filed a complaint yesterday", "complained 2026-11-22T10:00"],
  ])("%s", (text, plan) => {
    expect(planOf(text)).toBe(plan);
  });
});

test.each([
  "套餐降不下来怎么办",
  "每月扣我199太贵了",
  "漳浦修不修",
  "我想把129改成8元",
  "明天能上门吗",
  "how do I cancel my membership",
])("%s holds nothing with a time of its own", (text) => {
  expect(planOf(text)).toBeNull();
  expect(hear(text)).toMatchObject({ asked: false, list: false });
});

describe("asking to be reminded", () => {
  test.each([
    ["明天下午三点提醒我打10086", "2026-11-24T15:00", true, "打10086"],
    ["提醒我后天晚上8点半关自动续费，谢谢", "2026-11-25T20:30", true, "关自动续费"],
    ["明天下午两点提醒一下打客服", "2026-11-24T14:00", true, "打客服"],
    ["半小时后提醒我", "2026-11-23T10:30", true, ""],
    ["请在明天提醒我一下打电话给移动", "2026-11-24T09:00", false, "打电话给移动"],
    ["下周三上午提醒我再问一次", "2026-12-02T10:00", false, "再问一次"],
    ["打10086，明早9点提醒我", "2026-11-24T09:00", true, "打10086"],
    ["remind me tomorrow at 3pm to call 10086", "2026-11-24T15:00", true, "call 10086"],
    ["set a reminder for tomorrow 9am: call them", "2026-11-24T09:00", true, "call them"],
    ["他们让我周四再打，周四提醒我", "2026-11-26T09:00", false, "他们让我周四再打"],
    ["Could you remind me in 2 hours to check the bill?", "2026-11-23T12:00", true, "check the bill"],
  ])("%s", (text, when, named, what) => {
    const heard = hear(text);
    expect(heard).toMatchObject({ asked: true, what, time: { named } });
    expect(shown(heard.time?.at ?? 0)).toBe(when);
  });

  test("a time that has gone by is still told, to be asked about", () => {
    expect(hear("昨天下午三点提醒我打电话")).toMatchObject({
      asked: true,
      time: { at: at("2026-11-22T15:00") },
    });
  });

  test.each(["提醒我打电话", "remind me to call them"])("%s names no time", (text) => {
    expect(hear(text)).toMatchObject({ asked: true, time: null });
  });

  test.each([
    "扣费前没人提醒我",
    "续费从来没提醒我",
    "他们说会提醒我续费",
    "客服提醒我了但是太晚",
    "怎么不提醒我就扣钱",
    "nobody will remind me before the charge",
    "the bank app will remind me on friday",
    "they didn't remind me",
    "you forgot to remind me",
    "提醒一下，你们电话是多少",
    "remind me how to cancel",
    "明天上门前提醒一下师傅带工具",
    "12月5日扣费前要提醒用户，哪条规定",
    "提醒我一下怎么降级",
  ])("%s asks for nothing", (text) => {
    expect(hear(text).asked).toBe(false);
  });

  test.each(["我的提醒", "把提醒取消", "取消提醒", "别提醒我了", "show my reminders", "cancel the reminder"])(
    "%s wants the list",
    (text) => {
      expect(hear(text)).toMatchObject({ asked: false, list: true });
    },
  );
});
