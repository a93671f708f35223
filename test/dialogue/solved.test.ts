import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
import { realMind } from "../support/mind.ts";
import { startTalk, type Talk, textsTo } from "../support/talk.ts";

let mind: Mind;
let talk: Talk;
beforeAll(async () => {
  mind = await realMind();
});
beforeEach(() => {
  talk = startTalk(mind);
});

describe("while they wait for a person", () => {
  test.each([
    "不用来人了，我老公回来整好了",
    "别找了哈 已经解决了",
    "莫喊了嘛",
    "唔使搵喇，自己搞掂咗",
    "nevermind, sorted it out myself",
    "先不用，我家里人会弄",
    "不用了谢谢",
    "我先不排队了",
    "no need anymore, the safe is open now",
  ])("%s gives the place back", (text) => {
    talk.says("转人工");
    expect(talk.says(text).reading).toMatchObject({ intent: "human.cancel", route: "answer" });
    expect(talk.ticket?.status).toBe("closed");
  });

  test.each([
    "怎么还不来",
    "你们倒是来呀",
    "别叫我等了",
    "帮我解决",
    "修好了再说",
    "你们不接",
    "没问题",
    "开锁",
    "it's still not open",
    "搞定了吗",
    "慢慢来，我等着",
    "算了，等吧",
    "别取消我的排队",
    "不用跟我讲这些",
    "不用了？",
    "no thanks, keep me in line",
    "不用了 你们太慢了 但还是要有人管",
    "别找借口了",
  ])("%s gives nothing back", (text) => {
    talk.says("转人工");
    talk.says(text);
    expect(talk.ticket?.status).toBe("waiting");
  });

  test.each(["门开了", "钥匙找到了哈哈", "it works again"])(
    "%s keeps it, and says how to give it back",
    (text) => {
      talk.says("转人工");
      const said = talk.says(text);
      expect(talk.ticket?.status).toBe("waiting");
      expect(textsTo(said)[0]).toMatch(/#1/u);
      expect(textsTo(said)[0]).not.toMatch(/打不开|won't open/u);
    },
  );
});

test("a repair that has become needless is asked about no further", () => {
  talk.says("保险柜按键没反应");
  talk.says("漳浦");
  const said = talk.says("哎 自己好了");
  expect(said.reading?.intent).toBe("human.cancel");
  expect(textsTo(said).join()).not.toMatch(/什么毛病/u);
});
