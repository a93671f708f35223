import { expect, test } from "vitest";
import type { Lane, Outgoing } from "../../src/dialogue/types.ts";
import type { Delivery } from "../../src/store/types.ts";
import { mergeable } from "../../src/telegram/merge.ts";

let id = 0;
function words(
  text: string,
  more: Partial<Extract<Outgoing, { kind: "text" }>> = {},
  lane: Lane = "relay",
): Delivery {
  id += 1;
  const message = { kind: "text", text, origin: { chatId: 7, messageId: id }, ...more } as const;
  return {
    id,
    queue: "t:7",
    to: { kind: "topic", customerId: 7 },
    lane,
    message,
    customerId: 7,
    attempts: 0,
    createdAt: 0,
  };
}

test("with budget to spare every message goes by itself", () => {
  expect(mergeable(words("a"), [words("b"), words("c")], 20)).toHaveLength(1);
});

test("when the budget is short, consecutive words go in one message", () => {
  expect(mergeable(words("a"), [words("b"), words("c")], 10)).toHaveLength(3);
});

test("words that came faster than they can go are merged whatever the budget", () => {
  expect(mergeable(words("a"), [words("b"), words("c"), words("d")], 20)).toHaveLength(4);
});

test("what answers a message, bears buttons or is a card stays by itself, and keeps its place", () => {
  const reply = words("b", { replyTo: { chatId: 7, messageId: 1 } });
  const buttons = words("b", { inline: [] });
  const card = words("b", { card: 3 });
  for (const apart of [reply, buttons, card])
    expect(mergeable(words("a"), [apart, words("c")], 1)).toHaveLength(1);
  expect(mergeable(words("a", { replyTo: { chatId: 7, messageId: 1 } }), [words("b")], 1)).toHaveLength(2);
});

test("one message holds no more than Telegram takes", () => {
  const long = "好".repeat(2000);
  expect(mergeable(words(long), [words(long), words(long)], 1)).toHaveLength(2);
});
