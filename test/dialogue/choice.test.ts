import { expect, test } from "vitest";
import { chosen } from "../../src/dialogue/choice.ts";
import type { Awaiting, Button } from "../../src/dialogue/types.ts";

const PLACES: readonly Button[] = ["350102", "320106", "320302"].map((code) => ({ kind: "place", code }));
const namesakes: Awaiting = { kind: "choice", options: PLACES };

test.each([
  ["2", 1],
  ["２", 1],
  ["第二个", 1],
  ["选2", 1],
  ["我要第2个吧", 1],
  ["三", 2],
  ["后面那个", 2],
  ["最后一个", 2],
  ["前面那个", 0],
  ["the second one", 1],
  ["2nd", 1],
  ["number 3 please", 2],
  ["the last one", 2],
  ["first", 0],
])("%s picks the button", (text, at) => {
  expect(chosen(text, namesakes)).toEqual(PLACES[at]);
});

test.each(["4", "徐州的", "两三天", "后天", "是的", "one more thing", "last week"])(
  "%s picks none",
  (text) => {
    expect(chosen(text, namesakes)).toBeUndefined();
  },
);

test("none of them: which county is asked again", () => {
  expect(chosen("都不是", namesakes)).toEqual({ kind: "intent", intent: "coverage" });
});
