import { describe, expect, test } from "vitest";
import type { Store } from "../../../src/store/types.ts";
import { customer, decision, drain, due, line, relay, send, T0, ticket, update } from "../builders.ts";
import type { Fixture } from "../contract.ts";

const DAY = 24 * 3_600_000;
const NOW = T0 + 1000 * DAY;
const STAFF = -100;
const yearAgo = {
  transcript: NOW - 365 * DAY,
  tickets: NOW - 365 * DAY,
  ids: NOW - 180 * DAY,
  finished: NOW,
};

/** Everything that is too old goes; returns how many rows each batch took. */
async function expireAll(store: Store, limit = 100): Promise<number[]> {
  const batches: number[] = [];
  for (;;) {
    const rows = await store.transaction((tx) => tx.expire(yearAgo, limit));
    if (rows === 0) return batches;
    batches.push(rows);
  }
}

const closed = (number: number, customerId: number, closedAt: number) =>
  ticket(number, customerId, { status: "closed", closedAt, closedBy: "agent", score: 4, comment: "谢谢" });

export function recordContract({ store: newStore, place: newPlace }: Fixture): void {
  describe("the customer's record", () => {
    test("it is what was said, their tickets, and the first replies they were promised", async () => {
      const store = await newStore();
      const promise = { ticket: 1, promise: "first_reply" } as const;
      await store.transaction((tx) =>
        tx.apply(
          decision(7, {
            ticket: ticket(1, 7),
            lines: [line("在吗", { file: "AgADunique", kind: "photo" })],
            effects: [
              { kind: "promise.set", ...promise, dueAt: T0 + 180_000 },
              { kind: "promise.set", ticket: 1, promise: "queue.position", dueAt: T0 + 1 },
            ],
          }),
          T0,
        ),
      );
      await store.transaction((tx) =>
        tx.apply(
          decision(7, {
            ticket: ticket(1, 7),
            effects: [{ kind: "promise.settle", ...promise, outcome: "missed" }],
          }),
          T0 + 180_000,
        ),
      );
      await store.transaction((tx) => tx.apply(decision(8, { lines: [line("someone else's")] }), T0));
      expect(await store.transaction((tx) => tx.customerRecord(7))).toEqual({
        customer: customer(7),
        lang: "zh",
        lines: [line("在吗", { file: "AgADunique", kind: "photo" })],
        tickets: [ticket(1, 7)],
        promises: [{ ticket: 1, dueAt: T0 + 180_000, state: "missed", settledAt: T0 + 180_000 }],
      });
    });

    test("how much is stored of a customer is counted, and of nobody else", async () => {
      const store = await newStore();
      const lines = [line("a"), line("b"), line("n", { speaker: "note" })];
      await store.transaction((tx) => tx.apply(decision(7, { ticket: ticket(1, 7), lines }), T0));
      await store.transaction((tx) => tx.apply(decision(8, { lines: [line("c")] }), T0));
      expect(await store.transaction((tx) => tx.storedOf(7))).toEqual({ lines: 2, notes: 1, tickets: 1 });
      expect(await store.transaction((tx) => tx.storedOf(9))).toEqual({ lines: 0, notes: 0, tickets: 0 });
    });
  });

  describe("who asked to be forgotten", () => {
    test("is found in the staff group once more, to be deleted there, and then nowhere", async () => {
      const store = await newStore();
      const ended = closed(1, 7, T0);
      await store.transaction(async (tx) => {
        await tx.apply(decision(7, { ticket: ended }), T0);
        await tx.saveTopic({ customerId: 7, staffChatId: STAFF, threadId: 9, cardMessageId: 11 });
        await tx.link(7, { chatId: 7, messageId: 1 }, { chatId: STAFF, messageId: 12 });
        await tx.link(7, { chatId: STAFF, messageId: 13 }, { chatId: 7, messageId: 2 });
        await tx.apply(decision(7, { ticket: ended, effects: [{ kind: "forget" }] }), T0);
      });
      expect(await store.transaction((tx) => tx.messagesOf(7, STAFF))).toEqual([11, 12, 13]);
      await store.transaction((tx) => tx.forgetPlace(7));
      expect(await store.transaction((tx) => tx.messagesOf(7, STAFF))).toEqual([]);
      expect(await store.transaction((tx) => tx.topic(7))).toBeUndefined();
      expect(await store.transaction((tx) => tx.customerOfThread(STAFF, 9))).toBeUndefined();
    });

    test("and comes back meanwhile keeps what is theirs now", async () => {
      const store = await newStore();
      await store.transaction(async (tx) => {
        await tx.apply(decision(7, { lines: [line("旧")] }), T0);
        await tx.saveTopic({ customerId: 7, staffChatId: STAFF, threadId: 9, cardMessageId: null });
        await tx.apply(decision(7, { effects: [{ kind: "forget" }] }), T0);
        await tx.apply(decision(7, { lines: [line("我回来了")] }), T0);
        await tx.forgetPlace(7);
      });
      expect(await store.transaction((tx) => tx.snapshot(7, 5))).toMatchObject({
        customer: { name: "customer 7" },
        recent: [{ text: "我回来了" }],
      });
    });

    test("leaves no words in an agent's update that could not be handled: it quotes them", async () => {
      const place = await newPlace();
      const store = await place.open();
      const quoting = (messageId: number) =>
        JSON.stringify({
          message: { text: "好的", reply_to_message: { message_id: messageId, text: "秘密" } },
        });
      await store.transaction(async (tx) => {
        await tx.apply(decision(7), T0);
        await tx.apply(decision(8), T0);
        await tx.saveTopic({ customerId: 7, staffChatId: STAFF, threadId: null, cardMessageId: 11 });
        await tx.receiveUpdates([
          { ...update(1, `${STAFF}`), payload: quoting(11) },
          { ...update(2, `${STAFF}`), payload: quoting(99) },
        ]);
        await tx.failUpdate(1, "boom", null);
        await tx.failUpdate(2, "boom", null);
        await tx.apply(decision(7, { effects: [{ kind: "forget" }] }), T0);
      });
      expect(await store.transaction((tx) => tx.retryDead({ inbox: [1, 2] }, T0))).toBe(1);
      expect(await store.transaction((tx) => tx.nextUpdate(T0))).toMatchObject({ updateId: 2 });
    });
  });

  describe("what is too old", () => {
    test("goes in small batches; what is younger stays", async () => {
      const store = await newStore();
      const old = ["a", "b", "c"].map((text) => line(text, { at: yearAgo.transcript - 1 }));
      const young = line("d", { at: yearAgo.transcript });
      await store.transaction((tx) => tx.apply(decision(7, { lines: [...old, young] }), NOW));
      expect(await expireAll(store, 2)).toEqual([2, 1]);
      expect(await store.transaction((tx) => tx.transcript(7))).toEqual([young]);
    });

    test("of a closed ticket is whose it was and what they wrote; that it was, when, and its rating still count", async () => {
      const store = await newStore();
      const before = closed(1, 7, yearAgo.tickets - 1);
      await store.transaction((tx) => tx.apply(decision(7, { ticket: before }), NOW));
      await store.transaction((tx) => tx.apply(decision(8, { ticket: closed(2, 8, yearAgo.tickets) }), NOW));
      expect(await expireAll(store)).toEqual([1]);
      const { tickets } = await store.transaction((tx) => tx.deskRecord(0));
      expect(tickets).toMatchObject([{ number: 1, score: 4, closedAt: before.closedAt }, { number: 2 }]);
      expect((await store.transaction((tx) => tx.customerRecord(7))).tickets).toEqual([]);
      expect((await store.transaction((tx) => tx.customerRecord(8))).tickets).toHaveLength(1);
    });

    test("of messages and files is their number at Telegram", async () => {
      const place = await newPlace();
      const sent = line("", {
        at: yearAgo.ids - 1,
        kind: "photo",
        file: "AgAD",
        ref: { chatId: 7, messageId: 1 },
      });
      const then = await place.open({ now: () => yearAgo.ids - 1 });
      await then.transaction(async (tx) => {
        await tx.apply(decision(7, { lines: [sent] }), NOW);
        await tx.link(7, { chatId: 7, messageId: 1 }, { chatId: STAFF, messageId: 2 });
      });
      expect(await expireAll(then)).toEqual([1, 1]);
      const { file, ...words } = sent;
      expect(await then.transaction((tx) => tx.transcript(7))).toEqual([{ ...words, ref: null }]);
      expect(await then.transaction((tx) => tx.counterparts({ chatId: 7, messageId: 1 }))).toEqual([]);
    });

    test("is a customer nobody has seen since, with their topic", async () => {
      const place = await newPlace();
      const store = await place.open({ now: () => NOW });
      const lastSeen = yearAgo.transcript - 1;
      await store.transaction((tx) =>
        tx.apply(decision(7, { lines: [line("旧", { at: lastSeen })] }), lastSeen),
      );
      await store.transaction((tx) =>
        tx.saveTopic({ customerId: 7, staffChatId: STAFF, threadId: 9, cardMessageId: null }),
      );
      await store.transaction((tx) => tx.apply(decision(8, { lines: [line("新", { at: NOW })] }), NOW));
      await expireAll(store);
      expect(await store.transaction((tx) => tx.snapshot(7, 5))).toMatchObject({
        customer: { name: "" },
        conversation: null,
        recent: [],
      });
      expect(await due(store, NOW * 2)).toEqual(["topic.delete"]);
      expect(await store.transaction((tx) => tx.transcript(8))).toHaveLength(1);
    });

    test("is never what an open ticket is about", async () => {
      const store = await newStore();
      const lastSeen = yearAgo.transcript - 1;
      const words = line("还在等", { at: lastSeen, ref: { chatId: 7, messageId: 1 } });
      await store.transaction((tx) =>
        tx.apply(
          decision(7, { ticket: ticket(1, 7), lines: [words], effects: [relay(7, "human", "card")] }),
          lastSeen,
        ),
      );
      expect(await expireAll(store)).toEqual([]);
      expect(await store.transaction((tx) => tx.snapshot(7, 5))).toMatchObject({
        customer: { name: "customer 7" },
        ticket: { number: 1, asked: "转人工" },
        recent: [words],
      });
      expect(await drain(store, NOW)).toEqual(["card"]);
    });

    test("is also what was given up, or never got through", async () => {
      const store = await newStore();
      const lastSeen = yearAgo.transcript - 1;
      await store.transaction(async (tx) => {
        await tx.receiveUpdates([{ ...update(1, 7), receivedAt: lastSeen }]);
        await tx.failUpdate(1, "boom", null);
        await tx.apply(
          decision(7, { effects: [send(7, "answer", "dead"), send(7, "answer", "stuck")] }),
          lastSeen,
        );
      });
      await store.transaction(async (tx) => {
        const [first] = await tx.dueDeliveries(NOW, 1);
        await tx.failDelivery(first?.id ?? 0, "refused", null, true);
      });
      await expireAll(store);
      expect(await store.transaction((tx) => tx.counts())).toMatchObject({
        inboxDead: 0,
        outboxDead: 0,
        outboxPending: 0,
      });
    });
  });
}
