import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Tx } from "../../../src/store/types.ts";
import { decision, line, send, T0, ticket, update } from "../builders.ts";
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
