import { expect, test } from "vitest";
import { createToCharacters } from "../../src/nlu/characters.ts";

const SAID = [
  "师傅几点上门",
  "上门多少钱",
  "锁芯多少钱",
  "换电池多少钱",
  "怎么转人工",
  "钥匙丢了怎么办",
  "你们能来吗",
  "我在银行门口",
  "还要等多久",
  "绿色的灯一直亮",
  "电话多少",
  "西安能来吗",
];
const toCharacters = createToCharacters(SAID);

test.each([
  ["shangmen duoshao qian", "上门多少钱"],
  ["shang men duo shao qian", "上门多少钱"],
  ["shangmenduoshaoqian", "上门多少钱"],
  ["huan suoxin duoshao qian", "换锁芯多少钱"],
  ["SHIFU JI DIAN LAI", "师傅几点来"],
  ["shīfu jǐ diǎn lái", "师傅几点来"],
])("pinyin is written out as customers write, with spaces or without: %s", (pinyin, characters) => {
  expect(toCharacters(pinyin)).toBe(characters);
});

test.each([
  ["hai yao deng duo jiu", "还要等多久"],
  ["yinhang men kou", "银行门口"],
  ["lvse de deng", "绿色的灯"],
  ["luse de deng", "绿色的灯"],
])("characters with several readings, and ü: %s", (pinyin, characters) => {
  expect(toCharacters(pinyin)).toBe(characters);
});

test.each([
  ["sifu ji dian sang men", "师傅几点上门"],
  ["nimen nen lai ma", "你们能来吗"],
])("as southerners type: %s", (pinyin, characters) => {
  expect(toCharacters(pinyin)).toBe(characters);
});

test("what isn't pinyin stays as it is, and most of it must be", () => {
  expect(toCharacters("dianhua 10086 duoshao")).toBe("电话10086多少");
  expect(toCharacters("app zenme zhuan rengong")).toBe("app 怎么转人工");
  expect(toCharacters("what is it")).toBeUndefined();
  expect(toCharacters("")).toBeUndefined();
});

test("a run of letters that can be cut in many ways takes no time to speak of", () => {
  expect(toCharacters(`${"xian".repeat(200)}q`)).toBeUndefined();
});
