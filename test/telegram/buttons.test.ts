import { expect, test } from "vitest";
import type { Button } from "../../src/dialogue/types.ts";
import { INTENT_IDS } from "../../src/knowledge/types.ts";
import { packButton, unpackButton } from "../../src/telegram/buttons.ts";

const BUTTONS: readonly Button[] = [
  ...INTENT_IDS.map((intent) => ({ kind: "intent" as const, intent })),
  { kind: "human" },
  { kind: "withdraw" },
  { kind: "forget" },
  { kind: "place", code: "350623" },
  { kind: "places.more", code: "430000", from: 12 },
  { kind: "score", ticket: 123_456_789, score: 5 },
  { kind: "remind", of: "callback", at: 1_795_917_840_000 },
  { kind: "remind.rung", sector: "membership", rung: "a_step_of_twenty_eight_chars", since: null },
  { kind: "remind.rung", sector: "telecom", rung: "carrier_complaint", since: 1_795_917_840_000 },
  { kind: "reminder", word: "again", reminder: 123_456_789 },
  { kind: "reminder.drop", reminder: 123_456_789 },
  { kind: "reminder.undo", setAt: 1_795_399_200_123 },
  { kind: "reminders" },
  { kind: "claim", ticket: 123_456_789 },
  { kind: "close", ticket: 1 },
  { kind: "take", ticket: 123_456_789 },
  { kind: "reopen", ticket: 1 },
];

test.each(BUTTONS)("$kind comes back as it went, within Telegram's 64 bytes", (button) => {
  const data = packButton(button);
  expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
  expect(unpackButton(data)).toEqual(button);
});

test.each([undefined, "", "i:gone", "s:1:9", "p:abc", "claim:x", "x".repeat(64), "constructor"])(
  "%s, of another version or forged, is an unknown button",
  (data) => {
    expect(unpackButton(data)).toEqual({ kind: "unknown" });
  },
);
