import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CaseFact } from "../../src/dialogue/downgrade/case.ts";
import { LETTER_SLOTS } from "../../src/dialogue/downgrade/letter-draft.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import type { Button, Decision } from "../../src/dialogue/types.ts";
import { realMind } from "../support/mind.ts";
import { buttonsTo, sentTo, startTalk, type Talk, textsTo } from "../support/talk.ts";

let mind: Mind;
let talk: Talk;
beforeAll(async () => {
  mind = await realMind();
});
beforeEach(() => {
  talk = startTalk(mind);
});

const STALLED = "移动不给我从129降到8元，说48小时内回电一直没回";
const TALKED_OUT = "联通客服一直劝我别降级，我要从99降到8元";
const START: Button = { kind: "letter", act: "start", slot: "sector" };
const act = (name: "skip" | "none" | "write" | "edit", slot: (typeof LETTER_SLOTS)[number]): Button => ({
  kind: "letter",
  act: name,
  slot,
});
const ask = (slot: CaseFact) =>
  mind.knowledge.letter.template.slots.find((one) => one.slot === slot)?.ask?.zh ?? "";

/** The letter itself: the message that a tap copies. */
function letterIn(decision: Decision): string {
  const letters = sentTo(decision, "customer").flatMap((message) =>
    message.kind === "text" && message.copyable === true ? [message.text] : [],
  );
  expect(letters).toHaveLength(1);
  return letters[0] ?? "";
}

describe("it is offered where a provider is in the way, and asked for in words", () => {
  test.each(["他们说48小时内回电，结果没人打", "一直劝我别降级", "去哪里投诉", "找不到降级入口"])(
    "%s",
    (text) => {
      expect(buttonsTo(talk.says(text))).toContainEqual(START);
    },
  );

  test.each([
    "帮我写投诉信",
    "给我写一份投诉",
    "能帮我写封申诉信吗",
    "投诉信",
    "write a complaint letter",
    "can you draft a complaint for me?",
  ])("%s", (text) => {
    const decision = talk.says(text);
    expect(buttonsTo(decision)).toContainEqual({ kind: "letter.sector", sector: "telecom" });
    expect(decision.reading).toMatchObject({ intent: "downgrade.complain", route: "answer" });
  });

  test.each([
    "投诉信怎么写",
    "写投诉要多久有结果",
    "我要写信投诉你们",
    "how do I write a complaint?",
    "先不写投诉信",
    "工单上写着投诉已处理",
    "我写了投诉给他们，没人理",
    "他们让我写投诉材料",
  ])("%s asks for something else", (text) => {
    expect(buttonsTo(talk.says(text))).not.toContainEqual({ kind: "letter.sector", sector: "telecom" });
  });

  test("somebody else's words, passed on, ask for none", () => {
    talk.says("帮我写投诉信", { forwarded: true });
    expect(talk.snapshot.conversation?.letter ?? null).toBeNull();
  });
});

