import { describe, expect, test } from "vitest";
import type { IntentId } from "../../../src/knowledge/types.ts";
import { realMind } from "../../support/mind.ts";
import { sentTo, startTalk, textsTo } from "../../support/talk.ts";

const mind = await realMind();

/** Monday, November 23, 2026, 10:00 in Shanghai. */
function answer(...texts: string[]): string {
  const talk = startTalk(mind);
  const decisions = texts.map((text) => talk.says(text));
  const said = textsTo(decisions.at(-1) ?? talk.says(""));
  expect(said).toHaveLength(1);
  return said[0] ?? "";
}

function copiesOf(text: string): string[] {
  const talk = startTalk(mind);
  return sentTo(talk.says(text), "customer").flatMap((message) =>
    message.kind === "text"
      ? (message.inline ?? []).flat().flatMap((key) => ("copy" in key ? [key.copy] : []))
      : [],
  );
}

describe("the next step with its date", () => {
  test.each([
    ["移动的套餐找不到降级入口", "今天投诉的话，到12月8日还没答复（法定15日）"],
    ["爱奇艺会员降级找不到入口", "今天投诉的话，到11月26日还没办（3日是建议，没查到法定期限）"],
    ["百度网盘说本期不能降级，12月5日自动续费", "11月30日（下次扣款前5天）"],
    ["移动说本期不能降级", "下次扣款前5天"],
    ["移动客服说48小时内回电", "到11月25日 10:00没有兑现（对方自己说的时间，不是法定期限）"],
    ["11月20日打10086，客服说48小时内回电", "对方自己说的11月22日"],
    ["客服说48小时内回电，没人打", "已经过了，今天就去"],
  ])("%s", (text, expected) => {
    expect(answer(text)).toContain(expected);
  });

  test.each([
    ["11月2号投诉过了", "11月2日投诉，法定15日在11月17日已满：现在就可以向省级电信用户申诉机构申诉"],
    ["11月20日投诉过了", "11月20日投诉，法定15日到12月5日"],
  ])("the time since a complaint counts: %s", (text, expected) => {
    const talk = startTalk(mind);
    talk.says("联通的套餐找不到降级入口");
    talk.says(text);
    expect(textsTo(talk.presses({ kind: "intent", intent: "downgrade.hidden_entry" })).join()).toContain(
      expected,
    );
  });

  test("the ladder's dates skip public holidays and say where they may move", () => {
    const said = answer("移动套餐的事去哪里投诉");
    expect(said).toContain("法定5个工作日内决定是否受理：12月9日算起，到12月16日");
    expect(said).toContain("收齐材料后答复：12月9日算起，到2027年1月8日");
    const talk = startTalk(mind);
    talk.later(30 * 24 * 3_600_000);
    expect(textsTo(talk.says("移动套餐的事去哪里投诉")).join()).toContain(
      "（我这里还没有那年的放假安排，可能要往后顺延）",
    );
  });

  test("a known sector gets its own steps only, an unknown one both", () => {
    expect(answer("移动的套餐找不到降级入口")).not.toContain("12315");
    expect(answer("爱奇艺会员找不到降级入口")).not.toContain("电信用户申诉");
    const both = answer("找不到降级入口");
    expect(both).toContain("手机套餐：今天投诉的话");
    expect(both).toContain("会员、云盘：今天投诉的话");
  });

  test("in English too", () => {
    const said = answer("my carrier keeps talking me out of downgrading");
    expect(said).toContain("no answer by 8 December (15 days, by law)");
    expect(said).toContain("This isn't legal advice.");
  });
});

describe("until when", () => {
  test.each([
    ["10月3日联通多扣了我钱，不给退费", "10月3日起5个月，最晚2027年3月3日"],
    [
      "5月3日联通多扣了我钱，不给退费",
      "5月3日起5个月在10月3日已经满了，收费争议的申诉不再受理。还能继续要求对方处理，2029年5月3日前可以起诉",
    ],
    ["6月28日联通多扣了我钱，不给退费", "最晚11月28日。时间紧：先投诉"],
    ["联通多扣了钱不给退费", "收费争议的申诉，从事情发生起不超过5个月"],
    ["去年11月20日联通多扣了钱，不给退费", "2025年11月20日起5个月在4月20日已经满了"],
  ])("%s", (text, expected) => {
    expect(answer(text)).toContain(expected);
  });
});

describe("one track at a time", () => {
  test.each([
    ["爱奇艺不给退会员费，我已经向12315投诉了", "您已经找了12315：先等结果"],
    ["移动套餐找不到降级入口，我已经向12315投诉了", "那边受理后，电信用户申诉机构就可能不收同一件事"],
    ["爱奇艺不给退会员费，我已经去法院起诉了", "您已经找了法院：那边受理后，12315就可能不收同一件事"],
    ["移动套餐找不到降级入口", "一次只走一条路"],
  ])("%s", (text, expected) => {
    expect(answer(text)).toContain(expected);
  });

  test("who has filed there already isn't sent there again", () => {
    expect(answer("爱奇艺不给退会员费，我已经向12315投诉了")).not.toContain("就去12315");
  });
});

describe("what to say", () => {
  test("a tap copies the sentence, with the plan the customer wants", () => {
    expect(copiesOf("移动的套餐找不到降级入口，想从129降到8元")).toEqual([
      "请给出降到8元的自助路径；没有的话，现在登记，并告诉我工单号和生效日。",
    ]);
    expect(answer("移动的套餐找不到降级入口，想从129降到8元")).toContain("「请给出降到8元的自助路径");
  });

  test("the sentence is in Chinese for English customers too: it is the provider who reads it", () => {
    expect(copiesOf("they keep talking me out of downgrading")).toEqual([
      "我已知悉，不更换方案。请直接办理【目标套餐】，只回答：能办还是不能办，依据是什么。",
    ]);
  });

  test("what was kept of their words is shown once, where something new was told", () => {
    const talk = startTalk(mind);
    expect(textsTo(talk.says("移动的套餐找不到降级入口，想从129降到8元")).join()).toContain(
      "已记下：中国移动 · 129 → 8元",
    );
    expect(textsTo(talk.says("一直劝我别降")).join()).not.toContain("已记下");
  });
});

test.each(
  [...mind.knowledge.guide.keys()].flatMap((intent): [IntentId, "zh" | "en"][] => [
    [intent, "zh"],
    [intent, "en"],
  ]),
)("%s (%s) names a date, fits one message, says what it isn't, and offers the person", (intent, lang) => {
  const talk = startTalk(mind);
  talk.types("lang", lang);
  const [message] = sentTo(talk.presses({ kind: "intent", intent }), "customer");
  if (message?.kind !== "text") throw new Error("no answer");
  expect(message.text).toMatch(lang === "zh" ? /\d+月\d+日/u : /\d+ (?:November|December)/u);
  expect(message.text).toMatch(lang === "zh" ? /不是法律意见/u : /isn't legal advice/u);
  expect(message.text.length).toBeLessThan(4096);
  expect(message.inline?.flat()).toContainEqual(expect.objectContaining({ button: { kind: "human" } }));
});
