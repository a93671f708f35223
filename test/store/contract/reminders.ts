import { describe, expect, test } from "vitest";
import type { ReminderAbout } from "../../../src/dialogue/downgrade/reminder.ts";
import type { Effect } from "../../../src/dialogue/types.ts";
import type { Store } from "../../../src/store/types.ts";
import { decision, send, T0 } from "../builders.ts";
import type { Fixture } from "../contract.ts";

const dispute = {
  startedAt: T0,
  sector: "telecom",
  obstacle: "downgrade.stalled_callback",
  facts: { provider: "移动", plan: "129元", number: "A-77" },
} as const;
const callback: ReminderAbout = { kind: "callback", by: T0 + 100, case: dispute };
const own: ReminderAbout = {
  kind: "own",
  what: "打 10086",
  named: true,
  every: { kind: "monthly", date: 31, minutes: 540 },
};

const set = (about: ReminderAbout, dueAt: number): Effect => ({ kind: "reminder.set", about, dueAt });
const settle = (reminder: number, outcome: "fired" | "done" | "dropped"): Effect => ({
  kind: "reminder.settle",
  reminder,
  outcome,
});

const act = (store: Store, customerId: number, ...effects: readonly Effect[]) =>
  store.transaction((tx) => tx.apply(decision(customerId, { effects }), T0));
const known = async (store: Store, customerId: number) =>
  (await store.transaction((tx) => tx.snapshot(customerId, 0))).reminders ?? [];
const due = (store: Store, now: number) => store.transaction((tx) => tx.dueReminders(now, 10));

export function remindersContract({ store: newStore, place: newPlace }: Fixture): void {
  describe("reminders", () => {
    test("are there after a restart as they were set, the earliest first, and only for their customer", async () => {
      const place = await newPlace();
      const store = await place.open();
      await act(store, 1, set(own, T0 + 200), set(callback, T0 + 100));
      await act(store, 2, set(own, T0 + 50));
      await store.close();
      const again = await place.open();
      expect(await known(again, 1)).toMatchObject([
        { about: callback, dueAt: T0 + 100, createdAt: T0, state: "pending" },
        { about: own, dueAt: T0 + 200, createdAt: T0, state: "pending" },
      ]);
      expect(await known(again, 2)).toHaveLength(1);
      expect(await known(again, 3)).toEqual([]);
    });

    test("one is due at its time, wakes the clock for it, and not again once it has been said", async () => {
      const store = await newStore();
      await act(store, 1, set(callback, T0 + 100));
      expect(await store.transaction((tx) => tx.nextDueAt())).toBe(T0 + 100);
      expect(await due(store, T0 + 99)).toEqual([]);
      const [row] = await due(store, T0 + 100);
      expect(row).toEqual({ id: expect.any(Number), customerId: 1 });
      await act(store, 1, settle(row?.id ?? 0, "fired"));
      expect(await due(store, T0 + 1e6)).toEqual([]);
      expect(await store.transaction((tx) => tx.nextDueAt())).toBeUndefined();
      expect(await known(store, 1)).toMatchObject([{ about: callback, state: "fired" }]);
    });

    test("one that is over is known no more, and what it was about is gone from its row", async () => {
      const place = await newPlace();
      const store = await place.open();
      await act(store, 1, set(callback, T0 + 1), set(own, T0 + 2), set(own, T0 + 3));
      const [first, second] = await known(store, 1);
      await act(store, 1, settle(first?.id ?? 0, "done"), settle(second?.id ?? 0, "dropped"));
      expect(await known(store, 1)).toMatchObject([{ dueAt: T0 + 3 }]);
      expect(await due(store, T0 + 1e6)).toHaveLength(1);
      // A second row that still told of something would break this rule of the table, made for the test.
      await expect(
        place.execute("CREATE UNIQUE INDEX told ON reminders (customer_id) WHERE about <> ''"),
      ).resolves.toBeUndefined();
    });

    test("nobody can settle or move another customer's", async () => {
      const store = await newStore();
      await act(store, 1, set(own, T0 + 100));
      const [mine] = await known(store, 1);
      const reminder = mine?.id ?? 0;
      await act(store, 2, settle(reminder, "dropped"), { kind: "reminder.move", reminder, dueAt: T0 });
      expect(await known(store, 1)).toMatchObject([{ dueAt: T0 + 100, state: "pending" }]);
    });

    test("one that is moved is due at its new time", async () => {
      const store = await newStore();
      await act(store, 1, set(own, T0 + 100));
      const [mine] = await known(store, 1);
      await act(store, 1, { kind: "reminder.move", reminder: mine?.id ?? 0, dueAt: T0 + 500 });
      expect(await due(store, T0 + 100)).toEqual([]);
      expect(await due(store, T0 + 500)).toHaveLength(1);
    });

    test("four who watch the clock at once say each of five once", async () => {
      const store = await newStore();
      for (const id of [1, 2, 3, 4, 5]) await act(store, id, set(own, T0));
      const round = () =>
        store.transaction(async (tx) => {
          const rows = await tx.dueReminders(T0, 10);
          for (const { id, customerId } of rows) {
            const effects = [settle(id, "fired"), send(customerId, "notice", "now")];
            await tx.apply(decision(customerId, { effects }), T0);
          }
          return rows.length;
        });
      const said = await Promise.all([round(), round(), round(), round()]);
      expect(said.reduce((sum, n) => sum + n, 0)).toBe(5);
      expect(await store.transaction((tx) => tx.counts())).toMatchObject({ outboxPending: 5 });
    });

    test("one whose words were damaged is left out, and can still be dropped", async () => {
      const place = await newPlace();
      const store = await place.open();
      await act(store, 1, set(own, T0), set(callback, T0 + 100));
      await place.execute("UPDATE reminders SET about = '{' WHERE kind = 'own'");
      expect(await known(store, 1)).toMatchObject([{ about: callback }]);
      const [damaged] = await due(store, T0);
      await act(store, 1, settle(damaged?.id ?? 0, "dropped"));
      expect(await due(store, T0)).toEqual([]);
    });

    test("forgetting a customer leaves none of theirs, and another's stay", async () => {
      const place = await newPlace();
      const store = await place.open();
      await act(store, 1, set(own, T0 + 100), set(callback, T0 + 100));
      await act(store, 2, set(own, T0 + 100));
      const [first] = await known(store, 1);
      await act(store, 1, settle(first?.id ?? 0, "done"));
      await act(store, 1, { kind: "forget" });
      expect(await known(store, 1)).toEqual([]);
      expect(await known(store, 2)).toHaveLength(1);
      // With one row left, every one of them is the same customer's.
      await place.execute("CREATE UNIQUE INDEX one ON reminders (state)");
    });
  });
}
