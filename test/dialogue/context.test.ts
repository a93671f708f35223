import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
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

test("a coverage question without a place is answered by asking for it, and the place then fills the gap", () => {
  const asked = talk.says("你们覆盖我那儿吗");
  expect(asked.reading?.coverage?.status).toBe("not_a_place");
  expect(textsTo(asked)[0]).toMatch(/哪个县/u);
  expect(talk.says("漳浦").reading?.coverage?.codes).toEqual(["350623"]);
});

test("an ellipsis asks the same of another place", () => {
  talk.says("漳浦能修吗");
  expect(talk.says("那龙海呢").reading?.coverage?.codes).toEqual(["350604"]);
});

test("the language may change midway, and the answer follows", () => {
  talk.says("漳浦能修吗");
  expect(textsTo(talk.says("and Longhai?"))[0]).toMatch(/Longhai District/u);
});

test("a namesake is asked back with buttons, and a parent, a correction or a button decides", () => {
  const asked = talk.says("鼓楼区能来吗");
  expect(asked.reading?.coverage?.status).toBe("ambiguous");
  expect(buttonsTo(asked)).toContainEqual({ kind: "place", code: "350102" });
  expect(talk.says("不是，我说的是徐州的鼓楼").reading?.coverage?.status).toBe("not_listed");
  expect(textsTo(talk.presses({ kind: "place", code: "350102" }))[0]).toMatch(/福州市鼓楼区/u);
});

test("several wishes in one message are answered in order, and the person wins the route", () => {
  const decision = talk.says("漳浦能修吗 电话多少 不行就转人工");
  const said = textsTo(decision).join("\n");
  expect(said.indexOf("漳浦县")).toBeGreaterThanOrEqual(0);
  expect(said.indexOf("漳浦县")).toBeLessThan(said.indexOf("客服热线"));
  expect(said.indexOf("客服热线")).toBeLessThan(said.indexOf("#1"));
  expect(decision.reading?.route).toBe("human");
});

test("a number picks the button it stands for", () => {
  const vague = talk.says("那个东西的那个");
  const options = talk.snapshot.conversation?.awaiting;
  if (options?.kind !== "choice") throw new Error(`no guesses were offered: ${textsTo(vague)[0]}`);
  const [first] = options.options;
  expect(first?.kind).toBe("intent");
  const picked = talk.says("1");
  expect(picked.reading?.intent).toBe(first?.kind === "intent" ? first.intent : undefined);
  expect(talk.snapshot.conversation?.misses).toBe(0);
});

test("a long list of places is shown in part, and the button goes on where it ended", () => {
  const first = talk.says("湖南哪些地方能修");
  const more = buttonsTo(first).find((button) => button.kind === "places.more");
  if (more === undefined) throw new Error("there is no button for the rest");
  const next = textsTo(talk.presses(more))[0] ?? "";
  expect(next).not.toBe(textsTo(first)[0]);
  expect(next).toMatch(/区|县|市/u);
});

test("/lang pins the language against what is written", () => {
  talk.types("lang", "en");
  expect(textsTo(talk.says("电话多少"))[0]).toMatch(/hotline/iu);
});

test("a message of nothing but a picture is honest about what a bot can't do, and offers the person", () => {
  const decision = talk.sends({ kind: "media", media: "photo", caption: "", album: null });
  expect(textsTo(decision)[0]).toMatch(/看不了图片/u);
  expect(buttonsTo(decision)).toContainEqual({ kind: "human" });
});

test("a picture whose caption asks for a person opens a ticket, and the picture goes along", () => {
  const decision = talk.sends({ kind: "media", media: "photo", caption: "转人工", album: null });
  expect(talk.ticket?.status).toBe("waiting");
  expect(decision.effects).toContainEqual(
    expect.objectContaining({
      to: expect.objectContaining({ kind: "topic" }),
      message: expect.objectContaining({ kind: "copy" }),
    }),
  );
});
