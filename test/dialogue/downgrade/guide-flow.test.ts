import { describe, expect, test } from "vitest";
import type { Button } from "../../../src/dialogue/types.ts";
import { packButton, unpackButton } from "../../../src/telegram/buttons.ts";
import { realMind } from "../../support/mind.ts";
import { buttonsTo, startTalk, textsTo } from "../../support/talk.ts";

const mind = await realMind();
const HUMAN: Button = { kind: "human" };

describe("/downgrade leads who doesn't know what to ask", () => {
  test("two taps to an answer, the same that free text gets, with the person at every step", () => {
    const talk = startTalk(mind);
    const asked = talk.types("downgrade");
    expect(textsTo(asked)).toHaveLength(1);
    const telecom = buttonsTo(asked).find(({ kind }) => kind === "guide");
    expect(telecom).toEqual({ kind: "guide", sector: "telecom", intent: null });
    expect(buttonsTo(asked)).toContainEqual(HUMAN);

    const happened = talk.presses({ kind: "guide", sector: "telecom", intent: null });
    expect(textsTo(happened).join()).toContain("手机套餐：卡在哪里");
    expect(buttonsTo(happened)).toContainEqual(HUMAN);
    expect(buttonsTo(happened)).toContainEqual({ kind: "guide.unlisted" });

    const answer = textsTo(talk.presses({ kind: "intent", intent: "downgrade.hidden_entry" })).join();
    expect(answer).toContain("到12月8日还没答复（法定15日）");
    expect(answer).not.toContain("会员、云盘：今天");
  });

  test("a sector that is known already isn't asked again", () => {
    const talk = startTalk(mind);
    talk.says("移动的套餐找不到降级入口");
    expect(textsTo(talk.types("downgrade")).join()).toContain("手机套餐：卡在哪里");
    expect(textsTo(startTalk(mind).types("downgrade", "爱奇艺会员")).join()).toContain(
      "视频等会员：卡在哪里",
    );
  });

  test("the key of the keyboard is the same door, in both languages", () => {
    expect(textsTo(startTalk(mind).says("📉 降级指南")).join()).toContain("要降的是哪一类");
    const english = startTalk(mind);
    english.types("lang", "en");
    expect(textsTo(english.says("📉 Downgrade guide")).join()).toContain("What do you want to downgrade");
  });

  test("what isn't listed gets the way that works for all, and the person first", () => {
    const talk = startTalk(mind);
    talk.types("downgrade");
    talk.presses({ kind: "guide", sector: "cloud", intent: null });
    const decision = talk.presses({ kind: "guide.unlisted" });
    expect(textsTo(decision).join()).toContain("用自己的话说说发生了什么");
    expect(textsTo(decision).join()).toContain("云盘：通过应用商店买的");
    const pressable = buttonsTo(decision);
    expect(pressable.indexOf(pressable.find(({ kind }) => kind === "human") ?? HUMAN)).toBeLessThan(
      pressable.findIndex(({ kind }) => kind === "intent"),
    );
  });

  test("a number or the label typed stands for the button", () => {
    const talk = startTalk(mind);
    talk.types("downgrade");
    expect(textsTo(talk.says("视频等会员")).join()).toContain("视频等会员：卡在哪里");
    expect(textsTo(talk.says("1")).join()).toContain("找不到降级入口，不是您不会用");
  });

  test("in English", () => {
    const talk = startTalk(mind);
    talk.types("lang", "en");
    expect(textsTo(talk.types("downgrade")).join()).toContain("What do you want to downgrade?");
    expect(textsTo(talk.presses({ kind: "guide", sector: "cloud", intent: null })).join()).toContain(
      "Cloud storage: where are you stuck?",
    );
  });

  test("a request for a person wins at every step", () => {
    const talk = startTalk(mind);
    talk.types("downgrade");
    talk.presses({ kind: "guide", sector: "other", intent: null });
    talk.says("转人工");
    expect(talk.ticket?.status).toBe("waiting");
  });
});

describe("where the sector isn't known", () => {
  test("an answer for both offers the choice, and gives the same answer for the one chosen", () => {
    const talk = startTalk(mind);
    const both = talk.says("客服一直劝我别降级");
    expect(buttonsTo(both)).toContainEqual({
      kind: "guide",
      sector: "membership",
      intent: "downgrade.dissuasion",
    });
    const one = talk.presses({ kind: "guide", sector: "membership", intent: "downgrade.dissuasion" });
    expect(textsTo(one).join()).toContain("我已知悉，不更换方案");
    expect(textsTo(one).join()).not.toContain("电信用户申诉");
    expect(buttonsTo(one).some(({ kind }) => kind === "guide")).toBe(false);
  });

  test("another sector is another case: nothing said of the first is carried into it", () => {
    const talk = startTalk(mind);
    talk.says("移动的套餐找不到降级入口，想从129降到8元");
    talk.presses({ kind: "guide", sector: "cloud", intent: null });
    expect(talk.snapshot.conversation?.downgrade).toMatchObject({ sector: "cloud", facts: {} });
  });
});

test.each<Button>([
  { kind: "guide.open" },
  { kind: "guide.unlisted" },
  { kind: "guide", sector: "membership", intent: "downgrade.not_this_period" },
  { kind: "guide", sector: "other", intent: null },
])("the button %j survives a restart in Telegram's 64 bytes", (button) => {
  const packed = packButton(button);
  expect(Buffer.byteLength(packed)).toBeLessThanOrEqual(64);
  expect(unpackButton(packed)).toEqual(button);
});
