import { describe, expect, test } from "vitest";
import { counties, data, listed, parentOf, places } from "./load.ts";

/** R11b: only the place asked about counts, wherever the others stand. */
describe("a place that says which one, where from or what is near is no question of its own", () => {
  test.each([
    ["绩溪县师傅去得了吗，宣城的", "covered", ["宣城市绩溪县"]],
    ["云霄县管修吗，漳州那个", "not_listed", ["漳州市云霄县"]],
    ["弥勒市有师傅没有？红河、云南的", "covered", ["红河哈尼族彝族自治州弥勒市"]],
    ["镇雄离昭通市区蛮远，师傅肯跑吗", "covered", ["昭通市镇雄县"]],
    ["zhenxiong xian you shifu ma, zhaotong de", "covered", ["昭通市镇雄县"]],
    ["Is Jixi County covered? The one in Xuancheng", "covered", ["宣城市绩溪县"]],
    ["介休和榆社都来吗，晋中的", "partly", ["晋中市介休市", "晋中市榆社县"]],
    ["鼓楼区有人修吗，徐州那个", "not_listed", ["徐州市鼓楼区"]],
    ["我在漳浦，紧挨着云霄，你们来不来", "covered", ["漳州市漳浦县"]],
    ["漳浦离厦门一个钟头，能上门吗", "covered", ["漳州市漳浦县"]],
    ["我是云霄人，住在漳浦，能来修吗", "covered", ["漳州市漳浦县"]],
    ["云霄的师傅能不能来漳浦", "covered", ["漳州市漳浦县"]],
    ["邻居说漳浦有师傅，云霄呢", "not_listed", ["漳州市云霄县"]],
    ["上回是在漳浦修好的，如今搬到云霄，能来吗", "not_listed", ["漳州市云霄县"]],
    ["总公司在云霄，柜子在漳浦的门店，能来修吗", "covered", ["漳州市漳浦县"]],
    ["我爸在漳浦住着，柜子打不开，我在厦门，能去吗", "covered", ["漳州市漳浦县"]],
    ["我在德国，爸妈在漳浦，有师傅上门吗", "covered", ["漳州市漳浦县"]],
    ["漳浦出口到越南的厂，柜子坏了有人来吗", "covered", ["漳州市漳浦县"]],
    ["I live overseas, my parents are in Zhangpu. Can you come?", "covered", ["漳州市漳浦县"]],
    ["漳浦的厂子，三台柜子要换锁，接吗", "covered", ["漳州市漳浦县"]],
    ["zhangpu de baoxianxiang xiu bu xiu", "covered", ["漳州市漳浦县"]],
    ["zhangpu nabian neng lai ren bu", "covered", ["漳州市漳浦县"]],
  ])("%s", (text, status, units) => {
    const reading = places.read(text);
    expect(reading.parts.flatMap((part) => part.candidates.map((unit) => unit.full))).toEqual(units);
    expect(reading.status).toBe(status);
  });
});

describe("what is asked about too is answered too", () => {
  test.each([
    ["漳浦有师傅吗？漳州呢", ["漳州市漳浦县", "漳州市"]],
    ["漳浦有吗，漳州其他县有没有", ["漳州市漳浦县", "漳州市"]],
    ["漳浦去不去，还有漳州", ["漳州市漳浦县", "漳州市"]],
    ["漳浦能上门吗，越南能不能去", ["漳州市漳浦县", "越南"]],
    ["漳浦、新加坡都能上门吗", ["漳州市漳浦县", "新加坡"]],
    ["Do you cover Zhangpu, and what about Xiamen?", ["漳州市漳浦县", "厦门市"]],
    ["柜子一台在漳浦，一台在云霄，能来吗", ["漳州市漳浦县", "漳州市云霄县"]],
    ["我家在漳浦，厂在云霄，都能修吗", ["漳州市漳浦县", "漳州市云霄县"]],
  ])("%s", (text, units) => {
    const named = places.read(text).parts.flatMap((part) => part.candidates.map((unit) => unit.full));
    expect(named).toEqual(units);
  });
});

/** Each county with its city named behind it, in words that only say which one. */
const BEHIND: readonly ((county: string, city: string) => string)[] = [
  (county, city) => `${county}师傅去不去，${city}的`,
  (county, city) => `${county}修不修得到？${city}那个`,
  (county, city) => `${county}能上门吗，我们归${city}管`,
  (county, city) => `${county}你们跑吗，离${city}市区六十公里`,
];

test.each(BEHIND.map((question) => [question("某县", "某市"), question] as const))(
  "%s is asked of the county alone, and never covered when it isn't listed",
  (_, question) => {
    const inCity = counties.filter(
      ({ code, name, stem }) =>
        // A suburb is a word before it's a place.
        name !== "郊区" &&
        (listed.has(code) || Number(code) % 7 === 0) &&
        parentOf(code).stem !== stem &&
        data.divisions.some((division) => division.code === `${code.slice(0, 4)}00`),
    );
    const wrong = inCity.flatMap(({ code, name }) => {
      const text = question(name, parentOf(code).stem);
      const { parts, status } = places.read(text);
      const units = parts.flatMap(({ candidates }) => candidates.map((unit) => unit.code));
      const isRight = units.length === 1 && units[0] === code && (status === "covered") === listed.has(code);
      return isRight ? [] : [`${text} → ${status} ${units.join()}`];
    });
    expect(inCity.length).toBeGreaterThan(500);
    expect(wrong).toEqual([]);
  },
);
