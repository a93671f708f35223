import { generateKeyPairSync } from "node:crypto";
import type { CustomerRecord } from "../../src/desk/transcript.ts";
import type { SealKey } from "../../src/desk/transcript-seal.ts";

/** 2026-11-23 12:00:05 in Shanghai. */
export const NOON = Date.UTC(2026, 10, 23, 4, 0, 5);

export const RECORD: CustomerRecord = {
  customer: { id: 77, name: '<b>甲 & "乙"</b>', username: null, blocked: false },
  lang: "zh",
  lines: [
    {
      at: NOON,
      speaker: "customer",
      name: null,
      kind: "text",
      text: "</script><img src=x>",
      ticket: 1,
      ref: null,
    },
    { at: NOON + 1000, speaker: "bot", name: null, kind: "text", text: "已为您转人工", ticket: 1, ref: null },
    { at: NOON + 2000, speaker: "note", name: "小王", kind: "text", text: "内部备注", ticket: 1, ref: null },
    {
      at: NOON + 3000,
      speaker: "agent",
      name: "小王",
      kind: "photo",
      text: "您看",
      ticket: 1,
      ref: { chatId: -100, messageId: 5 },
      file: "AgADunique",
    },
    {
      at: NOON + 4000,
      speaker: "note",
      name: "小王",
      kind: "withdrawn",
      text: "撤回",
      ticket: 1,
      ref: { chatId: -100, messageId: 5 },
    },
    {
      at: NOON + 5000,
      speaker: "customer",
      name: null,
      kind: "case",
      text: "又被劝留",
      ticket: null,
      ref: null,
    },
  ],
  tickets: [
    {
      number: 1,
      customerId: 77,
      status: "closed",
      reason: "asked",
      asked: "人工",
      about: null,
      openedAt: NOON,
      agent: { id: 9, name: "小王" },
      claimedAt: NOON + 2000,
      firstReplyAt: NOON + 3000,
      closedAt: NOON + 6000,
      closedBy: "agent",
      score: 5,
      comment: "好",
    },
  ],
  promises: [{ ticket: 1, dueAt: NOON + 180_000, state: "kept", settledAt: NOON + 3000 }],
};

export function newSealKey(): SealKey {
  const { x = "", d = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return { x, d };
}
