import { type Api, GrammyError } from "grammy";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Mind } from "../../src/dialogue/mind.ts";
import { openStore } from "../../src/store/index.ts";
import type { Delivery, Store } from "../../src/store/types.ts";
import { deletePlace } from "../../src/telegram/forgotten.ts";
import { decision, due, T0, ticket } from "../store/builders.ts";
import { realMind } from "../support/mind.ts";

const STAFF = -1001;
const TOPIC = 9;
const DELIVERY: Delivery = {
  id: 1,
  queue: "t:7",
  to: { kind: "topic", customerId: 7 },
  lane: "human",
  message: { kind: "topic.delete", ticket: 1 },
  customerId: 7,
  attempts: 0,
  createdAt: T0,
};

let mind: Mind;
let store: Store;
let calls: string[];
beforeAll(async () => {
  mind = await realMind();
});
beforeEach(async () => {
  calls = [];
  store = await openStore({ url: "file::memory:" });
  await store.transaction(async (tx) => {
    await tx.apply(decision(7), T0);
    await tx.saveTopic({ customerId: 7, staffChatId: STAFF, threadId: TOPIC, cardMessageId: 11 });
  });
});

const refusal = (code: number, description: string) =>
  new GrammyError("refused", { ok: false, error_code: code, description }, "deleteForumTopic", {});

/** Carries it out against a Telegram that refuses what `refuses` names. */
async function carriedOut(asked: number | null, refuses: Readonly<Record<string, GrammyError>> = {}) {
  const call = (method: string) => async (chat: number, what: unknown) => {
    calls.push(`${method} ${chat} ${JSON.stringify(what)}`);
    const refused = refuses[method];
    if (refused !== undefined) throw refused;
    return true;
  };
  const api = {
    deleteForumTopic: call("deleteForumTopic"),
    deleteMessages: call("deleteMessages"),
    deleteMessage: call("deleteMessage"),
  } as unknown as Api;
  const rooms = { api, store, mind: () => mind } as unknown as Parameters<typeof deletePlace>[0];
  const remember = await deletePlace(rooms, DELIVERY, asked);
  await store.transaction(remember);
}
const place = () => store.transaction((tx) => tx.topic(7));

test("the topic goes with all that is in it, its place is forgotten, and General is told", async () => {
  await carriedOut(1);
  expect(calls).toEqual([`deleteForumTopic ${STAFF} ${TOPIC}`]);
  expect(await place()).toBeUndefined();
  expect(await due(store)).toEqual([expect.stringMatching(/#1 的客户要求删除数据.*话题已删/u)]);
});

test("a topic that staff deleted already is as good as deleted", async () => {
  await carriedOut(1, { deleteForumTopic: refusal(400, "Bad Request: message thread not found") });
  expect(await due(store)).toEqual([expect.stringMatching(/话题已删/u)]);
});

test("refused, the messages go one by one where they may, and the agents are asked to look", async () => {
  const no = refusal(400, "Bad Request: not enough rights to delete the topic");
  await carriedOut(1, { deleteForumTopic: no, deleteMessages: no });
  expect(calls.slice(1)).toEqual([`deleteMessages ${STAFF} [11]`, `deleteMessage ${STAFF} 11`]);
  expect(await place()).toBeUndefined();
  expect(await due(store)).toEqual([expect.stringMatching(/手动删掉剩下的/u)]);
});

test("asked to wait, it is tried again later: nothing is forgotten before", async () => {
  const later = refusal(429, "Too Many Requests: retry after 5");
  await expect(carriedOut(1, { deleteForumTopic: later })).rejects.toBe(later);
  expect(await place()).toBeDefined();
});

test("where only its time was over nobody is told, and who has come back meanwhile keeps their topic", async () => {
  await store.transaction((tx) => tx.apply(decision(7, { ticket: ticket(2, 7) }), T0));
  await carriedOut(null);
  expect(calls).toEqual([]);
  expect(await place()).toBeDefined();
  const closed = ticket(2, 7, { status: "closed", closedAt: T0 });
  await store.transaction((tx) => tx.apply(decision(7, { ticket: closed }), T0));
  await carriedOut(null);
  expect(calls).toHaveLength(1);
  expect(await place()).toBeUndefined();
  expect(await due(store)).toEqual([]);
});
