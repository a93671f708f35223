import { expect, test } from "vitest";
import { movedMaterially } from "../../src/desk/queue.ts";

test.each([
  [5, 2, true],
  [2, 1, true],
  [5, 4, false],
  [5, 3, false],
  [3, 2, false],
  [1, 1, false],
  [2, 3, false],
  [40, 20, true],
])("from %i to %i is worth a message: %s", (told, now, is) => {
  expect(movedMaterially(told, now)).toBe(is);
});

test("from the five hundredth place to the front it takes eight messages", () => {
  let told = 500;
  let messages = 0;
  for (let now = 499; now >= 1; now -= 1) {
    if (!movedMaterially(told, now)) continue;
    told = now;
    messages += 1;
  }
  expect(messages).toBe(8);
});
