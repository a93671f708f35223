import { expect, test } from "vitest";
import { realMind } from "../support/mind.ts";
import { startTalk, textsTo } from "../support/talk.ts";

const mind = await realMind();

test.each([
  "小孩被锁在保险柜里了",
  "孩子钻进柜子里门关上了打不开",
  "快点 有人困在金库里出不来",
  "同事反锁在里面了怎么办",
  "my kid is locked inside the safe",
  "my son got himself locked in the safe",
  "HELP someone is trapped in the vault",
])("%s: the rescue number first, and a person at once", (text) => {
  const talk = startTalk(mind);
  const decision = talk.says(text);
  const [first, second] = textsTo(decision);
  expect(first).toMatch(/119/u);
  expect(second).toMatch(/#1/u);
  expect(decision.reading?.route).toBe("human");
});

test.each([
  "孩子把钥匙锁在里面了",
  "儿子的手机锁在柜子里了",
  "我被困在他们的合约里，降不下来",
  "my keys are locked inside the safe",
  "we trapped ourselves in a contract",
])("%s: nobody is shut in", (text) => {
  expect(textsTo(startTalk(mind).says(text)).join()).not.toMatch(/119/u);
});
