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
