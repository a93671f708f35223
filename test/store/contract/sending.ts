import { describe, expect, test } from "vitest";
import type { Store } from "../../../src/store/types.ts";
import { decision, drain, due, relay, send, T0, ticket, update } from "../builders.ts";
import type { Fixture } from "../contract.ts";

const apply = (store: Store, customerId: number, effects: Parameters<typeof decision>[1]) =>
  store.transaction((tx) => tx.apply(decision(customerId, effects), T0));

const placed = (store: Store, customerId: number, staffChatId: number, threadId: number | null = null) =>
  store.transaction((tx) => tx.saveTopic({ customerId, staffChatId, threadId, cardMessageId: null }));

const texts = (deliveries: readonly { message: { kind: string; text?: string } }[]) =>
  deliveries.map(({ message }) => message.text ?? message.kind);

export function sendingContract({ store: newStore }: Fixture): void {
  describe("what the sender asks for", () => {
    test("chats that take nothing now are passed over, a pressed button excepted", async () => {
      const store = await newStore();
      for (const id of [1, 2, 3, 4]) {
        await apply(store, id, {
          effects: [send(id, "answer", `to ${id}`), relay(id, "relay", `from ${id}`)],
        });
        if (id < 4) await placed(store, id, id === 3 ? -300 : -100);
      }
      await apply(store, 1, { effects: [send(1, "human", { kind: "callback", callbackId: "x" })] });
      const open = (chats: readonly number[], newTopics: "go" | "wait", queues: readonly string[] = []) =>
        store.transaction(async (tx) =>
          texts(await tx.dueDeliveries(T0, 100, { chats, newTopics, queues })).sort(),
        );
      expect(await open([1, -100], "go")).toEqual(["callback", "from 3", "from 4", "to 2", "to 3", "to 4"]);
      expect(await open([], "wait")).not.toContain("from 4");
      expect(await open([-300], "wait")).toEqual([
        "callback",
        "from 1",
        "from 2",
        "to 1",
        "to 2",
        "to 3",
        "to 4",
      ]);
      expect(await open([], "go", ["c:2", "t:3"])).not.toContain("to 2");
      expect(await open([], "go")).toHaveLength(9);
    });

    test("what waits behind a message is known, in its lane and order", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: ["a", "b"].map((text) => relay(1, "relay", text)) });
      await apply(store, 1, { effects: [relay(1, "notice", "later"), relay(1, "human", "first")] });
      await apply(store, 2, { effects: [relay(2, "relay", "another's")] });
      await apply(store, 1, { effects: [relay(1, "relay", "c")] });
      const behind = await store.transaction(async (tx) => {
        const head = (await tx.dueDeliveries(T0, 100)).find(({ queue }) => queue === "t:1");
        await tx.finishDeliveries([head?.id ?? 0], T0);
        const [next] = (await tx.dueDeliveries(T0, 100)).filter(({ queue }) => queue === "t:1");
        return next === undefined ? [] : texts([next, ...(await tx.deliveriesBehind(next, 10))]);
      });
      expect(behind).toEqual(["a", "b", "c"]);
    });

    test("of a message that has arrived in part, the rest is left", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: [send(1, "answer", "one two"), send(1, "answer", "three")] });
      await store.transaction(async (tx) => {
        const [first] = await tx.dueDeliveries(T0, 1);
        await tx.shortenDelivery(first?.id ?? 0, { kind: "text", text: "two" });
      });
      expect(await drain(store)).toEqual(["two", "three"]);
    });

    test("a message that follows from no event is queued like any other", async () => {
      const store = await newStore();
      const page = { kind: "send", to: { kind: "oncall", userId: 9 }, lane: "human" } as const;
      await store.transaction((tx) =>
        tx.enqueue(0, [{ ...page, message: { kind: "text", text: "the group is gone" } }], T0),
      );
      expect(await due(store)).toEqual(["the group is gone"]);
    });

    test("all that waits for the staff groups can be woken at once, and nothing else", async () => {
      const store = await newStore();
      for (const id of [1, 2]) await apply(store, id, { effects: [relay(id, "relay", `from ${id}`)] });
      await apply(store, 3, { effects: [send(3, "answer", "private")] });
      const later = (await store.transaction((tx) => tx.dueDeliveries(T0, 10))).map(({ id }) => id);
      for (const id of later) await store.transaction((tx) => tx.failDelivery(id, "gone", T0 + 1e6, false));
      expect(await due(store)).toEqual([]);
      await store.transaction((tx) => tx.wakeTopics(T0));
      expect(await due(store)).toEqual(["from 1", "from 2"]);
    });

    test("open tickets are counted by the group they have their place in", async () => {
      const store = await newStore();
      const status = ["waiting", "serving", "closed", "waiting", "waiting"] as const;
      for (const [at, each] of status.entries())
        await apply(store, at + 1, { ticket: ticket(at + 1, at + 1, { status: each }) });
      for (const id of [1, 2, 3]) await placed(store, id, -100);
      await placed(store, 4, -200);
      const open = await store.transaction((tx) => tx.openByGroup());
      expect([...open].sort()).toEqual([
        [-100, 2],
        [-200, 1],
      ]);
    });

    test("a place nobody has moved into can be taken back; one with a topic or a card stays", async () => {
      const store = await newStore();
      for (const id of [1, 2, 3]) await apply(store, id, {});
      await placed(store, 1, -100);
      await placed(store, 2, -100, 7);
      await store.transaction((tx) =>
        tx.saveTopic({ customerId: 3, staffChatId: -100, threadId: null, cardMessageId: 8 }),
      );
      for (const id of [1, 2, 3]) await store.transaction((tx) => tx.releasePlace(id));
      const left = await store.transaction(async (tx) => [
        await tx.topic(1),
        await tx.topic(2),
        await tx.topic(3),
      ]);
      expect(left.map((topic) => topic?.staffChatId)).toEqual([undefined, -100, -100]);
    });
  });

  describe("dead letters", () => {
    test("are listed with why, the newest first, and tried again when asked", async () => {
      const store = await newStore();
      await store.transaction((tx) => tx.receiveUpdates([update(5), { ...update(6), receivedAt: T0 + 2 }]));
      await store.transaction((tx) => tx.failUpdate(5, "a bug", null));
      await store.transaction((tx) => tx.failUpdate(6, "another", null));
      await apply(store, 1, { effects: [send(1, "answer", "refused"), send(1, "answer", "fine")] });
      const [first] = await store.transaction((tx) => tx.dueDeliveries(T0, 1));
      const id = first?.id ?? 0;
      await store.transaction((tx) => tx.failDelivery(id, "BUTTON_DATA_INVALID", null, true));
      const dead = await store.transaction((tx) => tx.deadLetters(10));
      expect(dead.map(({ box, error }) => [box, error])).toEqual([
        ["inbox", "another"],
        ["inbox", "a bug"],
        ["outbox", "BUTTON_DATA_INVALID"],
      ]);
      expect(dead[2]).toMatchObject({ id, queue: "c:1", customerId: 1, at: T0 });
      expect(await store.transaction((tx) => tx.deadLetters(1))).toHaveLength(1);

      expect(await store.transaction((tx) => tx.retryDead({ inbox: [5], outbox: [id] }, T0))).toBe(2);
      expect(await drain(store)).toEqual(["refused", "fine"]);
      const next = await store.transaction((tx) => tx.nextUpdate(T0));
      expect(next).toMatchObject({ updateId: 5, attempts: 0 });
      expect((await store.transaction((tx) => tx.deadLetters(10))).map(({ id: left }) => left)).toEqual([6]);
    });

    test("what isn't dead isn't sent again", async () => {
      const store = await newStore();
      await apply(store, 1, { effects: [send(1, "answer", "sent")] });
      const [first] = await store.transaction((tx) => tx.dueDeliveries(T0, 1));
      await drain(store);
      expect(await store.transaction((tx) => tx.retryDead({ outbox: [first?.id ?? 0] }, T0))).toBe(0);
      expect(await due(store)).toEqual([]);
    });
  });
}
