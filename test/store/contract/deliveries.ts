import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Lane } from "../../../src/dialogue/types.ts";
import type { Store } from "../../../src/store/types.ts";
import { decision, drain, due, finishedBefore, relay, send, T0 } from "../builders.ts";
import type { Fixture } from "../contract.ts";

const apply = (store: Store, customerId: number, effects: Parameters<typeof decision>[1]) =>
  store.transaction((tx) => tx.apply(decision(customerId, effects), T0));

const ids = (store: Store, now = T0) =>
  store.transaction(async (tx) => (await tx.dueDeliveries(now, 100)).map(({ id }) => id));

const lease = (store: Store, taken: readonly number[], until = T0 + 100, now = T0) =>
  store.transaction((tx) => tx.leaseDeliveries(taken, now, until));

export function deliveriesContract({ store: newStore, place: newPlace }: Fixture): void {
  describe("outbox", () => {
    test("a chat gets its messages one after another, in the order they were decided", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: [send(1, "answer", "a"), send(1, "answer", "b")] });
      await apply(store, 1, { effects: [send(1, "answer", "c")] });
      expect(await due(store)).toEqual(["a"]);
      expect(await drain(store)).toEqual(["a", "b", "c"]);
    });

    test("a person goes before an answer, an answer before a notice, in a chat and between chats", async () => {
      const store = await newStore();
      const lanes: readonly Lane[] = ["notice", "answer", "relay", "human"];
      for (const id of [1, 2])
        await apply(store, id, { effects: lanes.map((lane) => send(id, lane, `${lane} ${id}`)) });
      expect(await due(store)).toEqual(["human 1", "human 2"]);
      expect(await drain(store)).toEqual([
        "human 1",
        "human 2",
        "relay 1",
        "relay 2",
        "answer 1",
        "answer 2",
        "notice 1",
        "notice 2",
      ]);
    });

    test("customer, topic, on-call agent and pressed button don't wait for one another", async () => {
      const store = await newStore();
      const callback = { kind: "callback", callbackId: "c1" } as const;
      await apply(store, 1, {
        effects: [
          send(1, "answer", "to the customer"),
          relay(1, "relay", "to the topic"),
          {
            kind: "send",
            to: { kind: "oncall", userId: 9 },
            lane: "human",
            message: { kind: "text", text: "page" },
          },
          send(1, "notice", callback),
        ],
      });
      const deliveries = await store.transaction((tx) => tx.dueDeliveries(T0, 100));
      expect(deliveries.map(({ queue }) => queue)).toEqual(["o:9", "t:1", "c:1", "cb:c1"]);
      expect(deliveries[0]).toMatchObject({
        to: { kind: "oncall", userId: 9 },
        customerId: 1,
        lane: "human",
      });
      expect(deliveries[3]).toMatchObject({ to: { kind: "customer", customerId: 1 }, message: callback });
    });

    test("a message comes back as it was decided", async () => {
      const store = await newStore();
      const message = {
        kind: "text",
        text: "您是第 2 位 👋🏽",
        inline: [
          [{ label: "🙋 转人工", button: { kind: "human" } }],
          [{ label: "5", button: { kind: "score", ticket: 3, score: 5 } }],
        ],
        keyboard: "zh",
        replyTo: { chatId: 1, messageId: 2 },
        origin: { chatId: -100, messageId: 3 },
      } as const;
      await apply(store, 1, { effects: [send(1, "answer", message)] });
      const [delivery] = await store.transaction((tx) => tx.dueDeliveries(T0, 1));
      expect(delivery).toEqual({
        id: delivery?.id,
        queue: "c:1",
        to: { kind: "customer", customerId: 1 },
        lane: "answer",
        message,
        customerId: 1,
        attempts: 0,
        createdAt: T0,
      });
    });

    test("no more than asked for are given out", async () => {
      const store = await newStore();
      for (let id = 1; id <= 5; id++) await apply(store, id, { effects: [send(id, "answer", `${id}`)] });
      expect(await store.transaction((tx) => tx.dueDeliveries(T0, 2))).toHaveLength(2);
    });

    test("while one message of a chat is being sent, no other of it is due, not even a more urgent one", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: [send(1, "answer", "a"), send(1, "answer", "b")] });
      const [first] = await ids(store);
      expect(await lease(store, [first ?? 0])).toEqual([first]);
      await apply(store, 1, { effects: [send(1, "human", "urgent")] });
      expect(await due(store)).toEqual([]);
      await store.transaction((tx) => tx.finishDeliveries([first ?? 0], T0));
      expect(await drain(store)).toEqual(["urgent", "b"]);
    });

    test("a message is taken once, until the taker is given up", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: [send(1, "answer", "a")] });
      const taken = await ids(store);
      expect(await lease(store, taken)).toEqual(taken);
      expect(await lease(store, taken)).toEqual([]);
      expect(await due(store, T0 + 99)).toEqual([]);
      expect(await due(store, T0 + 100)).toEqual(["a"]);
      expect(await lease(store, taken, T0 + 300, T0 + 100)).toEqual(taken);
    });

    test("two senders can't take two messages of one chat", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: [send(1, "answer", "a")] });
      const [seenByOne] = await ids(store);
      await apply(store, 1, { effects: [send(1, "human", "urgent")] });
      const [seenByOther] = await ids(store);
      expect(seenByOther).not.toBe(seenByOne);
      expect(await lease(store, [seenByOne ?? 0])).toHaveLength(1);
      expect(await lease(store, [seenByOther ?? 0])).toEqual([]);
    });

    test("what a former run had taken can be given back", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: [send(1, "answer", "a")] });
      await lease(store, await ids(store), T0 + 1e9);
      await store.releaseLeases();
      expect(await due(store)).toEqual(["a"]);
    });

    test("a message that is put off holds back the rest of its chat and nobody else", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: [send(1, "answer", "a"), send(1, "answer", "b")] });
      await apply(store, 2, { effects: [send(2, "answer", "other")] });
      const [first] = await ids(store);
      await store.transaction((tx) => tx.failDelivery(first ?? 0, "429", T0 + 50, false));
      expect(await due(store)).toEqual(["other"]);
      expect(await due(store, T0 + 49)).toEqual(["other"]);
      expect(await due(store, T0 + 50)).toEqual(["a", "other"]);
    });

    test("a more urgent message goes before one that is put off", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: [send(1, "notice", "news"), send(1, "notice", "more news")] });
      const [news] = await ids(store);
      await store.transaction((tx) => tx.failDelivery(news ?? 0, "429", T0 + 50, false));
      await apply(store, 1, { effects: [send(1, "human", "your ticket")] });
      expect(await drain(store)).toEqual(["your ticket"]);
      expect(await drain(store, T0 + 50)).toEqual(["news", "more news"]);
    });

    test("an attempt counts when the message failed, not when it had to wait", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: [send(1, "answer", "a")] });
      const [id = 0] = await ids(store);
      await lease(store, [id]);
      await store.transaction((tx) => tx.failDelivery(id, "429", T0, false));
      await store.transaction((tx) => tx.failDelivery(id, "500", T0, true));
      const [delivery] = await store.transaction((tx) => tx.dueDeliveries(T0, 1));
      expect(delivery?.attempts).toBe(1);
    });

    test("a message that can't be delivered becomes a dead letter, and the next one goes", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: [send(1, "answer", "a"), send(1, "answer", "b")] });
      const [id = 0] = await ids(store);
      await store.transaction((tx) => tx.failDelivery(id, "chat not found", null, true));
      expect(await drain(store, T0 + 1e9)).toEqual(["b"]);
      await store.transaction((tx) => tx.expire(finishedBefore(T0 + 2e9), 9));
      expect(await store.transaction((tx) => tx.counts())).toMatchObject({ outboxPending: 0, outboxDead: 1 });
    });

    test("a row that can't be read becomes a dead letter, and the rest is delivered", async () => {
      const place = await newPlace();
      const store = await place.open();
      const bad = ['{"kind":"text"', '{"kind":"text","text":5}', '{"kind":"fax"}', "null"];
      await apply(store, 1, {
        effects: [...bad.map((_, i) => send(1, "answer", `bad ${i}`)), send(1, "answer", "good")],
      });
      for (const [i, json] of bad.entries())
        await place.execute(`update outbox set message = '${json}' where message like '%bad ${i}%'`);
      const sent: string[] = [];
      for (let round = 0; round < 10; round++) sent.push(...(await drain(store)));
      expect(sent).toEqual(["good"]);
      expect(await store.transaction((tx) => tx.counts())).toMatchObject({ outboxPending: 0, outboxDead: 4 });
    });

    test("the parts of an album are found together", async () => {
      const store = await newStore();
      const part = (messageId: number, album: string | null) =>
        ({ kind: "copy", origin: { chatId: 1, messageId }, album }) as const;
      await apply(store, 1, {
        effects: [part(1, "x"), part(2, null), part(3, "x"), part(4, "y")].map((m) => relay(1, "relay", m)),
      });
      const album = await store.transaction((tx) => tx.albumDeliveries("t:1", "x"));
      expect(album.map(({ message }) => message)).toEqual([part(1, "x"), part(3, "x")]);
      const parts = album.map(({ id }) => id);
      expect(await lease(store, parts)).toEqual(parts);
      await store.transaction((tx) => tx.finishDeliveries(parts, T0));
      expect(await store.transaction((tx) => tx.albumDeliveries("t:1", "x"))).toEqual([]);
    });

    test("a queue can be woken before its time", async () => {
      const store = await newStore();
      for (const id of [1, 2]) await apply(store, id, { effects: [relay(id, "relay", `${id}`)] });
      for (const id of await ids(store))
        await store.transaction((tx) => tx.failDelivery(id, "group gone", T0 + 1e6, false));
      await store.transaction((tx) => tx.wakeQueue("t:2", T0));
      expect(await due(store)).toEqual(["2"]);
    });

    test("whatever happens, each chat's line stays a line", async () => {
      const store = await newStore();
      const step = fc.oneof(
        fc.record({
          do: fc.constant("send" as const),
          chat: fc.integer({ min: 1, max: 3 }),
          rank: fc.nat(3),
        }),
        fc.record({ do: fc.constant("take" as const), pick: fc.nat(2) }),
        fc.record({ do: fc.constant("finish" as const) }),
        fc.record({ do: fc.constant("put off" as const), ms: fc.integer({ min: 1, max: 5 }) }),
        fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 5 }) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const model = lineModel();
          let now = T0;
          for (const action of steps) {
            switch (action.do) {
              case "send": {
                const row = model.add(action.chat, action.rank, now);
                const effect = send(action.chat, LANES[action.rank] ?? "notice", row.text);
                await store.transaction((tx) => tx.apply(decision(action.chat, { effects: [effect] }), now));
                break;
              }
              case "take": {
                const head = model.heads(now)[action.pick];
                if (!head) break;
                head.taken = (await ids(store, now))[action.pick] ?? 0;
                expect(await lease(store, [head.taken], T0 + 1e6, now)).toEqual([head.taken]);
                break;
              }
              case "finish": {
                const row = model.taken();
                if (!row) break;
                await store.transaction((tx) => tx.finishDeliveries([row.taken ?? 0], now));
                model.remove(row);
                break;
              }
              case "put off": {
                const row = model.taken();
                if (!row) break;
                const until = now + action.ms;
                await store.transaction((tx) => tx.failDelivery(row.taken ?? 0, "429", until, false));
                row.runAt = until;
                row.taken = null;
                break;
              }
              case "wait":
                now += action.ms;
            }
            expect(await due(store, now)).toEqual(model.heads(now).map(({ text }) => text));
          }
          await store.releaseLeases();
          await drain(store, T0 + 1e6);
        }),
        { seed: 7, numRuns: 30 },
      );
    });
  });
}

const LANES = ["human", "relay", "answer", "notice"] as const satisfies readonly Lane[];

interface Row {
  readonly chat: number;
  readonly rank: number;
  readonly order: number;
  readonly text: string;
  runAt: number;
  /** The id under which it was taken. */
  taken: number | null;
}

/** Lines as one would keep them in a list. */
function lineModel() {
  let rows: Row[] = [];
  let order = 0;
  const before = (a: Row, b: Row) => a.rank - b.rank || a.order - b.order;
  return {
    add: (chat: number, rank: number, runAt: number): Row => {
      order++;
      const row: Row = { chat, rank, order, text: `${order}`, runAt, taken: null };
      rows.push(row);
      return row;
    },
    remove: (row: Row) => {
      rows = rows.filter((other) => other !== row);
    },
    taken: () => rows.find(({ taken }) => taken !== null),
    heads: (now: number): Row[] =>
      [1, 2, 3]
        .map((chat) => rows.filter((row) => row.chat === chat).sort(before))
        .filter((line) => line.every(({ taken }) => taken === null))
        .flatMap(([head]) => (head && head.runAt <= now ? [head] : []))
        .sort(before),
  };
}
