import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterAll, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { decision, relay, T0 } from "./builders.ts";
import { storeContract } from "./contract.ts";

const folder = mkdtempSync(join(tmpdir(), "zhida-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let places = 0;
storeContract("a SQLite file", async () => {
  const path = join(folder, `${++places}`, "zhida.db");
  return {
    open: (options) => openStore({ url: `file:${path}`, ...options }),
    execute: async (sql) => {
      const database = new Database(path);
      database.exec(sql);
      database.close();
    },
  };
});

test("what was on its way to agents while it was forgotten has left the file when their topic is deleted", async () => {
  const place = join(folder, "forgotten");
  const store = await openStore({ url: `file:${join(place, "zhida.db")}`, now: () => T0 });
  const words = "我的柜子在书房第二层";
  const inFile = () => readdirSync(place).some((name) => readFileSync(join(place, name)).includes(words));
  await store.transaction(async (tx) => {
    await tx.apply(decision(7, { effects: [relay(7, "relay", words)] }), T0);
    await tx.saveTopic({ customerId: 7, staffChatId: -1001, threadId: 9, cardMessageId: 11 });
  });
  const [delivery] = await store.transaction((tx) => tx.dueDeliveries(T0, 1));
  const ids = [delivery?.id ?? 0];
  await store.transaction((tx) => tx.leaseDeliveries(ids, T0, T0 + 60_000));
  await store.transaction((tx) => tx.apply(decision(7, { effects: [{ kind: "forget" }] }), T0));
  expect(inFile()).toBe(true);
  await store.transaction((tx) => tx.finishDeliveries(ids, T0));
  await store.transaction((tx) => tx.forgetPlace(7));
  expect(inFile()).toBe(false);
  await store.close();
});

describe("a database that can't be opened says in one line what, where and what to do", () => {
  const failure = async (url: string) => {
    const error: unknown = await openStore({ url }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof Error ? error : undefined;
  };

  test("a file that is no database", async () => {
    const path = join(folder, "notes.txt");
    writeFileSync(path, "these are notes, not a database\n".repeat(100));
    const error = await failure(`file:${path}`);
    expect(error).toMatchObject({ name: "StoreError", code: "unusable" });
    expect(error?.message).toContain(path);
    expect(error?.message).toContain("set DATABASE_URL");
  });

  test("a folder in its place", async () => {
    const path = join(folder, "a-folder");
    mkdirSync(path);
    const error = await failure(`file:${path}`);
    expect(error).toMatchObject({ name: "StoreError", code: "unwritable" });
    expect(error?.message).toContain(path);
    expect(error?.message).not.toContain("\n");
  });

  test("a file where its folder should be", async () => {
    const path = join(folder, "a-file");
    writeFileSync(path, "");
    const error = await failure(`file:${join(path, "zhida.db")}`);
    expect(error).toMatchObject({ name: "StoreError", code: "unwritable" });
    expect(error?.message).toContain(path);
  });

  test("an address that names no file", async () => {
    const error = await failure("file://elsewhere/zhida.db");
    expect(error).toMatchObject({ name: "StoreError", code: "unusable" });
    expect(error?.message).toContain("file:./var/zhida.db");
  });

  test("an address of no database we know", async () => {
    const error = await failure("mysql://root:geheim@db/zhida");
    expect(error).toMatchObject({ name: "StoreError", code: "unusable" });
    expect(error?.message).toContain("file:./var/zhida.db");
    expect(error?.message).not.toContain("geheim");
  });
});
