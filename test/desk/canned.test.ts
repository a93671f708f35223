import { expect, test } from "vitest";
import { fillCanned, readCannedOrder, unknownPlaceholders } from "../../src/desk/canned.ts";

test.each([
  ["", { kind: "list" }],
  ["时间", { kind: "send", name: "时间" }],
  ["Hours", { kind: "send", name: "hours" }],
  ["add 时间 {name}您好，\n24 小时都在", { kind: "add", name: "时间", text: "{name}您好，\n24 小时都在" }],
  ["remove 时间", { kind: "remove", name: "时间" }],
  ["add 时间", { kind: "unclear" }],
  ["add", { kind: "unclear" }],
  ["remove", { kind: "unclear" }],
  ["remove 时间 再见", { kind: "unclear" }],
  ["时间 多余的字", { kind: "unclear" }],
  ["add 内部 //不外传", { kind: "unclear" }],
  [`add ${"长".repeat(33)} 内容`, { kind: "unclear" }],
])("/canned %s", (argument, order) => expect(readCannedOrder(argument)).toEqual(order));

test("placeholders are filled; one that nothing fills stays as it stands, and no value is read as a template", () => {
  expect(fillCanned("{name}您好 {gone}", { name: "{hotline}" })).toBe("{hotline}您好 {gone}");
  expect(fillCanned("{toString}", {})).toBe("{toString}");
});

test("what nothing fills is named once", () => {
  expect(unknownPlaceholders("{a} {name} {a} {}", ["name"])).toEqual(["a", ""]);
});