describe("what was told is in it; the rest is asked one at a time", () => {
  test("the facts of the conversation are not asked again", () => {
    talk.says(STALLED);
    const begun = textsTo(talk.presses(START))[0] ?? "";
    expect(begun).toMatch(/投诉对象：中国移动.*目标套餐：8元.*现套餐：129/su);
    expect(begun).toContain("交给谁");
    expect(begun).not.toContain(ask("provider"));
    expect(textsTo(talk.says("先投诉运营商"))[0]).toContain(ask("happened"));
  });

  test("from the first question to the letter and its files", () => {
    talk.says("帮我写投诉信");
    talk.presses({ kind: "letter.sector", sector: "telecom" });
    talk.presses({ kind: "letter.recipient", recipient: "carrier" });
    const answers: [CaseFact, string][] = [
      ["provider", "中国移动"],
      ["target", "8元保号套餐"],
      ["plan", "129元套餐"],
      ["happened", "昨天下午3点"],
      ["channel", "10086热线"],
      ["words", "系统在升级，办不了"],
      ["waited", "要求了3次人工，共40分钟"],
      ["number", "A1234567"],
      ["promised", "48小时内回电"],
      ["by", "12月1日"],
      ["refund", "5月3日起，共360元"],
      ["account", "13800001111"],
      ["elsewhere", "没有"],
      ["name", "张女士"],
    ];
    for (const [at, [slot, answer]] of answers.entries()) {
      const decision = talk.says(answer);
      expect(talk.ticket, slot).toBeNull();
      expect(textsTo(decision)[0], slot).toContain(ask(answers[at + 1]?.[0] ?? "phone"));
    }
    const made = talk.says("138 0000 2222");
    const letter = letterIn(made);
    for (const said of [
      "致：中国移动",
      "姓名：张女士",
      "电话：138 0000 2222",
      "现套餐：129元套餐",
      "目标套餐：8元保号套餐",
      "时间：2026-11-22 15:00",
      "对方答复：系统在升级，办不了",
      "要求了3次人工，共40分钟",
      "工单号：A1234567",
      "承诺：48小时内回电",
      "1. 于2026-12-01前办理",
      "2. 退还多收的费用（元）：5月3日起，共360元",
      "是否向其他机构提出过：没有",
      "日期：2026年11月23日",
    ])
      expect(letter).toContain(said);
    expect(letter.match(/＿＿＿/gu)).toHaveLength(2);
    expect(sentTo(made, "customer").map(({ kind }) => kind)).toEqual(["text", "letter", "text"]);
  });

  test("several facts in one message, in sentences or under their names", () => {
    talk.says("帮我写投诉信");
    talk.presses({ kind: "letter.sector", sector: "telecom" });
    talk.presses({ kind: "letter.recipient", recipient: "carrier" });
    talk.says("联通，想从99降到8元，工单号20261101234");
    talk.says("姓名：张女士；电话：13800002222");
    const letter = letterIn(talk.says("直接生成"));
    for (const said of [
      "致：中国联通",
      "现套餐：99",
      "目标套餐：8元",
      "20261101234",
      "姓名：张女士",
      "13800002222",
    ])
      expect(letter).toContain(said);
  });

  test("what answers another question than the one asked is taken, and the question stays", () => {
    talk.says(STALLED);
    talk.presses(START);
    talk.says("先投诉运营商");
    talk.says("跳过");
    expect(textsTo(talk.says("工单号A1234567"))[0]).toContain(ask("channel"));
    expect(textsTo(talk.says("App"))[0]).toContain(ask("words"));
  });

  test.each(["我叫王丽，电话13900001111", "王丽 13900001111", "my name is Wang Li, 13900001111"])(
    "a name with its number: %s",
    (text) => {
      talk.says("帮我写投诉信");
      for (const slot of LETTER_SLOTS)
        if (slot !== "name" && slot !== "phone") talk.presses(act("skip", slot));
      const letter = letterIn(talk.says(text));
      expect(letter).toMatch(/姓名：(王丽|Wang Li)\n电话：13900001111/u);
      expect(letter).toContain("渠道：＿＿＿");
    },
  );

  test("another provider is a correction where the provider is asked for, and nowhere else", () => {
    talk.says(TALKED_OUT);
    talk.presses(START);
    talk.says("先投诉运营商");
    talk.says("昨天去移动营业厅问过，也不行");
    talk.says("都跳过");
    talk.presses(act("edit", "provider"));
    expect(letterIn(talk.says("是电信"))).toContain("致：中国电信");
  });

  test("a name in other letters doesn't change the language of the questions", () => {
    talk.says("帮我写投诉信");
    talk.presses({ kind: "letter.sector", sector: "membership" });
    talk.presses({ kind: "letter.recipient", recipient: "company" });
    expect(textsTo(talk.says("Netflix"))[0]).toContain(ask("target"));
  });

  test("what can't be the answer isn't taken for it: asked once more, then left blank", () => {
    talk.says("帮我写投诉信");
    for (const slot of LETTER_SLOTS)
      if (slot !== "promised" && slot !== "phone") talk.presses(act("skip", slot));
    expect(textsTo(talk.says("工单号A1234567"))[0]).toContain(ask("promised"));
    expect(textsTo(talk.says("48小时内回电"))[0]).toContain(ask("phone"));
    expect(textsTo(talk.says("王丽"))[0]).toContain(ask("phone"));
    const letter = letterIn(talk.says("王丽"));
    for (const line of ["工单号：A1234567", "承诺：48小时内回电", "电话：＿＿＿"])
      expect(letter).toContain(line);
  });

  test("a shared contact is the number to be reached at", () => {
    talk.says("帮我写投诉信");
    for (const slot of LETTER_SLOTS) if (slot !== "phone") talk.presses(act("skip", slot));
    expect(letterIn(talk.sends({ kind: "contact", phone: "+8613800002222", name: "甲" }))).toContain(
      "电话：+8613800002222",
    );
  });
});

