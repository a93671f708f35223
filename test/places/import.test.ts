import { expect, test } from "vitest";
import { normalise } from "../../src/nlu/normalise.ts";
import { createCoverageImporter } from "../../src/places/index.ts";
import { coverage, data } from "./load.ts";

const read = createCoverageImporter(data, normalise);

test("the published list's own words give back every row of data/coverage.csv", () => {
  const text = coverage.map((row) => row.wording).join("、");
  const { rows, unresolved } = read(text);
  expect(unresolved).toEqual([]);
  expect(rows).toEqual(coverage);
});

test("an area named twice is one row and two mentions", () => {
  expect(read("漳州市漳浦县、漳州市漳浦县")).toMatchObject({ mentions: 2, rows: [{ code: "350623" }] });
});

test("what isn't beyond doubt is handed back with its line and what it may have meant", () => {
  const { rows, unresolved } = read(
    "服务区域如下:\n漳州市漳浦县、漳州市漳甫县、鼓楼区、福州市、黔东南岑巩县、莆田市仙游县、大理剑川县",
  );
  expect(rows.map((row) => row.code)).toEqual(["350623", "522626", "350322", "532931"]);
  expect(unresolved.map(({ line, text }) => [line, text])).toEqual([
    [2, "漳州市漳甫县"],
    [2, "鼓楼区"],
    [2, "福州市"],
  ]);
  expect(unresolved[0]?.suggestions).toContain("漳州市漳浦县");
});

test("slogans, phone numbers and articles around the list are passed over", () => {
  const { rows, unresolved } = read(
    "400服务电话:400-1865-909\n一站式售后服务,从咨询到维修,全程无忧。\n在北京朝阳工作的刘女士也有类似经历。",
  );
  expect(rows).toEqual([]);
  expect(unresolved).toEqual([]);
});

test("a misspelt area alone on its line is handed back too", () => {
  const { unresolved } = read("漳州市章浦县\n福建省漳州市\n鼓楼区");
  expect(unresolved.map(({ line }) => line)).toEqual([1, 2, 3]);
});

test("an area in columns is one area, and its header none", () => {
  const { rows, unresolved } = read(
    "代码,省份,城市,区县\r\n350623,福建省,漳州市,漳浦县\r\n\t贵州省\t黔东南\t岑巩县\r\n",
  );
  expect(rows.map((row) => row.code)).toEqual(["350623", "522626"]);
  expect(unresolved).toEqual([]);
});
