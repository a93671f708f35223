import { describe, expect, test } from "vitest";
import { callOut, findAgent, isSameAgent } from "../../src/desk/agents.ts";

const known = [
  { id: 1, name: "小直", username: "XiaoZhi", seenAt: 2 },
  { id: 2, name: "小达", seenAt: 1 },
];

describe("finding a colleague", () => {
  test.each([
    ["@xiaozhi", 1],
    ["XIAOZHI", 1],
    [" 小达 ", 2],
    ["@小达", 2],
  ])("%s", (typed, id) => expect(findAgent(known, typed)?.id).toBe(id));

  test.each(["", "@", "@nobody", "小"])("%s is nobody", (typed) => {
    expect(findAgent(known, typed)).toBeUndefined();
  });

  test("who has a username is called by it, who hasn't by name", () => {
    expect(known.map((agent) => callOut({ id: agent.id, name: agent.name }, known))).toEqual([
      "@XiaoZhi",
      "小达",
    ]);
  });
});

test("anonymous admins have the group's id in common: the name tells them apart", () => {
  expect(isSameAgent({ id: -100, name: "夜班" }, { id: -100, name: "白班" })).toBe(false);
  expect(isSameAgent({ id: 5, name: "旧名" }, { id: 5, name: "新名" })).toBe(true);
  expect(isSameAgent(null, { id: 5, name: "新名" })).toBe(false);
});
