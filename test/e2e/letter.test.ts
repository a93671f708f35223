import { afterEach, beforeEach, expect, test } from "vitest";
import { wordsOfDocx } from "../support/zip.ts";
import { type BotProcess, openScene, type Scene } from "./bot.ts";

let scene: Scene;
let bot: BotProcess;

beforeEach(async () => {
  scene = await openScene();
  bot = await scene.start();
});
afterEach(() => scene.end());

/** The bytes of a document, fetched as any client of the Bot API does. */
async function download(fileId: string): Promise<Uint8Array> {
  const { token } = scene.playground;
  const found = await fetch(`${scene.url}/bot${token}/getFile?file_id=${fileId}`);
  const { result } = (await found.json()) as { result: { file_path: string } };
  const file = await fetch(`${scene.url}/file/bot${token}/${result.file_path}`);
  return new Uint8Array(await file.arrayBuffer());
}

test("a complaint told over a kill arrives as one block to copy, a Word file and a text file", async () => {
  const customer = scene.playground.control.customer();
  await customer.says("联通客服一直劝我别降级，我要从99降到8元");
  await customer.sees(/我已知悉，不更换方案/u);
  await customer.says("记录：今天客服又劝我保留");
  await customer.sees(/第 1 条/u);
  await customer.presses("📝 写投诉信");
  await customer.sees(/投诉对象：中国联通.*交给谁/su);
  await customer.presses("先投诉运营商");
  await customer.sees(/哪天提出降级/u);
  await bot.kill();
  await scene.start();
  await customer.says("昨天下午3点，在App里提的，工单号A1234567");
  await customer.sees(/对方怎么说/u);
  await customer.presses("都跳过，直接生成");
  const guidance = await customer.sees(/不是法律意见/u);
  expect(guidance.text).toMatch(/要一个工单号.*请自己补上：对方怎么说、/su);

  const letter = await customer.sees(/^投诉信/u);
  expect(letter.entities).toEqual([{ type: "pre", offset: 0, length: letter.text?.length }]);
  const facts = [
    /致：中国联通/u,
    /时间：\d{4}-\d\d-\d\d 15:00/u,
    /工单号：A1234567/u,
    /今天客服又劝我保留/u,
    /＿＿＿/u,
  ];
  for (const fact of facts) expect(letter.text).toMatch(fact);

  const word = await customer.sees((message) => message.document?.file_name?.endsWith(".docx") === true);
  const plain = await customer.sees((message) => message.document?.file_name?.endsWith(".txt") === true);
  expect(word.document?.file_name).toMatch(/^投诉信-\d{4}-\d\d-\d\d\.docx$/u);
  const lines = (text: string) => text.split("\n").filter((line) => line !== "");
  const text = new TextDecoder().decode(await download(plain.document?.file_id ?? ""));
  expect(lines(text)).toEqual(lines(letter.text ?? ""));
  expect(lines(wordsOfDocx(await download(word.document?.file_id ?? "")))).toEqual(lines(letter.text ?? ""));
});
