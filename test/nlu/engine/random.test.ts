import { expect, test } from "vitest";
import { drawn, lotOf } from "../../../src/nlu/engine/random.ts";
import { SHOP } from "./fixtures.ts";

const lots = SHOP.map(({ text }) => lotOf(text));

test("every place is drawn once, in another order each turn", () => {
  expect([...drawn(lots, 1)].sort((a, b) => a - b)).toEqual([...lots.keys()]);
  expect(drawn(lots, 1)).not.toEqual(drawn(lots, 2));
});

test("without one of them the others keep their order", () => {
  const order = [...drawn(lots, 1)].map((i) => lots[i]);
  const fewer = lots.slice(1);
  expect([...drawn(fewer, 1)].map((i) => fewer[i])).toEqual(order.filter((lot) => lot !== lots[0]));
});
