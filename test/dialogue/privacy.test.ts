import { beforeAll, describe, expect, test } from "vitest";
import { decide } from "../../src/dialogue/decide.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import type { Snapshot } from "../../src/dialogue/types.ts";
import { realMind } from "../support/mind.ts";
import { POLICY, startTalk, textsTo } from "../support/talk.ts";

let mind: Mind;
beforeAll(async () => {
  mind = await realMind();
});

const profile = { name: "客户甲", username: null, languageCode: "zh" };
const ref = { chatId: 7, messageId: 1 };
const KNOWN: Snapshot = {
  customer: { id: 7, name: "客户甲", username: null, blocked: false },
  conversation: null,
  ticket: null,
  waitingAhead: 0,
  nextTicket: 5,
  recent: [],
  stored: { lines: 41, notes: 3, tickets: 2 },
};

const asked = (policy = POLICY, snapshot = KNOWN) =>
  decide(
    snapshot,
    { kind: "customer.command", profile, command: "privacy", argument: "", ref },
    0,
    mind,
    policy,
  );

describe("/privacy", () => {
  test("counts this customer's own rows as they are now, the question itself too", () => {
    expect(textsTo(asked())[0]).toMatch(/聊天记录 42 条，客服内部备注 3 条.*\n.*工单 2 个/u);
  });

  test("says that it must be looked up where it wasn't, and no other answer does", () => {
    const { stored: _, ...notLookedUp } = KNOWN;
    expect(asked(POLICY, notLookedUp).lacks).toBe("stored");
    expect(asked().lacks).toBeUndefined();
    expect(startTalk(mind).says("你们的热线是多少").lacks).toBeUndefined();
  });

  test("says how long from the configuration, not from prose", () => {
    const { business } = mind.knowledge;
    const retention = { transcriptDays: 31, ticketsDays: 62, mediaDays: 17, finishedDays: 1 };
    const other = { ...mind, knowledge: { ...mind.knowledge, business: { ...business, retention } } };
    const event = { kind: "customer.command", profile, command: "privacy", argument: "", ref } as const;
    const [text] = textsTo(decide(KNOWN, event, 0, other, POLICY));
    expect(text).toMatch(/保存 31 天/u);
    expect(text).toMatch(/结束 62 天后/u);
    expect(text).toMatch(/17 天/u);
    expect(text).not.toMatch(/365/u);
  });

  test("says where: in a file of the bot's machine, or on a server", () => {
    expect(textsTo(asked())[0]).toMatch(/SQLite/u);
    const [text] = textsTo(asked({ ...POLICY, storage: "server" }));
    expect(text).toMatch(/PostgreSQL/u);
    expect(text).not.toMatch(/SQLite/u);
  });

  test("asked in words, the answer is the same, in English too", () => {
    const inWords = startTalk(mind).says("你们保存我的聊天记录吗");
    expect(inWords.reading?.intent).toBe("privacy");
    expect(textsTo(inWords)).toEqual(textsTo(startTalk(mind).types("privacy")));
    const english = textsTo(startTalk(mind).says("what data do you store about me?"));
    expect(english[0]).toMatch(/About you, this is stored right now/u);
  });
});

describe("/forget, once confirmed", () => {
  test("deletes what is in the staff group before anything the customer asks for next gets there", () => {
    const talk = startTalk(mind);
    talk.says("转人工");
    talk.types("cancel");
    const { effects } = talk.presses({ kind: "forget" });
    const sent = effects.flatMap((effect) => (effect.kind === "send" ? [effect] : []));
    const gone = sent.find(({ message }) => message.kind === "topic.delete");
    expect(gone).toMatchObject({ lane: "human", message: { ticket: 1 } });
  });

  test("touches no staff group where the customer never asked for a person", () => {
    const { effects } = startTalk(mind).presses({ kind: "forget" });
    expect(JSON.stringify(effects)).not.toContain("topic");
  });
});