describe("nothing is invented", () => {
  test("with everything skipped every fact is a visible blank", () => {
    talk.says("帮我写投诉信");
    const made = talk.says("都跳过");
    const letter = letterIn(made);
    for (const line of [
      "姓名：＿＿＿",
      "名称：＿＿＿",
      "目标套餐：＿＿＿",
      "工单号：＿＿＿",
      "对方答复：＿＿＿",
      "于＿＿＿前",
    ])
      expect(letter).toContain(line);
    expect(letter).not.toMatch(/电信|续费|经过/u);
    expect(textsTo(made).at(-1)).toMatch(/请自己补上：投诉对象、目标套餐、/u);
  });

  test("what is said not to exist is left out, or said so", () => {
    talk.says("帮我写投诉信");
    for (const slot of ["number", "refund", "promised", "waited", "elsewhere"] as const)
      talk.presses(act("none", slot));
    const letter = letterIn(talk.presses(act("write", "name")));
    expect(letter).toContain("工单号：对方没有提供");
    expect(letter).toContain("是否向其他机构提出过：没有");
    expect(letter).not.toMatch(/退还|承诺|要求人工/u);
    expect(letter).toMatch(/1\. 于.*\n2\. 说明.*\n3\. 提供/u);
  });

  test.each([
    [
      "telecom",
      ["carrier", "telecom_appeal"],
      /《电信条例》第三十条.*2018-08-23通知/su,
      /实施条例|网络交易/u,
    ],
    [
      "membership",
      ["company", "market_regulator", "internet_society"],
      /实施条例》第十条.*网络交易监督管理办法》第十八条.*价格行为规则》第二十条/su,
      /电信/u,
    ],
    ["other", ["company", "market_regulator"], /第二十六条/u, /电信|续费/u],
  ] as const)("the authority and the law of %s", (sector, recipients, law, others) => {
    talk.says("帮我写投诉信");
    const which = buttonsTo(talk.presses({ kind: "letter.sector", sector }));
    expect(which.flatMap((button) => (button.kind === "letter.recipient" ? [button.recipient] : []))).toEqual(
      recipients,
    );
    const letter = letterIn(talk.says("都跳过"));
    for (const article of ["第八条", "第九条", "第十条", "第十六条", "第二十六条"])
      expect(letter).toContain(article);
    expect(letter).toMatch(law);
    expect(letter).not.toMatch(others);
  });

  test("where it goes, one track at a time, and that it is no legal advice, is said with it", () => {
    talk.says("帮我写投诉信");
    talk.presses({ kind: "letter.sector", sector: "telecom" });
    talk.presses({ kind: "letter.recipient", recipient: "telecom_appeal" });
    const made = talk.says("都跳过");
    expect(letterIn(made)).toContain("致：省级电信用户申诉受理机构");
    expect(textsTo(made).at(-1)).toMatch(
      /yhssglxt\.miit\.gov\.cn.*一次只走一条路.*2026-11-22.*不是法律意见/su,
    );
  });

  test("handed to the provider, its time for an answer can be watched", () => {
    talk.says("帮我写投诉信");
    talk.presses({ kind: "letter.sector", sector: "telecom" });
    talk.presses({ kind: "letter.recipient", recipient: "carrier" });
    expect(buttonsTo(talk.says("都跳过"))).toContainEqual(
      expect.objectContaining({ kind: "remind.rung", sector: "telecom" }),
    );
    talk.presses(act("edit", "recipient"));
    const further = talk.presses({ kind: "letter.recipient", recipient: "telecom_appeal" });
    expect(buttonsTo(further).some(({ kind }) => kind === "remind.rung")).toBe(false);
  });

  test("the case log of this dispute goes with it", () => {
    talk.says("记录：今天客服又劝我保留");
    talk.says("记录：没有回电");
    talk.says("帮我写投诉信");
    const letter = letterIn(talk.says("都跳过"));
    expect(letter).toMatch(
      /经过（本人逐日记录）\n2026-11-23 10:00 今天客服又劝我保留\n2026-11-23 10:00 没有回电/u,
    );
    expect(letter).toContain("1. 上述经过记录，共2条");
  });

  test("an English customer gets the Chinese letter, and an English gloss beside it", () => {
    talk.says("China Unicom keep talking me out of it, I want to downgrade from 99 to the 8 yuan plan");
    talk.says("write a complaint letter");
    const made = talk.says("skip all");
    expect(textsTo(made)[0]).toMatch(
      /in English.*To: China Unicom.*Plan wanted: 8 yuan plan.*The right to choose: Consumer Protection Law \(as amended in 2013\) \(《/su,
    );
    expect(letterIn(made)).toContain("目标套餐：8元套餐");
    expect(textsTo(made).at(-1)).toMatch(/not satisfied.*isn't legal advice/su);
  });

  test("the letter of an English customer is Chinese but for their own words, which are quoted", () => {
    talk.says(
      "China Unicom support said they will call me back within 48 hours, downgrade from 99 to the 8 yuan plan",
    );
    talk.says("log: they tried to talk me out of it again");
    talk.says("write a complaint letter");
    talk.says("the carrier first");
    talk.says("by phone, I called them three times, waited 40 minutes");
    const letter = letterIn(talk.says("skip all"));
    expect(letter).toContain("渠道：电话");
    expect(letter).toContain("提出的次数：3次");
    expect(letter).toMatch(/对方承诺：“[^”]*48 hours[^”]*”/u);
    expect(letter).toMatch(/\d\d:\d\d “they tried to talk me out of it again”/u);
    expect(letter.replaceAll(/“[^”]*”/gu, "")).not.toMatch(/[a-z]{2}/iu);
  });
});

describe("putting it right", () => {
  test("a button for each slot, and the letter is written again", () => {
    talk.says(TALKED_OUT);
    talk.presses(START);
    const made = talk.says("都跳过");
    expect(buttonsTo(made)).toContainEqual({ kind: "letter", act: "change", slot: "sector" });
    const which = buttonsTo(talk.presses({ kind: "letter", act: "change", slot: "sector" }));
    expect(which).toContainEqual(act("edit", "target"));
    expect(textsTo(talk.presses(act("edit", "target")))[0]).toMatch(/现在写的是：8元.*想降到哪个套餐/su);
    expect(letterIn(talk.says("5元保号套餐"))).toContain("目标套餐：5元保号套餐");
  });

  test("told again in passing, the later word stands when it is written once more", () => {
    talk.says(`${TALKED_OUT}，工单号A1234567`);
    talk.presses(START);
    talk.says("都跳过");
    talk.says("他们又说降不了，工单号是B7654321");
    expect(letterIn(talk.says("重新生成"))).toContain("工单号：B7654321");
  });

  test("a button of an earlier question takes nothing back", () => {
    talk.says("帮我写投诉信");
    talk.presses({ kind: "letter.sector", sector: "telecom" });
    talk.presses({ kind: "letter.recipient", recipient: "carrier" });
    talk.says("中国移动");
    talk.presses(act("skip", "provider"));
    expect(letterIn(talk.says("都跳过"))).toContain("致：中国移动");
  });

  test("left as it is when nothing should change after all", () => {
    talk.says("帮我写投诉信");
    talk.says("都跳过");
    talk.presses(act("edit", "target"));
    expect(textsTo(talk.says("算了"))[0]).toContain("不改了");
  });
});

describe("interruptions", () => {
  test("a question in between is answered, and the letter asked for again", () => {
    talk.says(STALLED);
    talk.presses(START);
    talk.says("先投诉运营商");
    const texts = textsTo(talk.says("你们热线电话多少？"));
    expect(texts[0]).toContain("400-1865-909");
    expect(texts.at(-1)).toContain(ask("happened"));
    expect(textsTo(talk.says("昨天"))[0]).toContain(ask("channel"));
    expect(talk.snapshot.conversation?.downgrade?.facts).toMatchObject({ happened: "2026-11-22" });
  });

  test("what tells of an obstacle is the answer to what they said", () => {
    talk.says("帮我写投诉信");
    talk.presses(act("skip", "sector"));
    talk.presses(act("skip", "recipient"));
    for (const slot of ["provider", "target", "plan", "happened", "channel"] as const)
      talk.presses(act("skip", slot));
    expect(textsTo(talk.says("他说您要不要再考虑一下？"))[0]).toContain(ask("waited"));
  });

  test("an entry of the log is kept, and the letter asked for again", () => {
    talk.says("帮我写投诉信");
    expect(textsTo(talk.says("记录：今天又打了一次"))).toMatchObject(
      [/第 1 条/u, /哪一类/u].map((part) => expect.stringMatching(part)),
    );
  });

  test("another question asked since comes first", () => {
    talk.says("帮我写投诉信");
    talk.types("coverage");
    expect(talk.says("漳浦").reading?.coverage).toMatchObject({ status: "covered" });
  });

  test("the repair asks when it was begun later, the letter when it was", () => {
    talk.types("repair");
    talk.says("帮我写投诉信");
    talk.presses({ kind: "letter.sector", sector: "telecom" });
    talk.presses({ kind: "letter.recipient", recipient: "carrier" });
    expect(textsTo(talk.says("中国移动"))[0]).toContain(ask("target"));
    talk.types("repair");
    expect(textsTo(talk.says("漳浦"))[0]).toMatch(/什么毛病/u);
  });

  test.each(["算了", "不写了", "/cancel", "never mind"])("%s leaves it, and what was told stays", (text) => {
    talk.says(TALKED_OUT);
    talk.presses(START);
    const left = text.startsWith("/") ? talk.types(text.slice(1)) : talk.says(text);
    expect(textsTo(left)[0]).toMatch(/不写了|no letter/u);
    expect(textsTo(talk.says("电话多少"))).toHaveLength(1);
    expect(textsTo(talk.presses(START))[0]).toContain("交给谁");
  });

  test("a day later a message is no answer, and the words begin where it was left", () => {
    talk.says(TALKED_OUT);
    talk.presses(START);
    talk.says("先投诉运营商");
    talk.later(25 * 3_600_000);
    expect(textsTo(talk.says("电话多少"))).toHaveLength(1);
    expect(textsTo(talk.says("继续写投诉信"))[0]).toContain(ask("happened"));
  });
});

describe("promise 1: no form before the person", () => {
  test("under every question a person is one tap away; asked for, the letter waits", () => {
    const begun = talk.says("帮我写投诉信");
    expect(buttonsTo(begun)).toContainEqual({ kind: "human" });
    for (const slot of LETTER_SLOTS.slice(0, -1)) {
      const decision = talk.presses(act("skip", slot));
      expect(buttonsTo(decision), slot).toContainEqual({ kind: "human" });
    }
    expect(textsTo(talk.says("转人工"))).toHaveLength(1);
    expect(talk.ticket?.status).toBe("waiting");
    talk.says("你好，我的套餐降不了");
    expect(talk.snapshot.conversation?.letter?.asked).toBeNull();
  });

  test("whatever was asked, a request opens a ticket, also where the answer is about asking for a person", () => {
    for (const text of ["转人工", "我要转人工，现在", "我要投诉你们，叫人工来", "talk to a human"]) {
      const fresh = startTalk(mind);
      fresh.says("帮我写投诉信");
      for (const slot of LETTER_SLOTS) if (slot !== "waited") fresh.presses(act("skip", slot));
      fresh.says(text);
      expect(fresh.ticket?.status, text).toBe("waiting");
    }
  });

  test("whatever was said or pressed before, asking opens exactly one ticket", () => {
    const deed = fc.oneof(
      fc
        .constantFrom(
          "中国移动",
          "8元",
          "没有",
          "跳过",
          "昨天",
          "帮我写投诉信",
          "算了",
          "电话多少",
          "记录：又没接",
        )
        .map((text) => (t: Talk) => t.says(text)),
      fc
        .record({
          act: fc.constantFrom("start", "skip", "none", "write", "change", "edit", "stop"),
          slot: fc.constantFrom(...LETTER_SLOTS),
        })
        .map((button) => (t: Talk) => t.presses({ kind: "letter", ...button })),
      fc
        .constantFrom("telecom", "membership", "cloud", "other")
        .map((sector) => (t: Talk) => t.presses({ kind: "letter.sector", sector })),
      fc.constant((t: Talk) => t.presses({ kind: "letter.recipient", recipient: "company" })),
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 8 }), (deeds) => {
        const fresh = startTalk(mind);
        for (const each of deeds) each(fresh);
        const decision = fresh.says("转人工");
        expect(fresh.ticket?.status).toBe("waiting");
        expect(fresh.ticket?.number).toBe(1);
        expect(decision.reading?.route).toBe("human");
      }),
      { seed: 20261123, numRuns: 60 },
    );
  });
});

test("forgetting deletes it", () => {
  talk.says(TALKED_OUT);
  talk.presses(START);
  const { state } = talk.presses({ kind: "forget" });
  expect([state.conversation.letter ?? null, state.conversation.downgrade ?? null]).toEqual([null, null]);
});

test("several facts in the answer to whom it goes are all taken", () => {
  talk.says(STALLED);
  talk.says("帮我写投诉信");
  const [reply] = textsTo(talk.says("先投诉运营商，11月20日上午打10086提的，工单号A7788"));
  expect(reply).not.toMatch(/没对上|交给谁|哪天提出/u);
  const facts = talk.snapshot.conversation?.downgrade?.facts;
  expect(facts).toMatchObject({ number: "A7788" });
  expect(facts?.happened).toMatch(/^2026-11-20/u);
});
