import { describe, expect, test } from "vitest";
import type { PromiseKind } from "../../../src/dialogue/types.ts";
import type { Store } from "../../../src/store/types.ts";
import { decision, due, relay, T0, ticket } from "../builders.ts";
import type { Fixture } from "../contract.ts";

/** Opens a ticket as the worker does: with the number that the snapshot gives, if it still does once it is held. */
const open = (store: Store, customerId: number) =>
  store.transaction(async (tx) => {
    let { nextTicket, waitingAhead } = await tx.snapshot(customerId, 0);
    if (!(await tx.holdNumber(nextTicket))) ({ nextTicket, waitingAhead } = await tx.snapshot(customerId, 0));
    await tx.apply(decision(customerId, { ticket: ticket(nextTicket, customerId) }), T0);
    return { number: nextTicket, waitingAhead };
  });

const promise = (dueAt: number, kind: PromiseKind = "first_reply", number = 1) =>
  ({ kind: "promise.set", promise: kind, ticket: number, dueAt }) as const;
const settle = (kind: PromiseKind = "first_reply") =>
  ({ kind: "promise.settle", promise: kind, ticket: 1, outcome: "kept" }) as const;

export function deskContract({ store: newStore, place: newPlace }: Fixture): void {
  describe("tickets", () => {
    test("twenty customers who ask at once get twenty numbers, and nobody is lost", async () => {
      const store = await newStore();
      const opened = await Promise.all(Array.from({ length: 20 }, (_, i) => open(store, i + 1)));
      const numbers = opened.map(({ number }) => number).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      const tickets = await store.transaction((tx) => tx.openTickets());
      expect(new Set(tickets.map(({ customerId }) => customerId)).size).toBe(20);
      for (const { number, waitingAhead } of opened) expect(waitingAhead).toBe(number - 1);
    });

    test("a number is used up only by a ticket", async () => {
      const store = await newStore();
      await store.transaction((tx) => tx.snapshot(1, 0));
      await store.transaction((tx) => tx.apply(decision(1), T0));
      expect((await open(store, 1)).number).toBe(1);
      await store.transaction((tx) =>
        tx.apply(decision(1, { ticket: ticket(1, 1, { status: "closed" }) }), T0),
      );
      expect((await open(store, 1)).number).toBe(2);
    });

    test("an old ticket that changes doesn't set the numbers back", async () => {
      const store = await newStore();
      for (const id of [1, 2, 3]) await open(store, id);
      const closed = ticket(1, 1, { status: "closed" });
      await store.transaction((tx) => tx.apply(decision(1, { ticket: closed }), T0));
      expect((await open(store, 4)).number).toBe(4);
    });

    test("a customer has one open ticket at most", async () => {
      const store = await newStore();
      await open(store, 1);
      const second = store.transaction((tx) => tx.apply(decision(1, { ticket: ticket(2, 1) }), T0));
      await expect(second).rejects.toThrow();
      expect(await store.transaction((tx) => tx.openTickets())).toEqual([ticket(1, 1)]);
    });

    test("a ticket can't be written over another customer's", async () => {
      const store = await newStore();
      await open(store, 1);
      const theft = store.transaction((tx) => tx.apply(decision(2, { ticket: ticket(1, 2) }), T0));
      await expect(theft).rejects.toMatchObject({ name: "StoreError", code: "conflict" });
      expect(await store.transaction((tx) => tx.openTickets())).toEqual([ticket(1, 1)]);
    });

    test("the open ticket is known before any closed one, else the last closed", async () => {
      const store = await newStore();
      const save = (...of: Parameters<typeof ticket>) =>
        store.transaction((tx) => tx.apply(decision(1, { ticket: ticket(...of) }), T0));
      const known = async () => (await store.transaction((tx) => tx.snapshot(1, 0))).ticket?.number;
      await save(1, 1, { status: "closed" });
      await save(2, 1, { status: "closed" });
      expect(await known()).toBe(2);
      await save(1, 1, { status: "serving" });
      expect(await known()).toBe(1);
    });

    test("those who wait longer are ahead; for one who doesn't wait, all who do", async () => {
      const store = await newStore();
      for (const id of [1, 2, 3, 4]) await open(store, id);
      await store.transaction((tx) =>
        tx.apply(decision(2, { ticket: ticket(2, 2, { status: "serving" }) }), T0),
      );
      const ahead = async (id: number) => (await store.transaction((tx) => tx.snapshot(id, 0))).waitingAhead;
      expect([await ahead(1), await ahead(3), await ahead(4)]).toEqual([0, 1, 2]);
      expect([await ahead(2), await ahead(99)]).toEqual([3, 3]);
      expect(await store.transaction((tx) => tx.counts())).toMatchObject({
        ticketsWaiting: 3,
        ticketsServing: 1,
        ticketsClosed: 0,
      });
    });
  });

  describe("promises", () => {
    const dueKinds = (store: Store, now: number) =>
      store.transaction(async (tx) => (await tx.duePromises(now, 10)).map((row) => row.promise));

    test("a promise is due at its time and not again once settled", async () => {
      const store = await newStore();
      await store.transaction((tx) =>
        tx.apply(decision(1, { ticket: ticket(1, 1), effects: [promise(T0 + 180)] }), T0),
      );
      expect(await dueKinds(store, T0 + 179)).toEqual([]);
      expect(await store.transaction((tx) => tx.nextDueAt())).toBe(T0 + 180);
      const [row] = await store.transaction((tx) => tx.duePromises(T0 + 180, 10));
      expect(row).toMatchObject({ customerId: 1, promise: "first_reply", ticket: 1, dueAt: T0 + 180 });
      await store.transaction((tx) => tx.apply(decision(1, { effects: [settle()] }), T0 + 180));
      expect(await dueKinds(store, T0 + 1e6)).toEqual([]);
      expect(await store.transaction((tx) => tx.nextDueAt())).toBeUndefined();
    });

    test("who leaves the queue makes the first three behind look at their places at once, and nobody else", async () => {
      const store = await newStore();
      for (const at of [1, 2, 3, 4, 5])
        await store.transaction((tx) =>
          tx.apply(
            decision(at, {
              ticket: ticket(at, at, at === 2 ? { status: "serving" } : {}),
              effects: [promise(T0 + 60_000, "queue.position", at), promise(T0 + 60_000, "first_reply", at)],
            }),
            T0,
          ),
        );
      await store.transaction((tx) => tx.nudgeQueue(T0 + 1));
      const due = await store.transaction((tx) => tx.duePromises(T0 + 1, 10));
      expect(due.map((row) => [row.ticket, row.promise])).toEqual([
        [1, "queue.position"],
        [3, "queue.position"],
        [4, "queue.position"],
      ]);
    });

    test("two who watch the clock at once act on a promise once", async () => {
      const store = await newStore();
      await store.transaction((tx) =>
        tx.apply(decision(1, { ticket: ticket(1, 1), effects: [promise(T0)] }), T0),
      );
      const act = () =>
        store.transaction(async (tx) => {
          const [row] = await tx.duePromises(T0, 1);
          if (row) await tx.apply(decision(1, { effects: [settle(), relay(1, "human", "late")] }), T0);
          return row !== undefined;
        });
      const acted = await Promise.all([act(), act(), act(), act()]);
      expect(acted.filter(Boolean)).toHaveLength(1);
      expect(await store.transaction((tx) => tx.counts())).toMatchObject({ outboxPending: 1 });
    });

    test("a promise given again keeps one clock, and a settled one can be given anew", async () => {
      const store = await newStore();
      const act = (...effects: readonly (ReturnType<typeof promise> | ReturnType<typeof settle>)[]) =>
        store.transaction((tx) => tx.apply(decision(1, { ticket: ticket(1, 1), effects }), T0));
      await act(promise(T0 + 10), promise(T0 + 5, "first_reply.warning"));
      await act(promise(T0 + 20));
      expect(await dueKinds(store, T0 + 10)).toEqual(["first_reply.warning"]);
      expect(await dueKinds(store, T0 + 20)).toEqual(["first_reply.warning", "first_reply"]);
      await act(settle());
      await act(promise(T0 + 30));
      expect(await dueKinds(store, T0 + 30)).toEqual(["first_reply.warning", "first_reply"]);
    });
  });

  describe("staff group", () => {
    const group = -1001;
    const topicOf = (customerId: number, threadId: number | null, cardMessageId: number | null = null) => ({
      customerId,
      staffChatId: group,
      threadId,
      cardMessageId,
    });
    const known = async (...ids: number[]) => {
      const store = await newStore();
      for (const id of ids) await store.transaction((tx) => tx.apply(decision(id), T0));
      return store;
    };

    test("a topic leads to its customer and back, until the topic is gone", async () => {
      const store = await known(1, 2);
      await store.transaction((tx) => tx.saveTopic(topicOf(1, 11)));
      await store.transaction((tx) => tx.saveTopic(topicOf(2, 12, 5)));
      expect(await store.transaction((tx) => tx.topic(2))).toEqual(topicOf(2, 12, 5));
      expect(await store.transaction((tx) => tx.customerOfThread(group, 11))).toBe(1);
      expect(await store.transaction((tx) => tx.customerOfThread(-1002, 11))).toBeUndefined();
      await store.transaction((tx) => tx.forgetThread(1));
      expect(await store.transaction((tx) => tx.customerOfThread(group, 11))).toBeUndefined();
      expect(await store.transaction((tx) => tx.topic(1))).toEqual(topicOf(1, null));
      expect(await store.transaction((tx) => tx.topic(3))).toBeUndefined();
    });

    test("a message in the group belongs to the customer whose copy or card it is, old cards included", async () => {
      const store = await known(1, 2);
      const inGroup = (messageId: number) => ({ chatId: group, messageId });
      await store.transaction((tx) => tx.saveTopic(topicOf(1, null, 50)));
      await store.transaction((tx) => tx.saveTopic(topicOf(1, null, 60)));
      await store.transaction((tx) => tx.link(2, { chatId: 2, messageId: 1 }, inGroup(61)));
      await store.transaction((tx) => tx.link(2, inGroup(62), { chatId: 2, messageId: 3 }));
      const owner = (messageId: number) =>
        store.transaction((tx) => tx.customerOfMessage(inGroup(messageId)));
      expect([await owner(50), await owner(60), await owner(61), await owner(62)]).toEqual([1, 1, 2, 2]);
      expect(await owner(63)).toBeUndefined();
    });

    test("a message and its copies find each other", async () => {
      const store = await known(1);
      const origin = { chatId: 1, messageId: 10 };
      const copies = [
        { chatId: group, messageId: 70 },
        { chatId: group, messageId: 71 },
      ];
      for (const copy of copies) await store.transaction((tx) => tx.link(1, origin, copy));
      await store.transaction((tx) => tx.link(1, origin, { chatId: group, messageId: 70 }));
      expect(await store.transaction((tx) => tx.counterparts(origin))).toEqual(copies);
      for (const copy of copies)
        expect(await store.transaction((tx) => tx.counterparts(copy))).toEqual([origin]);
      expect(await store.transaction((tx) => tx.counterparts({ chatId: 1, messageId: 70 }))).toEqual([]);
    });

    test("when the group gets a new id, topics, cards, copies and unsent messages follow", async () => {
      const store = await known(1);
      const text = `{"chatId":${group},"x":1}`;
      const origin = { chatId: group, messageId: 80 };
      await store.transaction((tx) => tx.saveTopic(topicOf(1, 11, 50)));
      await store.transaction((tx) =>
        tx.link(1, { chatId: 1, messageId: 10 }, { chatId: group, messageId: 70 }),
      );
      await store.transaction((tx) =>
        tx.apply(
          decision(1, {
            effects: [
              relay(1, "relay", { kind: "text", text, origin, replyTo: { chatId: -10011, messageId: 1 } }),
            ],
          }),
          T0,
        ),
      );
      await store.transaction((tx) => tx.migrateChat(group, -2002));
      expect(await store.transaction((tx) => tx.topic(1))).toEqual({
        ...topicOf(1, 11, 50),
        staffChatId: -2002,
      });
      expect(await store.transaction((tx) => tx.customerOfThread(-2002, 11))).toBe(1);
      expect(await store.transaction((tx) => tx.customerOfMessage({ chatId: -2002, messageId: 50 }))).toBe(1);
      expect(await store.transaction((tx) => tx.counterparts({ chatId: 1, messageId: 10 }))).toEqual([
        { chatId: -2002, messageId: 70 },
      ]);
      const [delivery] = await store.transaction((tx) => tx.dueDeliveries(T0, 1));
      expect(delivery?.message).toEqual({
        kind: "text",
        text,
        origin: { chatId: -2002, messageId: 80 },
        replyTo: { chatId: -10011, messageId: 1 },
      });
    });

    test("a number that the new group gives out again leads to the newer message's customer", async () => {
      const store = await known(1, 2);
      const reused = { chatId: -2002, messageId: 70 };
      await store.transaction((tx) =>
        tx.link(1, { chatId: 1, messageId: 10 }, { chatId: group, messageId: 70 }),
      );
      await store.transaction((tx) => tx.migrateChat(group, -2002));
      await store.transaction((tx) => tx.link(2, { chatId: 2, messageId: 5 }, reused));
      expect(await store.transaction((tx) => tx.customerOfMessage(reused))).toBe(2);
      expect(await store.transaction((tx) => tx.counterparts(reused))).toEqual([{ chatId: 2, messageId: 5 }]);
    });

    test("what the old group's messages were gives way to what the new group's are", async () => {
      const store = await known(1, 2);
      const reused = { chatId: -2002, messageId: 70 };
      await store.transaction((tx) => tx.saveTopic(topicOf(1, null, 70)));
      await store.transaction((tx) =>
        tx.link(1, { chatId: 1, messageId: 10 }, { chatId: group, messageId: 70 }),
      );
      await store.transaction((tx) => tx.link(2, { chatId: 2, messageId: 5 }, reused));
      await store.transaction((tx) => tx.saveTopic({ ...topicOf(2, null, 70), staffChatId: -2002 }));
      await store.transaction((tx) => tx.migrateChat(group, -2002));
      expect(await store.transaction((tx) => tx.customerOfMessage(reused))).toBe(2);
      expect(await store.transaction((tx) => tx.counterparts(reused))).toEqual([{ chatId: 2, messageId: 5 }]);
      expect(await due(store)).toEqual([]);
    });
  });

  describe("settings", () => {
    test("a setting is what was last saved, also after a restart", async () => {
      const place = await newPlace();
      const store = await place.open();
      expect(await store.transaction((tx) => tx.setting("hours"))).toBeUndefined();
      await store.transaction((tx) => tx.saveSetting("hours", "9-18"));
      await store.transaction((tx) => tx.saveSetting("hours", "24h"));
      await store.close();
      const again = await place.open();
      expect(await again.transaction((tx) => tx.setting("hours"))).toBe("24h");
    });
  });
}
