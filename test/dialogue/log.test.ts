import { beforeAll, beforeEach, expect, test } from "vitest";
import { factEntry } from "../../src/dialogue/downgrade/log.ts";
import { lineWords } from "../../src/dialogue/downgrade/log-facts.ts";
import type { Mind } from "../../src/dialogue/mind.ts";
import { beginTurn, endTurn } from "../../src/dialogue/turn.ts";
import { realMind } from "../support/mind.ts";
import { buttonsTo, POLICY, sentTo, startTalk, type Talk, textsTo } from "../support/talk.ts";

let mind: Mind;
let talk: Talk;
beforeAll(async () => {
  mind = await realMind();
});
beforeEach(() => {
  talk = startTalk(mind);
});

test("an entry is a dated line of the transcript, and is confirmed with its number", () => {
  const first = talk.says("记录: 今天客服又劝我保留");
  expect(first.lines[0]).toMatchObject({
    speaker: "customer",
    kind: "case",
    text: "今天客服又劝我保留",
    at: Date.UTC(2026, 10, 23, 2, 0, 1),
  });
  expect(textsTo(first)).toEqual([expect.stringContaining("第 1 条")]);
  expect(textsTo(talk.says("记录：10086说48小时内回电"))[0]).toContain("第 2 条");
  expect(buttonsTo(first)).toContainEqual({ kind: "human" });
});

test.each(["log: they refused again", "Note: they refused again", "記錄：又被拒絕", "记一下：又被拒绝"])(
  "%s",
  (text) => {
    expect(talk.says(text).lines[0]).toMatchObject({ kind: "case", text: text.split(/[:：] ?/u)[1] });
  },
);

test("English entries are confirmed in English", () => {
  expect(textsTo(talk.says("log: they tried to talk me out of it"))[0]).toMatch(/entry 1/u);
});

test.each(["我的记录", "查看记录", "show my log", "记录"])("%s lists them, with their times", (text) => {
  talk.says("记录：今天客服又劝我保留");
  talk.says("记录：没有回电");
  expect(textsTo(talk.says(text))[0]).toMatch(
    /1\. 11\/23 10:00 今天客服又劝我保留\n2\. 11\/23 10:00 没有回电/u,
  );
});

test("the button lists them too, and an empty log says how to begin one", () => {
  expect(textsTo(talk.presses({ kind: "entries" }))[0]).toMatch(/还没有记录.*记录：/su);
});

test("a provider's promise is an entry when it is first told, and not again", () => {
  const told = "移动客服说48小时内给我回电，结果没人打";
  expect(talk.says(told).lines).toContainEqual(
    expect.objectContaining({
      speaker: "bot",
      kind: "case",
      text: '{"of":"promise","promised":"48小时内给我回电"}',
    }),
  );
  expect(talk.says(told).lines.some(({ kind }) => kind === "case")).toBe(false);
});

test("the day of an entry isn't the day they first asked", () => {
  talk.says("移动套餐降不了");
  talk.says("记录：今天又打了10086，还是不给降");
  expect(talk.snapshot.conversation?.downgrade?.facts).toMatchObject({ channel: "打了10086" });
  expect(talk.snapshot.conversation?.downgrade?.facts.happened).toBeUndefined();
});

test("what the bot noted is said in the language of whoever reads it", () => {
  talk.says("中国移动客服说48小时内给我回电");
  const { snapshot } = talk;
  expect(textsTo(talk.says("我的记录"))[0]).toContain("对方承诺：48小时内给我回电");
  expect(textsTo(talk.says("show my log"))[0]).toContain("They promised: 48小时内给我回电");
  const [line] = snapshot.caseLog ?? [];
  expect(line && lineWords(line, mind, "en")).toContain("They promised");
});

test("what the customer wrote, and what another version kept, is said as it stands", () => {
  const line = { at: 0, name: null, kind: "case", ticket: null, ref: null } as const;
  expect(lineWords({ ...line, speaker: "customer", text: '{"of":"promise"}' }, mind, "zh")).toBe(
    '{"of":"promise"}',
  );
  expect(lineWords({ ...line, speaker: "bot", text: "对方承诺：回电" }, mind, "en")).toBe("对方承诺：回电");
});

test("what a flow keeps for the customer is an entry too", () => {
  const turn = beginTurn(talk.snapshot, 1, mind, POLICY);
  factEntry(turn, { of: "promise", promised: "48小时内回电" });
  const { lines, state } = endTurn(turn);
  expect(lines).toMatchObject([{ speaker: "bot", kind: "case" }]);
  expect(state.conversation.logged).toBe(true);
});

test("what tells of asking for a person is a record, not a request", () => {
  const decision = talk.says("记录：今天要求转人工三次都没接通");
  expect(talk.ticket).toBeNull();
  expect(textsTo(decision)[0]).toContain("第 1 条");
});

test.each(["记录：转人工", "log: talk to a human", "记录: 我要人工"])(
  "promise 1: %s is a request all the same",
  (text) => {
    const decision = talk.says(text);
    expect(talk.ticket?.status).toBe("waiting");
    expect(decision.lines.some(({ kind }) => kind === "case")).toBe(true);
  },
);

test("while an agent serves, an entry goes to the agent as it is, and is logged", () => {
  talk.says("转人工");
  talk.agentSays("您好");
  const decision = talk.says("记录：对方说下个月再办");
  expect(textsTo(decision, "topic").join()).toContain("记录：对方说下个月再办");
  expect(sentTo(decision, "customer")).toEqual([]);
  expect(decision.lines).toMatchObject([{ kind: "case", text: "对方说下个月再办", ticket: 1 }]);
});

test("a picture with an entry as its caption stays a picture in the transcript", () => {
  const { lines } = talk.sends({ kind: "media", media: "photo", caption: "记录：提示页截图", album: null });
  expect(lines).toMatchObject([{ kind: "photo" }, { kind: "case", text: "提示页截图" }, { speaker: "bot" }]);
});

test("somebody else's words, passed on, are no entry", () => {
  const { lines } = talk.says("记录：今天没接电话", { forwarded: true });
  expect(lines.some(({ kind }) => kind === "case")).toBe(false);
});

test("forgetting deletes it", () => {
  talk.says("记录：今天客服又劝我保留");
  const { lines, state } = talk.presses({ kind: "forget" });
  expect(lines).toEqual([]);
  expect(state.conversation.logged).toBeUndefined();
});
