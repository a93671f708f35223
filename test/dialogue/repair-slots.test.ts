import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { repairLexiconSchema } from "../../src/dialogue/repair/lexicon.ts";
import { readSlots } from "../../src/dialogue/repair/slots.ts";

const lexicon = repairLexiconSchema.parse(parse(readFileSync("data/lexicon/repair.yaml", "utf8")));
const read = (text: string) => {
  const { rest, isQuestion, vague, ...facts } = readSlots(text, lexicon);
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== null && fact !== false));
};

test.each([
  ["漳浦的,门打不开,下午有空", { problem: "门打不开", when: "下午有空", lockedOut: true }],
  ["按键没反应", { problem: "按键没反应" }],
  ["昨天下午开始打不开", { problem: "昨天下午开始打不开", lockedOut: true }],
  ["显示E01，报警响个不停", { problem: "报警响个不停" }],
  ["型号是 D-53", { model: "D-53" }],
  ["BGX-5/D1", { model: "BGX-5/D1" }],
  ["型号：FDG-A1", { model: "FDG-A1" }],
  ["13800001111 明天上午", { phone: "13800001111", when: "明天上午" }],
  ["电话 138 0000 1111", { phone: "138 0000 1111" }],
  ["0596-3221234，随时", { phone: "0596-3221234", when: "随时" }],
  ["周六9点到11点", { when: "周六9点到11点" }],
  ["密码忘了，打不开", { problem: "密码忘了，打不开", lockedOut: true }],
  [
    "the keypad is dead, model BX-40, free tomorrow",
    { problem: "the keypad is dead", model: "BX-40", when: "free tomorrow" },
  ],
  [
    "call me at +44 20 7946 0000 in the afternoon",
    { phone: "+44 20 7946 0000", when: "call me at in the afternoon" },
  ],
  ["my number is 13800138000 call me after 6 pm", { phone: "13800138000", when: "call me after 6 pm" }],
  ["电话13800138000 下午打给我", { phone: "13800138000", when: "下午打给我" }],
  ["tomorrow after 3 pm", { when: "tomorrow after 3 pm" }],
  ["门鎖死咗，打唔開", { problem: "门鎖死咗，打唔開", lockedOut: true }],
  ["我家在二楼", {}],
  ["不是密码123456", {}],
])("%s", (text, facts) => {
  expect(read(text)).toEqual(facts);
});

test.each([
  ["保险柜坏了", true],
  ["my safe is broken", true],
  ["坏了，按键没反应", false],
  ["门打不开", false],
])("%s says nothing of what is wrong: %s", (text, is) => {
  expect(readSlots(text, lexicon).vague).toBe(is);
});

test.each([
  ["多少钱", true],
  ["什么时候来", true],
  ["how much is it", true],
  ["按键没反应", false],
  ["the show is over", false],
])("%s asks something: %s", (text, is) => {
  expect(readSlots(text, lexicon).isQuestion).toBe(is);
});
