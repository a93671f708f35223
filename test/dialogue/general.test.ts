import { describe, expect, test } from "vitest";
import {
  type DeskSnapshot,
  decideGeneral,
  type GeneralEvent,
  NOTHING_LOOKED_UP,
} from "../../src/dialogue/general/decide.ts";
import { queueNow } from "../../src/dialogue/general/queue.ts";
import type { Effect } from "../../src/dialogue/types.ts";
import { settled, ticket } from "../store/builders.ts";
import { realMind } from "../support/mind.ts";
import { AGENT, POLICY } from "../support/talk.ts";

const mind = await realMind();
const NOW = Date.UTC(2026, 10, 23, 2, 0);
const MINUTE = 60_000;
const CHAT = -1001234567890;

function typed(command: string, argument = "", desk: Partial<DeskSnapshot> = {}): readonly Effect[] {
  const event: GeneralEvent = {
    kind: "general",
    chatId: CHAT,
    agent: AGENT,
    command,
    argument,
    ref: { chatId: CHAT, messageId: 5 },
  };
  return decideGeneral({ ...NOTHING_LOOKED_UP, ...desk }, event, NOW, mind, POLICY);
}

function answer(effects: readonly Effect[]): string {
  const texts = effects.flatMap((effect) =>
    effect.kind === "send" && effect.to.kind === "general" && effect.message.kind === "text"
      ? [effect.message.text]
      : [],
  );
  expect(texts).toHaveLength(1);
  return texts[0] ?? "";
}

describe("/queue", () => {
  const queue = [
    {
      ticket: ticket(3, 30, { openedAt: NOW - 10 * MINUTE }),
      customer: "甲",
      unansweredSince: null,
    },
    {
      ticket: ticket(4, 40, { status: "serving", openedAt: NOW - 65 * MINUTE, agent: AGENT }),
      customer: "乙",
      unansweredSince: null,
    },
    { ticket: ticket(5, 50, { openedAt: NOW - 30_000 }), customer: "丙", unansweredSince: null },
  ];

  test("tells who waits in order, how long, what is late, and who serves whom; each number leads to its topic", () => {
    const effects = typed("queue", "", { queue });
    const lines = answer(effects).split("\n");
    expect(lines[0]).toContain("2");
    expect(lines[1]).toMatch(/^1\. 🔴 #3 甲 .*10 分钟/u);
    expect(lines[2]).toMatch(/^2\. #5 丙 .*30 秒.*前回复/u);
    expect(lines.at(-1)).toMatch(/^#4 乙 — 客服小直 .*1 小时 5 分/u);
    const tickets = [3, 4, 5].map((number) => ({ number, customerId: number * 10 }));
    expect(effects).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ tickets }) }),
    );
  });

  test("who waits for an answer stands before who has one, the longest wait first", () => {
    const served = (number: number, minutes: number | null) => ({
      ticket: ticket(number, number, { status: "serving", openedAt: NOW - 65 * MINUTE, agent: AGENT }),
      customer: `客户${number}`,
      unansweredSince: minutes === null ? null : NOW - minutes * MINUTE,
    });
    const others = {
      ...served(9, 1),
      ticket: { ...served(9, 1).ticket, agent: { id: 902, name: "客服小达" } },
    };
    const all = [served(6, null), served(7, 3), served(8, 12), others];
    const numbers = (command: string) =>
      answer(typed(command, "", { queue: all })).match(/(?<=^(?:💬 )?)#\d/gmu);
    expect(numbers("queue")).toEqual(["#8", "#7", "#9", "#6"]);
    expect(numbers("mine")).toEqual(["#8", "#7", "#6"]);
    expect(answer(typed("mine", "", { queue: all }))).toMatch(/💬 #8 .*客户等回复 12 分钟/u);
    expect(answer(typed("mine"))).toContain("没有进行中的工单");
  });

  test("a reply due on another day is told with the day", () => {
    const lateEvening = Date.UTC(2026, 10, 23, 15, 59);
    const waits = { ticket: ticket(1, 1, { openedAt: lateEvening }), customer: "甲", unansweredSince: null };
    expect(queueNow([waits], lateEvening, mind, POLICY)).toMatch(/11\/24 00:02 前回复/u);
  });

  test("says so when nobody waits", () => expect(answer(typed("queue"))).toContain("没有人在等"));

  test("a long queue says how much longer it is", () => {
    const many = Array.from({ length: 45 }, (_, at) => ({
      ticket: ticket(at + 1, at + 1, { openedAt: NOW - MINUTE }),
      customer: "甲",
      unansweredSince: null,
    }));
    expect(answer(typed("queue", "", { queue: many }))).toContain("还有 5 个");
  });
});

