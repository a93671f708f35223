import { describe, expect, test } from "vitest";
import {
  conversation,
  customer,
  decision,
  drain,
  line,
  relay,
  send,
  T0,
  ticket,
  update,
} from "../builders.ts";
import type { Fixture } from "../contract.ts";

export function customersContract({ store: newStore, place: newPlace }: Fixture): void {
  describe("customers", () => {
    test("of somebody new nothing is known but the number", async () => {
      const store = await newStore();
      expect(await store.transaction((tx) => tx.snapshot(42, 5))).toEqual({
        customer: { id: 42, name: "", username: null, blocked: false },
        conversation: null,
        ticket: null,
        waitingAhead: 0,
        nextTicket: 1,
        recent: [],
      });
    });

    test("the case log is known, all of it, to whoever has one", async () => {
      const store = await newStore();
      const who = customer(43);
      const entry = line("今天又被劝留", { kind: "case" });
      const others = Array.from({ length: 6 }, (_, n) => line(`${n}`));
      await store.transaction((tx) =>
        tx.apply(
          {
            state: { customer: who, conversation: { ...conversation, logged: true }, ticket: null },
            lines: [entry, ...others],
            effects: [],
            reading: null,
          },
          T0,
        ),
      );
      const { caseLog, recent } = await store.transaction((tx) => tx.snapshot(who.id, 5));
      expect(caseLog).toEqual([entry]);
      expect(recent).not.toContainEqual(entry);
    });

    test("what was decided is what is known next time, also after a restart", async () => {
      const place = await newPlace();
      const store = await place.open();
      const who = customer(5_000_000_001, { name: "<i>李_雷*", username: "li", blocked: true });
      const lines = [
        line("在吗", { ref: { chatId: 5_000_000_001, messageId: 12 } }),
        line("", { speaker: "agent", name: "小王", kind: "photo", ticket: 1 }),
      ];
      const serving = ticket(1, who.id, {
        status: "serving",
        reason: "missed_twice",
        agent: { id: 9, name: "小王" },
        claimedAt: T0 + 1,
        firstReplyAt: T0 + 2,
      });
      await store.transaction((tx) =>
        tx.apply(
          { state: { customer: who, conversation, ticket: serving }, lines, effects: [], reading: null },
          T0,
        ),
      );
      await store.close();
      const again = await place.open();
      expect(await again.transaction((tx) => tx.snapshot(who.id, 5))).toEqual({
        customer: who,
        conversation,
        ticket: serving,
        waitingAhead: 0,
        nextTicket: 2,
        recent: lines,
      });
      expect(await again.transaction((tx) => tx.transcript(who.id))).toEqual(lines);
    });

    test("the newest state replaces the one before", async () => {
      const store = await newStore();
      await store.transaction((tx) => tx.apply(decision(1), T0));
      const changed = { ...conversation, lang: "en" as const, awaiting: null, places: [] };
      await store.transaction((tx) =>
        tx.apply(
          {
            state: { customer: customer(1, { blocked: true }), conversation: changed, ticket: null },
            lines: [],
            effects: [],
            reading: null,
          },
          T0,
        ),
      );
      const { customer: who, conversation: now } = await store.transaction((tx) => tx.snapshot(1, 0));
      expect(now).toEqual(changed);
      expect(who.blocked).toBe(true);
    });

    test("the last lines come oldest first, one customer's apart from another's", async () => {
      const store = await newStore();
      for (const text of ["a", "b", "c"])
        await store.transaction((tx) => tx.apply(decision(1, { lines: [line(text)] }), T0));
      await store.transaction((tx) => tx.apply(decision(2, { lines: [line("other")] }), T0));
      const { recent } = await store.transaction((tx) => tx.snapshot(1, 2));
      expect(recent.map(({ text }) => text)).toEqual(["b", "c"]);
      expect(await store.transaction((tx) => tx.transcript(1))).toHaveLength(3);
    });

    test.each([
      ["is cut off", '{"lang":"zh"'],
      ["is of another shape", '{"lang":"zh","mood":"good"}'],
      ["names an intent that is gone", JSON.stringify({ ...conversation, lastIntent: "weather" })],
      ["waits for something unknown", JSON.stringify({ ...conversation, awaiting: { kind: "fax" } })],
      ["is empty", ""],
    ])("a conversation that %s is begun anew, and the customer stays who they are", async (_, json) => {
      const place = await newPlace();
      const store = await place.open();
      await store.transaction((tx) => tx.apply(decision(1, { ticket: ticket(1, 1) }), T0));
      await place.execute(`update customers set conversation = '${json}'`);
      const snapshot = await store.transaction((tx) => tx.snapshot(1, 5));
      expect(snapshot.conversation).toBeNull();
      expect(snapshot.customer).toEqual(customer(1));
      expect(snapshot.ticket).toEqual(ticket(1, 1));
    });

    test("a zero byte in a name or a message does no harm", async () => {
      const store = await newStore();
      const state = { customer: customer(1, { name: "a\0b" }), conversation, ticket: null };
      await store.transaction((tx) =>
        tx.apply({ state, lines: [line("x\0y")], effects: [send(1, "answer", "z\0")], reading: null }, T0),
      );
      const { recent } = await store.transaction((tx) => tx.snapshot(1, 1));
      expect(recent[0]?.text.replaceAll("\0", "")).toBe("xy");
      expect(await drain(store)).toEqual(["z\0"]);
    });

    test("who has their data deleted leaves counts that name nobody", async () => {
      const store = await newStore();
      const secret = "我的电话是 13900000000";
      const closed = ticket(1, 7, {
        status: "closed",
        asked: secret,
        score: 4,
        comment: secret,
        closedAt: T0,
      });
      await store.transaction((tx) =>
        tx.apply(
          decision(7, {
            ticket: closed,
            lines: [line(secret)],
            effects: [relay(7, "relay", secret), relay(7, "relay", { kind: "topic.close" })],
          }),
          T0,
        ),
      );
      await store.transaction((tx) => tx.receiveUpdates([{ ...update(1, 7), payload: secret }]));
      await store.transaction((tx) => tx.failUpdate(1, "boom", null));
      await store.transaction((tx) =>
        tx.link(7, { chatId: 7, messageId: 1 }, { chatId: -100, messageId: 2 }),
      );
      await store.transaction((tx) => tx.apply(decision(8, { lines: [line("someone else's")] }), T0));

      await store.transaction((tx) =>
        tx.apply(
          decision(7, {
            ticket: closed,
            lines: [line(secret)],
            effects: [send(7, "answer", "deleted"), { kind: "forget" }],
          }),
          T0,
        ),
      );
      expect(await store.transaction((tx) => tx.transcript(7))).toEqual([]);
      expect(await store.transaction((tx) => tx.snapshot(7, 9))).toMatchObject({
        customer: { name: "", username: null },
        conversation: null,
        ticket: null,
        nextTicket: 2,
      });
      expect(await store.transaction((tx) => tx.counterparts({ chatId: 7, messageId: 1 }))).toEqual([]);
      expect(await drain(store)).toEqual(["deleted"]);
      expect(await store.transaction((tx) => tx.counts())).toMatchObject({ ticketsClosed: 1, inboxDead: 1 });
      expect(await store.transaction((tx) => tx.transcript(8))).toHaveLength(1);
    });

    test("an open ticket is still answered after its customer had their data deleted", async () => {
      const store = await newStore();
      const open = ticket(1, 7);
      await store.transaction((tx) =>
        tx.apply(decision(7, { ticket: open, effects: [relay(7, "human", "card")] }), T0),
      );
      await store.transaction((tx) =>
        tx.apply(decision(7, { ticket: open, effects: [{ kind: "forget" }] }), T0),
      );
      expect(await store.transaction((tx) => tx.openTickets())).toHaveLength(1);
      expect(await drain(store)).toEqual(["card"]);
    });
  });
}
