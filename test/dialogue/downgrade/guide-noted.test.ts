import { expect, test } from "vitest";
import { realMind } from "../../support/mind.ts";
import { buttonsTo, startTalk, textsTo } from "../../support/talk.ts";

const mind = await realMind();

test.each([
  [
    "移动客服说48小时内回电，让我等",
    "从129降到8元那个",
    /已记下：.*129 → 8元/u,
    /下一步：.*登记投诉，取工单号/su,
  ],
  [
    "China Mobile said they would call back within 48 hours",
    "the ticket number is 20261120003",
    /Noted: .*20261120003/u,
    /Next:.*file a complaint/su,
  ],
])(
  "words that only add to the case told of are noted, with its next step: %s / %s",
  (told, more, known, next) => {
    const talk = startTalk(mind);
    talk.says(told);
    const decision = talk.says(more);
    const [reply] = textsTo(decision);
    expect(reply).toMatch(known);
    expect(reply).toMatch(next);
    expect(buttonsTo(decision)).toContainEqual({ kind: "human" });
    expect(talk.snapshot.conversation?.misses).toBe(0);
  },
);

test("a plan named in a few words is noted, and the case stays what it was", () => {
  const talk = startTalk(mind);
  talk.says("China Mobile said they would call back within 48 hours");
  const [reply] = textsTo(talk.says("it's from 129 to the 8 yuan one"));
  expect(reply).toMatch(/^Noted: China Mobile · 129 → 8 yuan/u);
  expect(talk.snapshot.conversation?.downgrade?.obstacle).toBe("downgrade.stalled_callback");
});

test("what the provider does is answered, however many facts come with it", () => {
  const talk = startTalk(mind);
  talk.says("移动客服说48小时内回电，让我等");
  expect(textsTo(talk.says("工单号A7788，还劝我别降"))[0]).not.toMatch(/^已记下/u);
});

test("in the sentence to say, a plan named in English is told in Chinese", () => {
  const talk = startTalk(mind);
  const [reply] = textsTo(talk.says("I can't find the button to downgrade from 129 to 8 yuan, China Mobile"));
  expect(reply).toContain("降到8元");
});

test("the same words said of nothing, or again, are asked back about", () => {
  const talk = startTalk(mind);
  expect(textsTo(talk.says("从129降到8元那个"))[0]).not.toMatch(/下一步/u);
  const later = startTalk(mind);
  later.says("移动客服说48小时内回电，让我等");
  later.says("从129降到8元那个");
  expect(textsTo(later.says("嗯那个那个"))[0]).not.toMatch(/已记下/u);
});

test("told twice in a row, an obstacle gets its sentence and what comes next, not all of it again", () => {
  const talk = startTalk(mind);
  const [first = ""] = textsTo(talk.says("移动App里找不到降级入口"));
  const [second = ""] = textsTo(talk.says("降级按钮还是找不到"));
  expect(second.length).toBeLessThan(first.length / 1.5);
  expect(second).toMatch(/再说一次这句.*「请给出.*下一步：.*不是法律意见/su);
  expect(buttonsTo(talk.says("降级按钮还是找不到")).length).toBeGreaterThan(0);
});

test("where to complain, asked again of a provider named only now, is told whole: its own steps, one track at a time", () => {
  const talk = startTalk(mind);
  talk.says("我想投诉，往哪投诉");
  const [reply] = textsTo(talk.says("联通不给我换便宜的套餐，去哪告"));
  expect(reply).toMatch(/一次只走一条路.*电信用户申诉机构/su);
});

test.each([
  ["已经投诉过12315了，还能怎么投诉", null],
  ["已经投诉过联通了，还能怎么投诉", expect.any(Number)],
])("%s: only a complaint to the provider has begun its time", (text, since) => {
  const talk = startTalk(mind);
  talk.says("联通不给我换8块的套餐");
  expect(buttonsTo(talk.says(text))).toContainEqual(expect.objectContaining({ kind: "remind.rung", since }));
});

test("where to complain, asked twice in a row: the ladder with its dates, not what stands above", () => {
  const talk = startTalk(mind);
  const first = textsTo(talk.says("怎么投诉腾讯视频不给降级")).join("\n");
  const second = textsTo(talk.says("那去哪里投诉")).join("\n");
  expect(first).toContain("怎么写：");
  expect(second).toMatch(/1\. 向企业投诉.*2\. 去12315/su);
  expect(second).not.toContain("怎么写：");
});
