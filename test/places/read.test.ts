import { describe, expect, test } from "vitest";
import { places } from "./load.ts";

describe("an answer to 'which one?'", () => {
  const asked = places.read("鼓楼");
  const codes = asked.parts.flatMap((part) => part.candidates.map((unit) => unit.code));

  test("was asked, because there are four", () => {
    expect(asked.status).toBe("ambiguous");
    expect(codes.toSorted()).toEqual(["320106", "320302", "350102", "410204"]);
  });

  test.each([
    ["徐州的", "320302", "not_listed"],
    ["福建", "350102", "covered"],
    ["不是,我说的是徐州的鼓楼", "320302", "not_listed"],
    ["开封那个", "410204", "not_listed"],
  ])("%s picks one", (text, code, status) => {
    const reading = places.read(text, { codes });
    expect(reading.parts.map((part) => part.candidates.map((unit) => unit.code))).toEqual([[code]]);
    expect(reading.status).toBe(status);
  });

  test("another place altogether is another question", () => {
    expect(places.read("漳浦", { codes }).codes).toEqual(["350623"]);
  });

  test("江苏 leaves two to choose from", () => {
    const reading = places.read("江苏的", { codes });
    expect(reading.status).toBe("ambiguous");
    expect(reading.parts[0]?.candidates.map((unit) => unit.code)).toEqual(["320106", "320302"]);
  });
});

describe("a place that is denied is not asked about", () => {
  test.each([
    ["不是漳浦 是云霄", "350622"],
    ["不是漳浦是云霄", "350622"],
    ["龙海的 不是漳浦的", "350604"],
    ["唔係漳浦，係龍海", "350604"],
    ["not Zhangpu, Longhai", "350604"],
  ])("%s", (text, code) => {
    expect(places.read(text).parts.flatMap((part) => part.candidates.map((unit) => unit.code))).toEqual([
      code,
    ]);
  });

  test.each(["是不是漳浦和龙海都能修", "不是说漳浦和龙海都能修吗"])("%s denies neither", (text) => {
    expect(places.read(text).parts.map((part) => part.text)).toEqual(["漳浦", "龙海"]);
  });
});

describe("a name that is a word as well", () => {
  const named = (text: string, talkOf: "places" | "anything") =>
    places.read(text, { codes: [], talkOf }).parts.map((part) => part.text);

  test.each([
    ["石狮嘞", "石狮"],
    ["少说了个石狮", "石狮"],
    ["花都又点呀", "花都"],
  ])("%s goes on with a talk of places", (text, place) => {
    expect(named(text, "places")).toEqual([place]);
  });

  test.each(["城东阳光小区三栋", "大方得很", "资源又不够"])("%s names none even there", (text) => {
    expect(named(text, "places")).toEqual([]);
  });

  test("and is only a word in any other talk", () => {
    expect(named("少说了个石狮", "anything")).toEqual([]);
  });
});

test.each([
  "漳浦",
  "那龙海呢?",
  "龙海咧",
  "and Zhangpu?",
  "渠县",
  "就是漳浦",
  "漳浦 🙏",
  "漳州市漳浦县",
  "漳浦能上门吗",
  "派个师傅来漳浦",
  "do you cover Zhangpu",
])("%s is bare", (text) => {
  expect(places.read(text).bare).toBe(true);
});

test.each(["漳浦电话多少", "我的柜子在漳浦坏了", "how much is it in Zhangpu"])("%s is not bare", (text) => {
  expect(places.read(text).bare).toBe(false);
});

describe("how a place was recognised", () => {
  test.each([
    ["漳浦", { how: "name" }],
    ["龙海市", { how: "former", formerName: "龙海市" }],
    ["漳蒲县", { how: "typo" }],
    ["泉州漳浦", { how: "wrong_parent" }],
    ["彭州龙门山镇", { how: "township", township: "龙门山镇" }],
    ["韶山冲", { how: "landmark", landmark: "韶山冲" }],
    ["西海岸新区", { how: "zone", zone: "西海岸新区" }],
    ["加拿大", { how: "abroad" }],
  ])("%s", (text, recognised) => {
    expect(places.read(text).parts.map((part) => part.recognised)).toEqual([recognised]);
  });
});

test("a part keeps the customer's own words", () => {
  expect(places.read("請問龍海區有師傅嗎").parts[0]?.text).toBe("龍海區");
});

test("the units near one that isn't listed are of its own city first, and at most five", () => {
  const [part] = places.read("云霄县").parts;
  const names = part?.nearest.map((unit) => unit.full) ?? [];
  expect(names).toHaveLength(5);
  expect(names.slice(0, 2).toSorted()).toEqual(["漳州市漳浦县", "漳州市龙海区"]);
  expect(places.read("长沙").parts[0]?.nearest.length).toBe(5);
  expect(places.read("石家庄").parts[0]?.nearest).toEqual([]);
});

test("a pressed button is read as the unit itself", () => {
  expect(places.byCode("350623")).toMatchObject({ status: "covered", codes: ["350623"] });
  expect(places.byCode("350000")?.parts[0]?.listed).toHaveLength(15);
  expect(places.byCode("469021109")).toMatchObject({ status: "covered", codes: ["469021109"] });
  expect(places.byCode("999999")).toBeUndefined();
});

test("names are given as customers write them, in Chinese and English", () => {
  const named = (code: string) => places.byCode(code)?.parts[0]?.candidates[0];
  expect(named("350623")).toMatchObject({ full: "漳州市漳浦县", fullEn: "Zhangpu County, Zhangzhou" });
  expect(named("150425")).toMatchObject({ fullEn: "Hexigten Banner, Chifeng" });
  expect(named("431228")).toMatchObject({ fullEn: "Zhijiang Dong Autonomous County, Huaihua" });
  expect(named("230405")).toMatchObject({ fullEn: "Xing'an District, Hegang" });
  expect(named("220284")).toMatchObject({ fullEn: "Panshi City, Jilin City" });
  expect(named("511725")).toMatchObject({ fullEn: "Qu County, Dazhou" });
  expect(named("500156")).toMatchObject({ full: "重庆市武隆区", fullEn: "Wulong District, Chongqing" });
});

test("any text at all is read without throwing", () => {
  for (const text of [
    "",
    " ",
    "\ud800",
    "县",
    "县县县县县县县县县县",
    "a".repeat(5000),
    "漳".repeat(5000),
    "区市县旗".repeat(500),
  ]) {
    expect(places.read(text).parts.length).toBeGreaterThanOrEqual(0);
  }
});
