import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Store, Tx } from "../../../src/store/types.ts";
import { conversation, decision, line, send, T0, ticket, update } from "../builders.ts";
import type { Fixture } from "../contract.ts";

export function transactionsContract({ store: newStore, place: newPlace }: Fixture): void {
  describe("transactions", () => {
    test("when one step fails, none has happened", async () => {
      const store = await newStore();
      await store.transaction((tx) => tx.receiveUpdates([update(1)]));
      const failing = store.transaction(async (tx) => {
        await tx.nextUpdate(T0);
        const parts = { ticket: ticket(1, 7), lines: [line("x")], effects: [send(7, "human", "x")] };
        await tx.apply(decision(7, parts), T0);
        await tx.finishUpdate(1, T0);
        throw new RangeError("the caller's own");
      });
      await expect(failing).rejects.toThrow(RangeError);
      expect(await store.transaction((tx) => tx.counts())).toMatchObject({
        inboxPending: 1,
        outboxPending: 0,
        ticketsWaiting: 0,
      });
      expect(await store.transaction((tx) => tx.snapshot(7, 5))).toMatchObject({
        conversation: null,
        nextTicket: 1,
      });
    });

    test("two transactions at once don't see, and don't undo, one another's steps", async () => {
      const store = await newStore();
      await store.transaction((tx) => tx.saveSetting("n", "0"));
      const increment = async (fail: boolean) =>
        store.transaction(async (tx) => {
          const before = Number(await tx.setting("n"));
          await sleep(1);
          await tx.saveSetting("n", String(before + 1));
          await sleep(1);
          if (fail) throw new Error("undo this one");
        });
      const runs = Array.from({ length: 12 }, (_, i) => increment(i % 3 === 0));
      const outcomes = await Promise.allSettled(runs);
      expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(4);
      expect(await store.transaction((tx) => tx.setting("n"))).toBe("8");
    });

    test.each([
      ["a new customer", false],
      ["a known customer", true],
    ])(
      "%s is one transaction's at a time: what several know of them at once is never out of date",
      async (_, isKnown) => {
        const place = await newPlace();
        const stores = await Promise.all([place.open(), place.open(), place.open()]);
        const [first] = stores;
        if (isKnown) await first?.transaction((tx) => tx.apply(decision(7), T0));
        const before = isKnown ? 1 : 0;
        let runs = 0;
        const miss = (store: Store) =>
          store.transaction(async (tx) => {
            runs += 1;
            const { conversation: known } = await tx.snapshot(7, 0);
            await sleep(2);
            const misses = (known?.misses ?? 0) + 1;
            const { customer, ticket: none } = decision(7).state;
            const state = { customer, ticket: none, conversation: { ...conversation, misses } };
            await tx.apply({ ...decision(7), state }, T0);
          });
        await Promise.all([...stores, ...stores, ...stores].map(miss));
        const { conversation: now } = (await first?.transaction((tx) => tx.snapshot(7, 0))) ?? {};
        expect(now?.misses).toBe(before + 9);
        expect(runs).toBe(9);
      },
    );

    test("two neighbours who leave the queue at once don't wait for each other", async () => {
      const place = await newPlace();
      const stores = await Promise.all([place.open(), place.open()]);
      const look = (number: number) =>
        ({ kind: "promise.set", promise: "queue.position", ticket: number, dueAt: T0 + 60_000 }) as const;
      for (const id of [1, 2, 3])
        await stores[0]?.transaction((tx) =>
          tx.apply(decision(id, { ticket: ticket(id, id), effects: [look(id)] }), T0),
        );
      let runs = 0;
      const leave = (store: Store, id: number) =>
        store.transaction(async (tx) => {
          runs += 1;
          const over = {
            kind: "promise.settle",
            promise: "queue.position",
            ticket: id,
            outcome: "dropped",
          } as const;
          await tx.apply(
            decision(id, { ticket: ticket(id, id, { status: "serving" }), effects: [over] }),
            T0,
          );
          await sleep(20);
          await tx.nudgeQueue(T0);
        });
      await Promise.all(stores.map((store, at) => leave(store, at + 1)));
      expect(runs).toBe(2);
      const due = await stores[0]?.transaction((tx) => tx.duePromises(T0, 9));
      expect(due?.map(({ ticket: number }) => number)).toEqual([3]);
    });

    test("of two senders who look at once, one takes from a queue, something urgent in between or not", async () => {
      const place = await newPlace();
      const [one, other] = await Promise.all([place.open(), place.open()]);
      await one?.transaction((tx) => tx.apply(decision(1, { effects: [send(1, "relay", "first")] }), T0));
      /** Where a transaction has the database to itself, what is waited for comes only after it. */
      const atMost = (event: Promise<unknown>) => Promise.race([event, sleep(400)]);
      const steps = new EventEmitter();
      const [looked, took] = [once(steps, "looked"), once(steps, "took")];
      const take = async (tx: Tx, between: () => Promise<unknown>) => {
        const ids = (await tx.dueDeliveries(T0, 10)).map(({ id }) => id);
        await between();
        return tx.leaseDeliveries(ids, T0, T0 + 60_000);
      };
      const urgent = looked.then(() =>
        other?.transaction((tx) => tx.apply(decision(1, { effects: [send(1, "human", "urgent")] }), T0)),
      );
      const first = one?.transaction(async (tx) => {
        const taken = await take(tx, () => {
          steps.emit("looked");
          return atMost(urgent);
        });
        steps.emit("took");
        await atMost(second);
        return taken;
      });
      const second = took.then(() => other?.transaction((tx) => take(tx, async () => undefined)));
      expect((await Promise.all([first, second])).flat()).toHaveLength(1);
    });

    test("what is on its way into a group while it moves, moves with it", async () => {
      const place = await newPlace();
      const stores = await Promise.all([place.open(), place.open()]);
      const [one, other] = stores;
      await one?.transaction((tx) => tx.apply(decision(1), T0));
      const origin = { chatId: 1, messageId: 1 };
      const linking = one?.transaction(async (tx) => {
        await tx.link(1, origin, { chatId: -100, messageId: 5 });
        await sleep(30);
      });
      await sleep(10);
      await other?.transaction((tx) => tx.migrateChat(-100, -200));
      await linking;
      expect(await one?.transaction((tx) => tx.counterparts(origin))).toEqual([
        { chatId: -200, messageId: 5 },
      ]);
    });

    test("a query that comes after the end of its transaction is refused", async () => {
      const store = await newStore();
      let kept: Tx | undefined;
      await store.transaction(async (tx) => {
        kept = tx;
      });
      await expect(kept?.saveSetting("late", "1")).rejects.toMatchObject({ code: "closed" });
      expect(await store.transaction((tx) => tx.setting("late"))).toBeUndefined();
    });

    test("a store that was closed says so", async () => {
      const store = await newStore();
      await store.close();
      await expect(store.transaction((tx) => tx.counts())).rejects.toMatchObject({ code: "closed" });
    });

    test("several may open the same new database at once", async () => {
      const place = await newPlace();
      const stores = await Promise.all(Array.from({ length: 5 }, () => place.open()));
      for (const [i, store] of stores.entries())
        await store.transaction((tx) => tx.receiveUpdates([update(i + 1, i)]));
      const [first] = stores;
      expect((await first?.transaction((tx) => tx.counts()))?.inboxPending).toBe(5);
    });

    test("a database that a newer version wrote is left alone", async () => {
      const place = await newPlace();
      await (await place.open()).close();
      await place.execute(
        "insert into kysely_migration (name, timestamp) values ('9999_future', '2099-01-01T00:00:00.000Z')",
      );
      await expect(place.open()).rejects.toMatchObject({
        code: "unusable",
        message: expect.stringContaining("newer version"),
      });
    });

    test("an update is handled once, and its chat's order kept, by several workers at once", async () => {
      const place = await newPlace();
      const workers = await Promise.all([place.open(), place.open(), place.open()]);
      const [first] = workers;
      const updates = Array.from({ length: 60 }, (_, i) => update(i + 1, i % 5));
      await first?.transaction((tx) => tx.receiveUpdates(updates));
      await Promise.all(
        workers.map(async (store) => {
          let handled: boolean;
          do {
            handled = await store.transaction(async (tx) => {
              const next = await tx.nextUpdate(T0);
              if (!next) return (await tx.counts()).inboxPending > 0;
              const chat = Number(next.queue) + 1;
              await tx.snapshot(chat, 3);
              await tx.apply(decision(chat, { lines: [line(`${next.updateId}`)] }), T0);
              await tx.finishUpdate(next.updateId, T0);
              return true;
            });
          } while (handled);
        }),
      );
      for (let chat = 1; chat <= 5; chat++) {
        const lines = await first?.transaction((tx) => tx.transcript(chat));
        const expected = updates.filter(({ queue }) => Number(queue) + 1 === chat);
        expect(lines?.map(({ text }) => text)).toEqual(expected.map(({ updateId }) => `${updateId}`));
      }
    });
  });
}
