import { describe, expect, test } from "vitest";
import { createNearest } from "../../src/places/nearest.ts";

const nearest = createNearest(["zhangpu", "huangpu", "yangpu", "shangdu", "zhangping", "wuyishan"]);

describe("the nearest names", () => {
  test.each([
    ["zhangbu", ["zhangpu"], "a letter for another"],
    ["zhagpu", ["zhangpu"], "a letter left out"],
    ["zhanggpu", ["zhangpu"], "a letter doubled"],
    ["zhagnpu", ["zhangpu"], "two letters swapped"],
    [
      "hangpu",
      ["huangpu", "yangpu", "zhangpu"],
      "the first letter left out, or one inside, or the wrong one",
    ],
    ["zangpu", ["yangpu", "zhangpu"], "equally near"],
    ["wuishan", ["wuyishan"], "in a longer name"],
    ["zhangp", ["zhangpu"], "not what merely goes on"],
    ["zhxxgpu", [], "two letters off"],
    ["a".repeat(500), [], "no name at all"],
  ])("of %s are %j: %s", (written, names) => {
    const near = nearest(written, 1);
    expect(near.map(({ name }) => name).toSorted()).toEqual(names);
  });

  test("two errors away only where two are allowed", () => {
    expect(nearest("wuyixxan", 1)).toEqual([]);
    expect(nearest("wuyixxan", 2)).toEqual([{ name: "wuyishan", errors: 2 }]);
  });
});
