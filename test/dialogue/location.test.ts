import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
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

const at = (latitude: number, longitude: number) => ({ kind: "location", latitude, longitude }) as const;
const ZHANGPU = at(24.117, 117.614);

describe("a shared location", () => {
  test("is asked about by county, with none of them and a person to tap", () => {
    const decision = talk.sends(ZHANGPU);
    expect(textsTo(decision)[0]).toMatch(/您是在漳州市漳浦县附近吗/u);
    const buttons = buttonsTo(decision);
    expect(buttons).toContainEqual({ kind: "place", code: "350623" });
    expect(buttons).toContainEqual({ kind: "intent", intent: "coverage" });
    expect(buttons).toContainEqual({ kind: "human" });
  });

  test("no verdict is given before the customer confirms", () => {
    expect(textsTo(talk.sends(ZHANGPU))[0]).not.toMatch(/在公布的服务区域里/u);
    const confirmed = talk.presses({ kind: "place", code: "350623" });
    expect(textsTo(confirmed)[0]).toMatch(/漳浦县在公布的服务区域里/u);
  });

  test.each(["是的", "对", "1", "yes"])("「%s」 confirms the one asked about", (text) => {
    talk.sends(ZHANGPU);
    expect(textsTo(talk.says(text))[0]).toMatch(/漳浦县在公布的服务区域里/u);
  });

  test.each(["都不是", "不是", "none of these"])("「%s」 asks for the name", (text) => {
    talk.sends(ZHANGPU);
    expect(textsTo(talk.says(text))[0]).not.toMatch(/漳浦县在公布/u);
    expect(talk.snapshot.conversation?.awaiting).toEqual({ kind: "place" });
    expect(textsTo(talk.says("龙海"))[0]).toMatch(/龙海/u);
  });

  test("another county's name is an answer too", () => {
    talk.sends(ZHANGPU);
    expect(talk.says("我在云霄").reading?.coverage?.parts[0]?.candidates[0]?.code).toBe("350622");
  });

  test("far from the list: says so, with the nearest listed place, its distance and the hotline", () => {
    const decision = talk.sends(at(38.99, 88.17));
    expect(textsTo(decision)[0]).toMatch(/若羌县附近.*离那里最近的是.*大约\d+公里.*400-1865-909/su);
    expect(buttonsTo(decision)).toContainEqual({ kind: "human" });
  });

  test.each([
    ["abroad", at(48.8566, 2.3522)],
    ["at sea", at(20, 160)],
  ])("%s: no county is guessed", (_, point) => {
    const decision = talk.sends(point);
    expect(textsTo(decision)[0]).toMatch(/没有我认得的区县.*400-1865-909/su);
    expect(buttonsTo(decision).some(({ kind }) => kind === "place")).toBe(false);
    expect(buttonsTo(decision)).toContainEqual({ kind: "human" });
  });

  test("is asked in English of who writes English", () => {
    talk.says("hello there, how are you");
    expect(textsTo(talk.sends(ZHANGPU))[0]).toMatch(/near Zhangpu County/u);
  });

  test("while a ticket waits it goes to the agents, and isn't asked about", () => {
    talk.says("转人工");
    const decision = talk.sends(ZHANGPU);
    expect(sentTo(decision, "topic").some(({ kind }) => kind === "copy")).toBe(true);
    expect(buttonsTo(decision).some(({ kind }) => kind === "place")).toBe(false);
  });
});

describe("in a repair", () => {
  test("it fills the place once confirmed, and goes to the agents as it is", () => {
    talk.types("repair");
    expect(textsTo(talk.sends(ZHANGPU))[0]).toMatch(/您是在漳州市漳浦县附近吗/u);
    expect(talk.snapshot.conversation?.repair).toMatchObject({ place: null, step: "place" });
    const confirmed = talk.says("是的");
    expect(textsTo(confirmed)[0]).toMatch(/漳浦县在公布的服务区域里.*什么毛病/su);
    const repair = talk.snapshot.conversation?.repair;
    expect(repair?.place?.codes).toEqual(["350623"]);
    expect(repair?.files).toHaveLength(1);
  });

  test("with the place known already it is only kept", () => {
    talk.types("repair");
    talk.says("漳浦");
    const decision = talk.sends(ZHANGPU);
    expect(buttonsTo(decision).some(({ kind }) => kind === "place")).toBe(false);
    expect(talk.snapshot.conversation?.repair?.files).toHaveLength(1);
  });
});
