import { describe, expect, test } from "vitest";
import type { Store } from "../../../src/store/types.ts";
import { decision, finishedBefore, T0, ticket, update } from "../builders.ts";
import type { Fixture } from "../contract.ts";

const DAY = 24 * 3600 * 1000;

/** Handles the next update; its id, or undefined when there's none to handle. */
const handleNext = (store: Store, now = T0) =>
  store.transaction(async (tx) => {
    const next = await tx.nextUpdate(now);
    if (next) await tx.finishUpdate(next.updateId, now);
    return next?.updateId;
  });

const next = (store: Store, now = T0) =>
  store.transaction(async (tx) => (await tx.nextUpdate(now))?.updateId);

export function inboxContract({ store: newStore, place: newPlace }: Fixture): void {
  describe("inbox", () => {
    test("an update that Telegram sends again changes nothing", async () => {
      const store = await newStore();
      const receive = (...ids: number[]) =>
        store.transaction((tx) => tx.receiveUpdates(ids.map((id) => update(id))));
      expect(await receive(10, 11)).toBe(2);
      expect(await receive(11, 12)).toBe(1);
      expect(await handleNext(store)).toBe(10);
      expect(await receive(10)).toBe(0);
      expect(await handleNext(store)).toBe(11);
      expect(await handleNext(store)).toBe(12);
      expect(await handleNext(store)).toBeUndefined();
    });

    test("an update comes back as it was stored", async () => {
      const store = await newStore();
      const { lane, ...stored } = { ...update(5, "-100123"), payload: '{"text":"你好 👋🏽 \\u0000"}' };
      await store.transaction((tx) => tx.receiveUpdates([{ ...stored, lane }]));
      expect(await store.transaction((tx) => tx.nextUpdate(T0))).toEqual({ ...stored, attempts: 0 });
    });

    test("more updates than one statement may hold are stored in one go", async () => {
      const store = await newStore();
      const updates = Array.from({ length: 1_234 }, (_, i) => update(i + 1, i));
      expect(await store.transaction((tx) => tx.receiveUpdates(updates))).toBe(1_234);
      expect((await store.transaction((tx) => tx.counts())).inboxPending).toBe(1_234);
    });

    test("polling goes on one past the highest update, also when all have been pruned", async () => {
      const store = await (await newPlace()).open({ now: () => T0 });
      const offset = () => store.transaction((tx) => tx.nextOffset());
      expect(await offset()).toBeUndefined();
      await store.transaction((tx) => tx.receiveUpdates([update(41), update(40)]));
      expect(await offset()).toBe(42);
      await store.transaction((tx) => tx.receiveUpdates([update(7)]));
      expect(await offset()).toBe(42);
      await handleNext(store);
      await handleNext(store);
      await handleNext(store);
      await store.transaction((tx) => tx.expire(finishedBefore(T0 + 1), 9));
      expect(await offset()).toBe(42);
    });

    test("after a week of silence Telegram counts anew, so the old offset is dropped", async () => {
      const place = await newPlace();
      let now = T0;
      const store = await place.open({ now: () => now });
      await store.transaction((tx) => tx.receiveUpdates([update(900_000)]));
      now = T0 + 7 * DAY;
      expect(await store.transaction((tx) => tx.nextOffset())).toBeUndefined();
      await store.transaction((tx) => tx.receiveUpdates([{ ...update(15), receivedAt: now }]));
      expect(await store.transaction((tx) => tx.nextOffset())).toBe(16);
    });

    test("each bot has its own updates and its own offset", async () => {
      const place = await newPlace();
      const one = await place.open({ botId: 1, now: () => T0 });
      const other = await place.open({ botId: 2, now: () => T0 });
      await one.transaction((tx) => tx.receiveUpdates([update(5), update(6)]));
      expect(await other.transaction((tx) => tx.receiveUpdates([update(5)]))).toBe(1);
      expect(await other.transaction((tx) => tx.nextOffset())).toBe(6);
      await other.transaction((tx) => tx.finishUpdate(5, T0));
      expect(await next(other)).toBeUndefined();
      expect(await next(one)).toBe(5);
      expect((await one.transaction((tx) => tx.counts())).inboxPending).toBe(2);
    });

    test("updates are handled oldest first", async () => {
      const store = await newStore();
      await store.transaction((tx) => tx.receiveUpdates([update(3, "a"), update(1, "b"), update(2, "a")]));
      expect([await handleNext(store), await handleNext(store), await handleNext(store)]).toEqual([1, 2, 3]);
    });

    test("who asks for a person is decided first, after all they said before, then who has a ticket", async () => {
      const store = await newStore();
      await store.transaction((tx) => tx.apply(decision(8, { ticket: ticket(1, 8) }), T0));
      await store.transaction((tx) =>
        tx.receiveUpdates([
          update(1, 6),
          update(2, 7),
          update(3, 8),
          update(4, 7, "person"),
          update(5, 7),
          update(6, 9, "person"),
        ]),
      );
      const order = [];
      for (let at = 0; at < 6; at += 1) order.push(await handleNext(store));
      expect(order).toEqual([2, 4, 6, 3, 1, 5]);
    });

    test("a failing update in a queue that comes first holds up no other", async () => {
      const store = await newStore();
      await store.transaction((tx) =>
        tx.receiveUpdates([update(1, 7), update(2, 7, "person"), update(3, 8, "person"), update(4, 9)]),
      );
      await store.transaction((tx) => tx.failUpdate(1, "boom", T0 + 1000));
      expect([await handleNext(store), await handleNext(store), await handleNext(store)]).toEqual([
        3,
        4,
        undefined,
      ]);
      expect([await handleNext(store, T0 + 1000), await handleNext(store, T0 + 1000)]).toEqual([1, 2]);
    });

    test("a failing update holds back its own chat and no other", async () => {
      const store = await newStore();
      await store.transaction((tx) => tx.receiveUpdates([update(1, "a"), update(2, "a"), update(3, "b")]));
      await store.transaction((tx) => tx.failUpdate(1, "boom", T0 + 1000));
      expect(await handleNext(store)).toBe(3);
      expect(await handleNext(store)).toBeUndefined();
      const again = await store.transaction((tx) => tx.nextUpdate(T0 + 1000));
      expect(again).toMatchObject({ updateId: 1, attempts: 1 });
      expect(await handleNext(store, T0 + 1000)).toBe(1);
      expect(await handleNext(store, T0 + 1000)).toBe(2);
      expect(await handleNext(store, T0 + 1000)).toBeUndefined();
    });

    test("an update that can't be handled becomes a dead letter: kept, counted, and out of the way", async () => {
      const store = await newStore();
      await store.transaction((tx) => tx.receiveUpdates([update(1), update(2)]));
      await store.transaction((tx) => tx.failUpdate(1, "boom", null));
      expect(await handleNext(store)).toBe(2);
      expect(await handleNext(store, T0 + 99 * DAY)).toBeUndefined();
      expect(await store.transaction((tx) => tx.expire(finishedBefore(T0 + 99 * DAY), 9))).toBe(1);
      expect(await store.transaction((tx) => tx.counts())).toMatchObject({ inboxPending: 0, inboxDead: 1 });
    });

    test("what is finished is pruned by age, what is pending never", async () => {
      const store = await newStore();
      await store.transaction((tx) => tx.receiveUpdates([update(1), update(2), update(3)]));
      await handleNext(store, T0);
      await handleNext(store, T0 + 10);
      expect(await store.transaction((tx) => tx.expire(finishedBefore(T0 + 10), 9))).toBe(1);
      expect(await store.transaction((tx) => tx.expire(finishedBefore(T0 + 11), 9))).toBe(1);
      expect(await store.transaction((tx) => tx.expire(finishedBefore(T0 + 99 * DAY), 9))).toBe(0);
      expect(await next(store)).toBe(3);
    });
  });
}
