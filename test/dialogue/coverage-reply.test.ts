import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { COVERAGE_STRINGS, coverageReply } from "../../src/dialogue/coverage-reply.ts";
import { fill, placeholdersOf } from "../../src/knowledge/placeholders.ts";
import type { Lang } from "../../src/knowledge/types.ts";
import { listed, places, readText } from "../places/load.ts";

const strings = z
  .record(z.string(), z.object({ zh: z.string(), en: z.string() }))
  .parse(parse(readText("data/strings/coverage.yaml")));
const ALWAYS = { coverage_as_of: "2026-11-22", hotline: "400-1865-909" };

function reply(text: string, lang: Lang = "zh", from?: number) {
  const say = (key: string, params: Readonly<Record<string, string | number>> = {}) =>
    fill(strings[key]?.[lang] ?? "", { ...ALWAYS, ...params });
  return coverageReply(places.read(text), { lang, say, ...(from !== undefined && { from }) });
}

test("every string is there in both languages and asks for no other parameters", () => {
  expect(Object.keys(strings).sort()).toEqual(Object.keys(COVERAGE_STRINGS).sort());
  for (const [key, params] of Object.entries(COVERAGE_STRINGS)) {
    for (const text of [strings[key]?.zh ?? "", strings[key]?.en ?? ""]) {
      for (const name of placeholdersOf(text)) expect([...params, ...Object.keys(ALWAYS)]).toContain(name);
    }
  }
});

describe("covered", () => {
  test("says yes and the whole name", () => {
    expect(reply("漳浦").text).toMatch(/^在的.*漳州市漳浦县/u);
    expect(reply("Zhangpu", "en").text).toMatch(/^Yes, Zhangpu County, Zhangzhou/);
  });
  test("a typo is repeated right", () => expect(reply("漳蒲县").text).toContain("您说的是漳州市漳浦县吧"));
  test("a former name is told by its present one", () => {
    expect(reply("龙海市").text).toMatch(/龙海市现在是漳州市龙海区/u);
    expect(reply("揭阳县").text).toMatch(/榕城区、揭阳市揭东区/u);
  });
  test("a wrong city is put right", () => expect(reply("泉州漳浦").text).toContain("漳州市漳浦县"));
  test("a town is covered by its county", () =>
    expect(reply("彭州龙门山镇").text).toMatch(/龙门山镇属于成都市彭州市/u));
});

describe("not listed", () => {
  test("says so as of a date, offers what is near, the person and the hotline, and never 'we don't'", () => {
    const { text } = reply("云霄");
    expect(text).toContain("不在公布的服务区域名单上");
    expect(text).toContain("2026-11-22");
    expect(text).toContain("漳州市漳浦县");
    expect(text).toContain("转人工");
    expect(text).toContain("400-1865-909");
    expect(text).not.toMatch(/不服务|无法上门|没有师傅/u);
  });
  test("namesakes that are all unlisted are named", () => {
    expect(reply("和平区").text).toMatch(/天津市和平区、沈阳市和平区，都不在/u);
  });
  test("abroad too", () =>
    expect(reply("I live in Canada", "en").text).toMatch(/^Canada is not on the published/));
});

describe("partly", () => {
  test("a city's units are all named", () => {
    const { text, more } = reply("杭州");
    for (const name of ["上城区", "拱墅区", "余杭区"]) expect(text).toContain(name);
    expect(text).toContain("3处");
    expect(more).toBeNull();
  });

  test("a province's are grouped by city, told in number, and the rest is behind a button", () => {
    const first = reply("福建");
    expect(first.text).toContain("15处");
    expect(first.text).toMatch(/福州市：鼓楼区、台江区、平潭县/u);
    expect(first.more).toEqual({ code: "350000", from: 12 });
    const second = reply("福建", "zh", first.more?.from);
    expect(second.text).toContain("第13到15处");
    expect(second.more).toBeNull();
  });

  test("over all pages of every province each listed unit is named once", () => {
    let named = 0;
    for (const province of [...listed]
      .map((code) => `${code.slice(0, 2)}0000`)
      .filter((code, i, all) => all.indexOf(code) === i)) {
      const reading = places.byCode(province);
      if (reading === undefined) throw new Error(province);
      const say = (key: string, params: Readonly<Record<string, string | number>> = {}) =>
        key === "coverage.group" || key === "coverage.join_short"
          ? fill(strings[key]?.zh ?? "", params)
          : `${params.places ?? ""}`;
      for (let from = 0, more = true; more; ) {
        const page = coverageReply(reading, { lang: "zh", say, from });
        named += page.text.split("\n").filter(Boolean).join("、").split("、").length;
        more = page.more !== null;
        from = page.more?.from ?? 0;
      }
    }
    expect(named).toBe(listed.size);
  });

  test("a split former county asks which of its heirs", () => {
    const { text, choices } = reply("益阳县");
    expect(text).toContain("益阳市赫山区");
    expect(choices.map((choice) => choice.code)).toEqual(["430903", "430902"]);
  });

  test("小榄镇: only 东升镇 of it", () => expect(reply("小榄镇").text).toMatch(/小榄镇里.*东升镇/u));
});

describe("ambiguous", () => {
  test("asks which one, a button each", () => {
    const { text, choices } = reply("鼓楼");
    expect(text).toMatch(/哪个/u);
    expect(choices.map((choice) => choice.label)).toEqual([
      "南京市鼓楼区",
      "徐州市鼓楼区",
      "福州市鼓楼区",
      "开封市鼓楼区",
    ]);
  });
  test("doesn't ask where every one is covered", () => {
    const { text, choices } = reply("台江");
    expect(text).toMatch(/福州市台江区、.*台江县，都在/u);
    expect(choices).toEqual([]);
  });
  test("a town of a hundred counties is asked for in words", () => {
    const { text, choices } = reply("城关镇");
    expect(text).toMatch(/哪个县/u);
    expect(choices).toEqual([]);
  });
});

test("several places get a line each and one closing", () => {
  const { text } = reply("漳浦、云霄、龙海");
  expect(text.split("\n").slice(0, 3)).toEqual([
    "· 漳州市漳浦县：在公布的服务区域里",
    "· 漳州市云霄县：不在公布的名单上",
    "· 漳州市龙海区：在公布的服务区域里",
  ]);
  expect(text.match(/400-1865-909/gu)).toHaveLength(1);
});

test("the whole country isn't promised", () =>
  expect(reply("全国都能上门吗").text).toMatch(/不是每个县区都有/u));
test("without a place it asks for one", () => expect(reply("你们好").text).toMatch(/哪个县/u));
