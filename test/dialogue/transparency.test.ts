import { beforeAll, describe, expect, test } from "vitest";
import type { DeskRecord } from "../../src/desk/facts.ts";
import { figuresAt, NOTHING_COUNTED } from "../../src/desk/service.ts";
import { decideGeneral, NOTHING_LOOKED_UP } from "../../src/dialogue/general/decide.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import { transparency } from "../../src/dialogue/transparency.ts";
import { settled, ticket } from "../store/builders.ts";
import { realMind } from "../support/mind.ts";
import { AGENT, buttonsTo, POLICY, startTalk, textsTo } from "../support/talk.ts";

const NOW = Date.UTC(2026, 10, 23, 2, 0);
const DAY = 24 * 3_600_000;

let mind: Mind;
beforeAll(async () => {
  mind = await realMind();
});

/** Six downgrades this week answered in 1 to 6 minutes, five others three weeks ago in 20 s, one without an answer. */
const record = (): DeskRecord => {
  const week = NOW - DAY;
  const month = NOW - 20 * DAY;
  return {
    tickets: [
      ...[1, 2, 3, 4, 5, 6].map((minutes) =>
        ticket(minutes, minutes, {
          about: "downgrade",
          openedAt: week,
          firstReplyAt: week + minutes * 60_000,
          status: "closed",
          closedBy: "agent",
          closedAt: week + DAY / 2,
          score: minutes === 1 ? 2 : 5,
        }),
      ),
      ...[11, 12, 13, 14, 15].map((number) =>
        ticket(number, number, { openedAt: month, firstReplyAt: month + 20_000 }),
      ),
      ticket(16, 16, { openedAt: week }),
    ],
    promises: [
      ...[1, 2, 3, 4, 5].map(() => settled({ settledAt: week })),
      settled({ settledAt: week, outcome: "missed" }),
    ],
    held: [
      { at: week, outcome: "sent" },
      { at: month, outcome: "dropped" },
    ],
  };
};

const figures = (of: DeskRecord = record()) => figuresAt(of, NOW, mind.knowledge.business.agents);

describe("/transparency", () => {
  test("tells waits by topic, promises, satisfaction and warnings, each with its cases", () => {
    const told = transparency(figures(), mind, "zh");
    const [, sevenDays = "", thirtyDays = ""] = told.split("\n\n");
    expect(sevenDays).toMatch(/近 7 天.*降级类：中位 3 分.*95% 不超过 6 分.*（6 例）/su);
    expect(sevenDays).toMatch(/其他：0 例，太少，不给数字；另有 1 例没等到/u);
    expect(sevenDays).toMatch(/6 次里 5 次/u);
    expect(sevenDays).toMatch(/平均 4\.5 分（6 人）/u);
    expect(sevenDays).toMatch(/拦下 1 条，其中照发 1 条，改掉 0 条/u);
    expect(thirtyDays).toMatch(/近 30 天.*其他：中位 20 秒.*（5 例）/su);
    expect(thirtyDays).toMatch(/拦下 2 条，其中照发 1 条，改掉 1 条/u);
    expect(told).toContain("截至 11/23 10:00");
    expect(told).toMatch(/先来先接.*最近秩.*不足 5 例/su);
  });

  test("says the same in English, and fits one message", () => {
    const told = transparency(figures(), mind, "en");
    expect(told).toMatch(/median 3 min.*6 cases.*5 of 6.*4\.5 of 5.*nearest-rank/su);
    expect(told.length).toBeLessThan(1500);
  });

  test("with nothing to tell it gives no number but nought cases", () => {
    const told = transparency(figures(NOTHING_COUNTED), mind, "zh");
    expect(told).not.toMatch(/中位|平均|里 \d 次/u);
    expect(told).toContain("0 例，太少，不给数字");
  });

  test("a customer asks for it, and the person stays one tap away", () => {
    const talk = startTalk(mind);
    const told = talk.types("transparency");
    expect(textsTo(told)[0]).toContain("近 7 天");
    expect(buttonsTo(told)).toContainEqual({ kind: "human" });
  });

  test("agents read the same in General", () => {
    const event = {
      kind: "general",
      chatId: -1001,
      agent: AGENT,
      command: "transparency",
      argument: "",
      ref: { chatId: -1001, messageId: 1 },
    } as const;
    const [effect] = decideGeneral({ ...NOTHING_LOOKED_UP, figures: figures() }, event, NOW, mind, POLICY);
    expect(effect).toMatchObject({ message: { text: transparency(figures(), mind, "zh") } });
  });

  test("whoever asks how agents are assigned is told of it", () => {
    expect(textsTo(startTalk(mind).says("客服按什么规则分配"))[0]).toContain("/transparency");
  });
});
