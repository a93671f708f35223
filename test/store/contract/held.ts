import { describe, expect, test } from "vitest";
import type { HeldMessage } from "../../../src/dialogue/agent/held.ts";
import type { Effect } from "../../../src/dialogue/types.ts";
import type { Store } from "../../../src/store/types.ts";
import { decision, T0, ticket } from "../builders.ts";
import type { Fixture } from "../contract.ts";

const GROUP = -1001;
const AGENT = { id: 900, name: "客服小直" };

const held = (messageId: number, changes: Partial<HeldMessage> = {}): HeldMessage => ({
  ref: { chatId: GROUP, messageId },
  agent: AGENT,
  content: { kind: "text", text: "您再考虑一下" },
  replyTo: { chatId: GROUP, messageId: 3 },
  way: "message",
  phrase: "再考虑",
  ticket: 1,
  state: "pending",
  ...changes,
});
const keep = (message: HeldMessage): Effect => ({ kind: "held.keep", held: message });
const settle = (messageId: number, outcome: "sent" | "changed" | "dropped"): Effect => ({
  kind: "held.settle",
  ref: { chatId: GROUP, messageId },
  outcome,
});

export function heldContract({ store: newStore, place }: Fixture): void {
  const apply = (store: Store, effects: readonly Effect[], at = T0) =>
    store.transaction((tx) =>
      tx.apply(decision(1, { ticket: ticket(1, 1, { status: "serving" }), effects }), at),
    );
  const heldNow = (store: Store) => store.transaction((tx) => tx.heldOf(1));

  describe("messages that are held", () => {
    test("come back as they were, those that wait first", async () => {
      const store = await newStore();
      const photo = held(11, {
        content: { kind: "media", media: "photo", caption: "更划算", album: "a" },
        replyTo: null,
      });
      await apply(store, [keep(held(10)), keep(photo), keep(held(12, { way: "edit" }))]);
      await apply(store, [settle(12, "dropped")]);
      expect(await heldNow(store)).toEqual([
        photo,
        held(10),
        held(12, { way: "edit", state: "dropped", content: { kind: "text", text: "" } }),
      ]);
      expect(await store.transaction((tx) => tx.heldOf(2))).toEqual([]);
    });

    test("held again, one keeps its place and takes the new words", async () => {
      const store = await newStore();
      const edited = held(10, { content: { kind: "text", text: "别急着降" }, phrase: "别急着降" });
      await apply(store, [keep(held(10))]);
      await apply(store, [keep(edited)]);
      expect(await heldNow(store)).toEqual([edited]);
    });

    test("settled once, it stays as it was settled", async () => {
      const store = await newStore();
      await apply(store, [keep(held(10)), settle(10, "sent")]);
      await apply(store, [settle(10, "changed")]);
      expect(await heldNow(store)).toEqual([]);
      const { held: counted } = await store.transaction((tx) => tx.deskRecord(T0));
      expect(counted).toEqual([{ at: T0, outcome: "sent" }]);
    });

    test("count by when they were held, an album once", async () => {
      const store = await newStore();
      await apply(store, [keep(held(10))], T0 - 1);
      await apply(store, [keep(held(11)), keep(held(12, { phrase: null })), keep(held(13))]);
      await apply(store, [settle(13, "changed")]);
      const { held: counted } = await store.transaction((tx) => tx.deskRecord(T0));
      expect(counted).toEqual([
        { at: T0, outcome: "pending" },
        { at: T0, outcome: "changed" },
      ]);
    });

    test("are found by their message, and follow their group to its new id", async () => {
      const store = await newStore();
      await apply(store, [keep(held(10))]);
      await store.transaction((tx) => tx.migrateChat(GROUP, -1009));
      const whose = (chatId: number) =>
        store.transaction((tx) => tx.customerOfMessage({ chatId, messageId: 10 }));
      expect([await whose(-1009), await whose(GROUP)]).toEqual([1, undefined]);
    });

    test("a customer who is forgotten takes the words along, and the count stays", async () => {
      const store = await newStore();
      const closed = decision(1, { ticket: ticket(1, 1, { status: "closed" }) });
      await apply(store, [keep(held(10)), keep(held(11)), settle(11, "sent")]);
      await store.transaction((tx) => tx.apply({ ...closed, effects: [{ kind: "forget" }] }, T0));
      expect(await heldNow(store)).toEqual([]);
      const whose = await store.transaction((tx) => tx.customerOfMessage({ chatId: GROUP, messageId: 10 }));
      expect(whose).toBeUndefined();
      const { held: counted } = await store.transaction((tx) => tx.deskRecord(T0));
      expect(counted.map(({ outcome }) => outcome)).toEqual(["dropped", "sent"]);
    });

    test("one that can't be read is not sent, and holds up no other", async () => {
      const here = await place();
      const store = await here.open();
      await apply(store, [keep(held(10)), keep(held(11))]);
      await here.execute("UPDATE held SET content = '{' WHERE message_id = 10");
      expect(await heldNow(store)).toEqual([held(11)]);
    });
  });

  test("what a ticket is about comes back; what no version knows is nothing", async () => {
    const here = await place();
    const store = await here.open();
    const about = "downgrade.dissuasion" as const;
    await store.transaction((tx) => tx.apply(decision(1, { ticket: ticket(1, 1, { about }) }), T0));
    const read = async () => (await store.transaction((tx) => tx.snapshot(1, 0))).ticket?.about;
    expect(await read()).toBe(about);
    await here.execute("UPDATE tickets SET about = 'fishing'");
    expect(await read()).toBeNull();
  });
}