test("/stats tells today by the business's clock apart from the week", () => {
  const yesterday = NOW - 11 * 60 * MINUTE; // 23:00 the day before in Shanghai
  const tickets = [
    ticket(1, 1, { openedAt: yesterday, firstReplyAt: yesterday + 5 * MINUTE }),
    ticket(2, 2, { openedAt: NOW - MINUTE, firstReplyAt: NOW - 15_000 }),
  ];
  const told = answer(
    typed("stats", "", {
      record: { tickets, promises: [settled({ outcome: "missed", settledAt: yesterday })], held: [] },
    }),
  );
  const [today = "", week = ""] = told.split("\n\n");
  expect(today).toMatch(/今天：新开 1 .*45 秒/su);
  expect(today).toMatch(/没做到 0/u);
  expect(week).toMatch(/7 天：新开 2 /u);
  expect(week).toMatch(/没做到 1/u);
});

test("/stats without a reply or a rating says so in words", () => {
  const told = answer(typed("stats", "", { record: { tickets: [], promises: [], held: [] } }));
  expect(told).toMatch(/首次回复：还没有.*满意度：还没有/su);
  expect(told).not.toContain("—");
});

test("/oncall names those it knows, and says what to do where nobody is", () => {
  const agents = [{ id: 901, name: "客服小直", username: "xiaozhi", seenAt: 1 }];
  expect(answer(typed("oncall", "", { agents }))).toContain("@xiaozhi");
  expect(answer(typed("oncall"))).toContain("ID 901");
});

test("/hours tells the agents' hours and zone", () => {
  expect(answer(typed("hours"))).toMatch(/24小时.*Asia\/Shanghai/u);
});

describe("/canned", () => {
  test("adds, lists and removes", () => {
    const added = typed("canned", "add 时间 {name}您好");
    expect(added).toContainEqual({ kind: "canned.save", name: "时间", text: "{name}您好" });
    const canned = [{ name: "时间", text: "{name}您好" }];
    expect(answer(typed("canned", "", { canned }))).toContain("时间 — {name}您好");
    expect(typed("canned", "remove 时间", { canned })).toContainEqual({
      kind: "canned.remove",
      name: "时间",
    });
  });

  test("to send one, a topic is needed", () => expect(answer(typed("canned", "时间"))).toContain("话题"));
});

describe("/deadletters", () => {
  const dead = [
    { box: "outbox" as const, id: 9, queue: "c:700", at: NOW, error: "Bad Request: something" },
    { box: "inbox" as const, id: 4, queue: "700", at: NOW, error: "Error: broken" },
  ];
  test("are listed with the reason, and only tried again when asked", () => {
    const effects = typed("deadletters", "", { dead });
    expect(answer(effects)).toMatch(/发往 客户（ID 700）.*something.*broken/su);
    expect(effects).toHaveLength(1);
    expect(typed("deadletters", "retry", { dead })).toContainEqual({
      kind: "dead.retry",
      ids: { outbox: [9], inbox: [4] },
    });
  });
  test("with none there is nothing to try", () => {
    expect(typed("deadletters", "retry")).toHaveLength(1);
  });
});

test("a topic's command says where it belongs, anything else gets the list", () => {
  expect(answer(typed("claim"))).toContain("/claim");
  expect(answer(typed("whatever"))).toMatch(/\/queue.*\/deadletters/su);
});
