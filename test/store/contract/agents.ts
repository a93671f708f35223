import { describe, expect, test } from "vitest";
import type { Store } from "../../../src/store/types.ts";
import { customer, decision, due, line, settled, T0, ticket } from "../builders.ts";
import type { Fixture } from "../contract.ts";

const AGENT = { id: 900, name: "客服小直", username: "xiaozhi" };
const OTHER = { id: 901, name: "客服小达" };

export function agentsContract({ store: newStore }: Fixture): void {
  const facts = (
    store: Store,
    customerId: number,
    said: { chatId: number; messageId: number } | null = null,
  ) => store.transaction((tx) => tx.deskFacts(customerId, { agent: AGENT, said }));

  describe("agents", () => {
    test("whoever acts is known by the name of their last act, the last seen first", async () => {
      const store = await newStore();
      await store.transaction(async (tx) => {
        await tx.rememberAgent({ ...AGENT, name: "旧名" }, T0);
        await tx.rememberAgent(OTHER, T0 + 1);
        await tx.rememberAgent(AGENT, T0 + 2);
      });
      expect(await store.transaction((tx) => tx.agents())).toEqual([
        { ...AGENT, seenAt: T0 + 2 },
        { ...OTHER, seenAt: T0 + 1 },
      ]);
    });

    test("a ready reply is replaced by its name, and gone when removed", async () => {
      const store = await newStore();
      const apply = (
        effects: Parameters<Parameters<Parameters<Store["transaction"]>[0]>[0]["applyDesk"]>[0],
      ) => store.transaction((tx) => tx.applyDesk(effects, T0));
      await apply([
        { kind: "canned.save", name: "时间", text: "旧的" },
        { kind: "canned.save", name: "地址", text: "请发地址" },
      ]);
      await apply([{ kind: "canned.save", name: "时间", text: "{name}您好" }]);
      expect(await store.transaction((tx) => tx.cannedReplies())).toHaveLength(2);
      await apply([{ kind: "canned.remove", name: "地址" }]);
      expect(await store.transaction((tx) => tx.cannedReplies())).toEqual([
        { name: "时间", text: "{name}您好" },
      ]);
    });

    test("what is about no customer is sent to the group itself, in a line of its own", async () => {
      const store = await newStore();
      const to = { kind: "general", chatId: -1001 } as const;
      await store.transaction((tx) =>
        tx.applyDesk([{ kind: "send", to, lane: "relay", message: { kind: "text", text: "queue" } }], T0),
      );
      const [delivery] = await store.transaction((tx) => tx.dueDeliveries(T0, 10));
      expect(delivery).toMatchObject({ to, queue: "g:-1001", customerId: 0 });
      expect(await due(store)).toEqual(["queue"]);
    });
  });

  describe("what agents ask about", () => {
    test("a customer's tickets, newest first, and last lines, oldest first", async () => {
      const store = await newStore();
      const closed = ticket(1, 1, { status: "closed", closedAt: T0, closedBy: "agent" });
      await store.transaction((tx) => tx.apply(decision(1, { ticket: closed }), T0));
      const lines = Array.from({ length: 25 }, (_, at) => line(`第 ${at} 句`));
      await store.transaction((tx) => tx.apply(decision(1, { ticket: ticket(2, 1), lines }), T0));
      await store.transaction((tx) => tx.apply(decision(2, { ticket: ticket(3, 2) }), T0));
      const known = await facts(store, 1);
      expect(known.tickets.map(({ number }) => number)).toEqual([2, 1]);
      expect(known.lines).toHaveLength(20);
      expect(known.lines.at(-1)?.text).toBe("第 24 句");
    });

    test("the message an agent means is the one replied to, else their own last", async () => {
      const store = await newStore();
      const said = (text: string, name: string, messageId: number) =>
        line(text, { speaker: "agent", name, ref: { chatId: -1001, messageId } });
      const lines = [
        said("一", AGENT.name, 11),
        said("二", AGENT.name, 12),
        said("三", OTHER.name, 13),
        line("客户说", { ref: { chatId: 1, messageId: 14 } }),
      ];
      await store.transaction((tx) => tx.apply(decision(1, { lines }), T0));
      expect((await facts(store, 1)).said?.text).toBe("二");
      expect((await facts(store, 1, { chatId: -1001, messageId: 11 })).said?.text).toBe("一");
      expect((await facts(store, 1, { chatId: -1001, messageId: 14 })).said).toBeNull();
      expect((await facts(store, 2)).said).toBeNull();
      const withdrawn = { ...said("二", AGENT.name, 12), speaker: "note" as const, kind: "withdrawn" };
      await store.transaction((tx) => tx.apply(decision(1, { lines: [withdrawn] }), T0));
      expect((await facts(store, 1)).said?.text).toBe("一");
      expect((await facts(store, 1, { chatId: -1001, messageId: 12 })).said).toBeNull();
    });

    test("the agent who has a ticket is known with the username they were seen with", async () => {
      const store = await newStore();
      const serving = ticket(1, 1, { status: "serving", agent: { id: AGENT.id, name: AGENT.name } });
      await store.transaction((tx) => tx.apply(decision(1, { ticket: serving }), T0));
      await store.transaction((tx) => tx.rememberAgent({ ...AGENT, username: "xiaozhi" }, T0));
      const { ticket: known } = await store.transaction((tx) => tx.snapshot(1, 0));
      expect(known?.agent).toEqual({ id: AGENT.id, name: AGENT.name, username: "xiaozhi" });
    });

    test("a message that was part of an album brings the others along", async () => {
      const store = await newStore();
      const part = (messageId: number, album: string) =>
        line("", {
          speaker: "agent",
          name: AGENT.name,
          kind: "photo",
          album,
          ref: { chatId: -1001, messageId },
        });
      const lines = [part(11, "a"), part(12, "a"), part(13, "b")];
      await store.transaction((tx) => tx.apply(decision(1, { lines }), T0));
      const parts = async (messageId: number) =>
        (await facts(store, 1, { chatId: -1001, messageId })).saidTogether.map(({ ref }) => ref?.messageId);
      expect(await parts(11)).toEqual([11, 12]);
      expect(await parts(13)).toEqual([13]);
    });

    test("the queue says who waits, and since when for an answer", async () => {
      const store = await newStore();
      await store.transaction((tx) => tx.apply(decision(1, { ticket: ticket(1, 1) }), T0));
      const said = (speaker: "customer" | "agent", at: number) =>
        line("好", { speaker, at: T0 + at, ticket: 2 });
      const lines = [said("customer", 0), said("agent", 1), said("customer", 2), said("customer", 3)];
      await store.transaction((tx) =>
        tx.apply(decision(2, { ticket: ticket(2, 2, { status: "serving", agent: OTHER }), lines }), T0),
      );
      await store.transaction((tx) =>
        tx.apply(decision(3, { ticket: ticket(3, 3, { status: "closed" }) }), T0),
      );
      expect(await store.transaction((tx) => tx.deskQueue())).toEqual([
        { ticket: ticket(1, 1), customer: "customer 1", unansweredSince: null },
        {
          ticket: ticket(2, 2, { status: "serving", agent: OTHER }),
          customer: "customer 2",
          unansweredSince: T0 + 2,
        },
      ]);
    });

    test("the record counts what was opened, closed and promised since a time, forgotten customers too", async () => {
      const store = await newStore();
      const promised = { kind: "promise.set", promise: "first_reply", ticket: 1, dueAt: T0 + 10 } as const;
      const kept = { kind: "promise.settle", promise: "first_reply", ticket: 1, outcome: "kept" } as const;
      await store.transaction((tx) =>
        tx.apply(decision(1, { ticket: ticket(1, 1), effects: [promised] }), T0),
      );
      const closed = ticket(1, 1, {
        status: "closed",
        about: "downgrade",
        firstReplyAt: T0 + 5,
        closedAt: T0 + 50,
        score: 4,
      });
      await store.transaction((tx) => tx.apply(decision(1, { ticket: closed, effects: [kept] }), T0 + 50));
      await store.transaction((tx) => tx.apply(decision(1, { effects: [{ kind: "forget" }] }), T0 + 60));
      const record = await store.transaction((tx) => tx.deskRecord(T0 + 40));
      expect(record.tickets).toMatchObject([{ number: 1, score: 4 }]);
      expect(record.promises).toEqual([
        settled({ settledAt: T0 + 50, dueAt: T0 + 10, firstReplyAt: T0 + 5, about: "downgrade" }),
      ]);
      const later = await store.transaction((tx) => tx.deskRecord(T0 + 51));
      expect(later).toEqual({ tickets: [], promises: [], held: [] });
    });
  });

  test("a ban stays with the customer until it is lifted, even when they are forgotten", async () => {
    const store = await newStore();
    const banned = (of: boolean) => ({
      ...decision(1),
      state: { ...decision(1).state, customer: { ...customer(1), ...(of ? { banned: true } : {}) } },
    });
    const isBanned = async () => (await store.transaction((tx) => tx.snapshot(1, 0))).customer.banned;
    await store.transaction((tx) => tx.apply(banned(true), T0));
    expect(await isBanned()).toBe(true);
    await store.transaction((tx) => tx.apply({ ...banned(true), effects: [{ kind: "forget" }] }, T0));
    expect(await isBanned()).toBe(true);
    await store.transaction((tx) => tx.apply(banned(false), T0));
    expect(await isBanned()).toBeUndefined();
  });
}
