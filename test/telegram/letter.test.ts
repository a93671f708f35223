import { expect, test } from "vitest";
import type { Letter } from "../../src/dialogue/downgrade/letter-text.ts";
import { letterFiles } from "../../src/telegram/letter.ts";
import { unzip, wordsOfDocx } from "../support/zip.ts";

const LETTER: Letter = {
  title: "投诉信",
  addressed: "致：中国移动",
  sections: [
    { heading: "事实", lines: ['对方答复：<b>办不了</b> & "下个月"', "工单号：＿＿＿"] },
    { heading: "请求", lines: ["1. 于2026-12-01前办理"] },
  ],
  closing: ["投诉人：＿＿＿", "日期：2026年11月23日"],
};

test("a Word file with every word of the letter, as it was said", async () => {
  const [word] = await letterFiles(LETTER, "投诉信-2026-11-23");
  expect(word?.name).toBe("投诉信-2026-11-23.docx");
  const bytes = Buffer.from(word?.content ?? "");
  expect(wordsOfDocx(bytes).trim().split("\n")).toEqual([
    "投诉信",
    "致：中国移动",
    "事实",
    '对方答复：<b>办不了</b> & "下个月"',
    "工单号：＿＿＿",
    "请求",
    "1. 于2026-12-01前办理",
    "投诉人：＿＿＿",
    "日期：2026年11月23日",
  ]);
});

test("on A4, in a font for Chinese", async () => {
  const [word] = await letterFiles(LETTER, "a");
  const files = unzip(Buffer.from(word?.content ?? ""));
  expect(files.get("word/document.xml")).toContain('w:w="11906"');
  expect(files.get("word/styles.xml")).toContain('w:eastAsia="SimSun"');
});

test("a text file that opens right everywhere", async () => {
  const [, plain] = await letterFiles(LETTER, "a");
  expect(plain).toEqual({
    name: "a.txt",
    content:
      '\uFEFF投诉信\n\n致：中国移动\n\n事实\n对方答复：<b>办不了</b> & "下个月"\n工单号：＿＿＿\n\n' +
      "请求\n1. 于2026-12-01前办理\n\n投诉人：＿＿＿\n日期：2026年11月23日\n",
  });
});
