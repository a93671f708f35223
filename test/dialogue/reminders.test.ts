import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { lineWords } from "../../src/dialogue/downgrade/log-facts.ts";
import type { ReminderAbout } from "../../src/dialogue/downgrade/reminder.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import type { Button, Decision } from "../../src/dialogue/types.ts";
import { realMind } from "../support/mind.ts";
import { buttonsTo, startTalk, type Talk, textsTo } from "../support/talk.ts";

let mind: Mind;
let talk: Talk;
beforeAll(async () => {
  mind = await realMind();
});
beforeEach(() => {
  talk = startTalk(mind);
});

/** Asia/Shanghai is eight hours ahead all year; a talk begins on Monday 2026-11-23 at 10:00. */
const at = (text: string) => Date.parse(`${text}:00+08:00`);
const shown = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const kept = () => talk.snapshot.reminders ?? [];
const dues = () => kept().map(({ dueAt }) => shown(dueAt));
const said = (decision: Decision) => textsTo(decision).join("\n");
/** What the case log got, as the letter tells it. */
const logged = ({ lines }: Decision) =>
  lines
    .filter(({ kind }) => kind === "case")
    .map((line) => lineWords(line, mind, "zh"))
    .join("\n");

function buttonOf<K extends Button["kind"]>(decision: Decision, kind: K): Extract<Button, { kind: K }> {
  const found = buttonsTo(decision).find((button) => button.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} button under: ${said(decision)}`);
  return found as Extract<Button, { kind: K }>;
}
/** The clock goes on to the earliest reminder, and so much further. */
function comesDue(lateMs = 0): Decision {
  const [first] = kept().filter(({ state }) => state === "pending");
  if (first === undefined) throw new Error("nothing to come");
  talk.later(first.dueAt - talk.at + lateMs);
  return talk.happens({ kind: "reminder.due", reminder: first.id });
}
function answers(word: "done" | "not" | "again"): Decision {
  const fired = kept().find(({ state }) => state === "fired");
  return talk.presses({ kind: "reminder", word, reminder: fired?.id ?? 0 });
}

describe("a provider's promise is offered as a reminder in the same answer", () => {
  test("48 hours to call back: the button, the time, and that it is no legal limit", () => {
    const decision = talk.says("移动客服说48小时内回电，让我等着");
    expect(decision.reading?.intent).toBe("downgrade.stalled_callback");
    expect(textsTo(decision)).toHaveLength(1);
    expect(said(decision)).toMatch(/要我到时候提醒您吗.*11月25日周三 10:00.*不是法定期限/su);
    expect(kept()).toEqual([]);
    const set = talk.presses(buttonOf(decision, "remind"));
    expect(said(set)).toMatch(/11月25日周三 10:00 提醒您.*中国移动.*不是法定期限/su);
    expect(dues()).toEqual(["2026-11-25T10:00"]);
  });

  test.each(["要", "好的", "可以", "提醒我"])("%s takes it, as the button does", (yes) => {
    talk.says("他们说48小时内给我回电");
    talk.says(yes);
    expect(dues()).toEqual(["2026-11-25T10:00"]);
  });

  test("in English", () => {
    const decision = talk.says("they said they would call me back within 48 hours about my downgrade");
    expect(said(decision)).toMatch(/Shall I remind you then\? On Wed, Nov 25, 10:00.*not a legal limit/su);
    expect(said(talk.says("yes please"))).toContain("I'll remind you");
  });

  test("asked for in so many words, it is set at once", () => {
    const decision = talk.says("他们说48小时内回电，到时候提醒我");
    expect(said(decision)).toMatch(/记下了，11月25日周三 10:00/u);
    expect(dues()).toEqual(["2026-11-25T10:00"]);
  });

  test("one message with two questions is offered it once", () => {
    const decision = talk.says("我打10086要把129的套餐换成8元的，他们说48小时内回电，工单号 A-7788");
    const offers = buttonsTo(decision).filter(({ kind }) => kind === "remind");
    expect(offers).toHaveLength(1);
  });

  test("one tap takes back what was just set, and nothing else", () => {
    talk.says("明天下午三点提醒我打10086");
    talk.later(1_000);
    const undo = buttonOf(talk.says("12月5日提醒我关自动续费"), "reminder.undo");
    expect(said(talk.presses(undo))).toMatch(/删掉了：关自动续费.*1 个提醒/su);
    expect(dues()).toEqual(["2026-11-24T15:00"]);
    expect(said(talk.presses(undo))).toContain("已经处理过了");
  });

  test("pressed twice, it is set once", () => {
    const offer = buttonOf(talk.says("他们说48小时内给我回电"), "remind");
    talk.presses(offer);
    expect(said(talk.presses(offer))).toContain("已经记着了");
    expect(kept()).toHaveLength(1);
  });

  test("pressed when the time has gone by, it is asked for again", () => {
    const offer = buttonOf(talk.says("他们说48小时内给我回电"), "remind");
    talk.later(3 * DAY_MS);
    expect(said(talk.presses(offer))).toContain("已经过了");
    expect(kept()).toEqual([]);
  });

  test("somebody else's words, passed on, are no promise to this customer", () => {
    talk.says("明天下午三点提醒我打10086", { forwarded: true });
    expect(kept()).toEqual([]);
  });
});

describe("when the time has come", () => {
  const waiting = (text = "移动说48小时内回电，我要从129降到8元，工单号A-7788，到时候提醒我") => {
    talk.says(text);
    return comesDue();
  };

  test("the bot asks, with three answers and a person", () => {
    const decision = waiting();
    expect(said(decision)).toMatch(/中国移动说的时间到了.*不是法定期限.*回电了吗/su);
    expect(buttonsTo(decision).map((b) => (b.kind === "reminder" ? b.word : b.kind))).toEqual([
      "done",
      "not",
      "again",
      "human",
    ]);
    expect(kept()).toMatchObject([{ state: "fired" }]);
  });

  test("it is said once, however often the clock looks", () => {
    waiting();
    const [fired] = kept();
    const again = talk.happens({ kind: "reminder.due", reminder: fired?.id ?? 0 });
    expect(again.effects).toEqual([]);
  });

  test("办好了: a short word, a line in the case log, and it is over", () => {
    waiting();
    const decision = answers("done");
    expect(said(decision)).toContain("办成了就好");
    expect(logged(decision)).toMatch(/已办好.*中国移动/su);
    expect(kept()).toEqual([]);
    expect(said(answers("done"))).toContain("已经处理过了");
  });

  test.each([
    ["回电了", /办成了就好/u],
    ["没有", /走下一步/u],
    ["还没", /走下一步/u],
    ["又让我等", /又推了一次/u],
    ["1", /办成了就好/u],
  ])("typed, %s is an answer too", (text, reply) => {
    waiting();
    expect(said(talk.says(text))).toMatch(reply);
    expect(kept()).toEqual([]);
  });

  test("没有: the next step with all that is known, its limit told as law, and a reminder for it", () => {
    waiting();
    const decision = answers("not");
    const text = said(decision);
    expect(text).toMatch(/向运营商投诉，取工单号/u);
    expect(text).toMatch(/15 天（法定期限）：答复.*12月10日/su);
    expect(text).toMatch(/电信用户申诉处理办法（\d{4}-\d\d-\d\d 核对）/u);
    expect(text).toMatch(/中国移动.*A-7788.*没有兑现/su);
    expect(text).toContain("不是法律意见");
    expect(text).toContain("「我已明确提出变更。请登记为投诉");
    expect(JSON.stringify(decision.effects)).toContain('"copy":"我已明确提出变更');
    expect(logged(decision)).toContain("没有结果");
    talk.presses(buttonOf(decision, "remind.rung"));
    // The day after the last one: only then it has passed.
    expect(dues()).toEqual(["2026-12-11T09:00"]);
  });

  test("step by step up the ladder, to where it ends", () => {
    waiting();
    const steps: string[] = [];
    for (let decision = answers("again"); ; decision = answers("not")) {
      steps.push(/👉 (.*)/u.exec(said(decision))?.[1]?.slice(0, 8) ?? "end");
      if (!buttonsTo(decision).some(({ kind }) => kind === "remind.rung")) break;
      talk.presses(buttonOf(decision, "remind.rung"));
      comesDue();
    }
    expect(steps).toEqual(["向运营商投诉，取", "向省级电信用户申", "等申诉机构答复", "end"]);
  });

  test("what was known then is carried along, though another dispute began meanwhile", () => {
    talk.says("移动说48小时内回电，我要从129降到8元，工单号A-7788，到时候提醒我");
    talk.says("爱奇艺会员找不到取消入口，怎么办");
    comesDue();
    expect(said(answers("not"))).toMatch(/向运营商投诉.*中国移动.*A-7788/su);
    expect(talk.snapshot.conversation?.downgrade?.facts.provider).toBe("中国移动");
  });

  test("without a sector, both ways are shown, each with its own clock", () => {
    talk.says("他们说48小时内给我回电");
    talk.says("要");
    comesDue();
    const decision = answers("not");
    expect(said(decision)).toMatch(
      /手机套餐：.*15 天（法定期限）：答复.*会员：.*3 天（自己定的期限，不是法定的）：办好/su,
    );
    const sectors = buttonsTo(decision).flatMap((b) => (b.kind === "remind.rung" ? [b.sector] : []));
    expect(sectors).toEqual(["telecom", "membership"]);
  });

  test("a customer who has blocked the bot isn't written to, and it is dropped", () => {
    talk.says("他们说48小时内回电，到时候提醒我");
    talk.happens({ kind: "customer.blocked" });
    const decision = comesDue();
    expect(textsTo(decision)).toEqual([]);
    expect(kept()).toEqual([]);
  });

  test("while an agent serves it comes all the same, marked, and the agents see it", () => {
    talk.says("他们说48小时内回电，到时候提醒我");
    talk.says("转人工");
    talk.agentPresses({ kind: "claim", ticket: 1 });
    const decision = comesDue();
    expect(said(decision)).toMatch(/自动提醒.*回电了吗/su);
    expect(textsTo(decision, "topic").join()).toContain("回电了吗");
    expect(said(answers("done"))).toContain("办成了就好");
  });

  test("late by more than half an hour, it says so", () => {
    talk.says("明天下午三点提醒我打10086");
    expect(said(comesDue(45 * MINUTE_MS))).toMatch(/本该 11月24日周二 15:00 提醒您，晚了/u);
  });

  test("a reminder whose row can't be read is dropped without a word", () => {
    const decision = talk.happens({ kind: "reminder.due", reminder: 77 });
    expect(decision.effects).toEqual([{ kind: "reminder.settle", reminder: 77, outcome: "dropped" }]);
  });
});

describe("charges, ends of terms, complaints", () => {
  test("an automatic renewal: five days before, when there is still time", () => {
    const decision = talk.says("视频会员12月5日自动续费，不让我降级");
    talk.presses(buttonOf(decision, "remind"));
    expect(dues()).toEqual(["2026-11-30T09:00"]);
    expect(said(comesDue())).toMatch(/12月5日周六 要扣款.*自动续费/su);
  });

  test("nearer than that: the day before, else the day itself", () => {
    talk.says("会员11月26日自动续费，提前提醒我");
    expect(dues()).toEqual(["2026-11-25T09:00"]);
    talk.later(DAY_MS * 2);
    talk.says("会员11月26日自动续费，提前提醒我");
    expect(dues()).toEqual(["2026-11-25T09:00", "2026-11-26T09:00"]);
  });

  test("到期前3天再试 with the day it ends", () => {
    const decision = talk.says("客服说本期不支持，12月31日到期，让我到期前3天再试");
    talk.presses(buttonOf(decision, "remind"));
    expect(dues()).toEqual(["2026-12-28T09:00"]);
    expect(said(comesDue())).toMatch(/再申请一次.*办好了吗/su);
  });

  test("without it, the day is asked for, and the next message gives it", () => {
    expect(said(talk.says("客服说本期不支持，让我到期前3天再试"))).toContain("告诉我哪天到期");
    talk.says("12月31号");
    expect(dues()).toEqual(["2026-12-28T09:00"]);
  });

  test("another question instead is answered, and nothing is set", () => {
    talk.says("客服说本期不支持，让我到期前3天再试");
    expect(said(talk.says("你们电话多少"))).toContain("400-1865-909");
    expect(kept()).toEqual([]);
  });

  test("a complaint that was filed: its fifteen days run from that day", () => {
    const decision = talk.says("我11月20日已经向移动投诉了，客服还是一直推脱不给降套餐");
    const button = buttonOf(decision, "remind.rung");
    expect(button).toMatchObject({ sector: "telecom", rung: "carrier_complaint" });
    expect(said(talk.presses(button))).toMatch(/12月5日周六 期满（法定期限）/u);
    expect(dues()).toEqual(["2026-12-06T09:00"]);
  });

  test("one whose fifteen days are over: the appeal is the step whose time can run", () => {
    const decision = talk.says("我11月1日已经向移动投诉了，客服还是一直推脱不给降套餐");
    expect(buttonOf(decision, "remind.rung")).toMatchObject({ rung: "telecom_appeal", since: null });
  });

  test("what is asked about the law is answered without an offer", () => {
    const decision = talk.says("电信企业15天答复是哪条规定");
    expect(buttonsTo(decision).some(({ kind }) => kind.startsWith("remind"))).toBe(false);
  });

  test("a complaint told by a button counts for what follows, too", () => {
    talk.says("移动一直劝我别降套餐");
    talk.presses({ kind: "remind.rung", sector: "telecom", rung: "carrier_complaint", since: null });
    expect(talk.snapshot.conversation?.downgrade?.facts.complained).toBe("2026-11-23");
  });

  test("a step's working days leave out weekends", () => {
    talk.presses({ kind: "remind.rung", sector: "telecom", rung: "telecom_appeal", since: null });
    expect(dues()).toEqual(["2026-12-01T09:00"]);
  });

  test("a button for a step that the ladders no longer have asks for a time", () => {
    expect(
      said(talk.presses({ kind: "remind.rung", sector: "telecom", rung: "gone", since: null })),
    ).toContain("已经过了");
    expect(kept()).toEqual([]);
  });
});

describe("in one's own words", () => {
  test.each([
    ["明天下午三点提醒我打10086", "2026-11-24T15:00", "打10086"],
    ["remind me tomorrow at 3pm to call 10086", "2026-11-24T15:00", "call 10086"],
    ["12月5日提醒我关自动续费", "2026-12-05T09:00", "关自动续费"],
  ])("%s is set at once", (text, due, what) => {
    const decision = talk.says(text);
    expect(decision.reading?.route).toBe("answer");
    expect(dues()).toEqual([due]);
    expect(kept()[0]?.about).toMatchObject({ kind: "own", what });
    const word = comesDue();
    expect(said(word)).toContain(what);
    expect(kept()).toEqual([]);
  });

  test("without a time it is asked for", () => {
    expect(said(talk.says("提醒我打10086"))).toContain("什么时候提醒您");
    talk.says("明天下午三点");
    expect(dues()).toEqual(["2026-11-24T15:00"]);
    expect(kept()[0]?.about).toMatchObject({ kind: "own", what: "打10086" });
  });

  test("a time that has gone by is asked for again, and what for is not forgotten", () => {
    expect(said(talk.says("昨天下午三点提醒我打10086"))).toContain("已经过了");
    expect(kept()).toEqual([]);
    talk.says("明天下午三点");
    expect(kept()[0]?.about).toMatchObject({ what: "打10086" });
  });

  test("more than 400 days off is refused kindly", () => {
    expect(said(talk.says("2029年1月1日提醒我退网"))).toMatch(/400 天以内/u);
    expect(kept()).toEqual([]);
  });

  test("a request for a person in it goes first (promise 1)", () => {
    talk.says("转人工，明天下午三点提醒我打10086");
    expect(talk.ticket?.status).toBe("waiting");
  });

  test("in the middle of a repair request it is heard, and the request goes on", () => {
    talk.types("repair");
    talk.says("漳浦");
    talk.says("明天下午三点提醒我打10086");
    expect(dues()).toEqual(["2026-11-24T15:00"]);
  });

  test("an agent who serves is not talked over", () => {
    talk.says("转人工");
    talk.agentPresses({ kind: "claim", ticket: 1 });
    expect(textsTo(talk.says("明天下午三点提醒我打10086"))).toEqual([]);
    expect(kept()).toEqual([]);
  });
});

describe("the quiet time, 22:00 to 8:00", () => {
  test("what falls into it comes at its end, and that is what is told", () => {
    talk.later(at("2026-11-23T23:15") - talk.at);
    const decision = talk.says("他们说24小时内回电，到时候提醒我");
    expect(said(decision)).toMatch(/11月25日周三 08:00/u);
    expect(dues()).toEqual(["2026-11-25T08:00"]);
  });

  test.each([
    ["今晚十一点半提醒我关自动续费", "2026-11-23T23:30"],
    ["明天早上6点提醒我打电话", "2026-11-24T06:00"],
  ])("an hour the customer named is kept to: %s", (text, due) => {
    talk.says(text);
    expect(dues()).toEqual([due]);
    expect(textsTo(comesDue())).toHaveLength(1);
  });

  test("what was due while nothing ran waits for the morning, and is said once then", () => {
    talk.says("他们说明天下午三点打给我，到时候提醒我");
    expect(textsTo(comesDue(12 * 60 * MINUTE_MS))).toEqual([]);
    expect(dues()).toEqual(["2026-11-25T08:00"]);
    expect(said(comesDue())).toContain("回电了吗");
  });
});

describe("/reminders", () => {
  test("lists them by time, with the zone, and deletes by button", () => {
    talk.says("12月5日提醒我关自动续费");
    talk.says("明天下午三点提醒我打10086");
    const list = talk.types("reminders");
    expect(said(list)).toMatch(
      /2 个提醒（中国标准时间）.*1\. 11月24日周二 15:00 打10086.*2\. 12月5日周六 09:00/su,
    );
    const left = talk.presses(buttonOf(list, "reminder.drop"));
    expect(said(left)).toMatch(/删掉了：打10086.*1 个提醒/su);
    expect(kept()).toHaveLength(1);
    expect(said(talk.presses(buttonOf(list, "reminder.drop")))).toContain("已经处理过了");
    expect(buttonsTo(left).at(-1)).toEqual({ kind: "human" });
  });

  test.each(["我的提醒", "取消提醒", "show my reminders"])("%s shows the same", (text) => {
    talk.says("明天下午三点提醒我打10086");
    expect(buttonsTo(talk.says(text)).some(({ kind }) => kind === "reminder.drop")).toBe(true);
  });

  test("without any it says how to set one", () => {
    expect(said(talk.types("reminders"))).toContain("现在没有提醒");
  });

  test("twenty are enough: the next is refused with the list to delete from", () => {
    for (let day = 1; day <= 20; day += 1) talk.says(`12月${day}日提醒我看账单`);
    expect(kept()).toHaveLength(20);
    const decision = talk.says("12月21日提醒我看账单");
    expect(said(decision)).toMatch(/最多同时记 20 个/u);
    expect(buttonsTo(decision).filter(({ kind }) => kind === "reminder.drop")).toHaveLength(20);
    expect(kept()).toHaveLength(20);
  });

  test("/cancel withdraws a request for a person and leaves reminders alone", () => {
    talk.says("明天下午三点提醒我打10086");
    talk.types("cancel");
    expect(kept()).toHaveLength(1);
  });
});

test("a day of another year is told with its year", () => {
  expect(said(talk.says("2027年1月10日提醒我看账单"))).toContain("2027年1月10日");
});

test("every promise that isn't law is told as what it is, in both languages", () => {
  const about: ReminderAbout = { kind: "callback", by: at("2026-11-25T10:00"), case: null };
  for (const lang of ["zh", "en"] as const) {
    const say = mind.say(lang);
    for (const text of [
      say("remind.offer.callback", { when: "" }),
      say("remind.about.callback", { provider: "", by: String(about.by) }),
      say("remind.due.callback", { provider: "", by: "" }),
      say("remind.offer.window", { when: "" }),
      say("remind.about.window", { provider: "" }),
    ])
      expect(text).toMatch(lang === "zh" ? /不是法/u : /not a legal limit|not the law/u);
  }
});
