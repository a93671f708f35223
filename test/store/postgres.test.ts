import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { startPostgres } from "../support/postgres.ts";
import { storeContract } from "./contract.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function failure(url: string): Promise<unknown> {
  return await openStore({ url }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

describe.skipIf(!server)("on a real server", () => {
  if (!server) return;

  storeContract("PostgreSQL", async () => {
    const url = await server.emptyDatabase();
    return {
      open: (options) => openStore({ url, ...options }),
      execute: (sql) => execute(url, sql),
    };
  });

  test("a connection that breaks in the middle undoes the transaction, and the next one gets a new connection", async () => {
    const url = await server.emptyDatabase();
    const store = await openStore({ url });
    const broken = store.transaction(async (tx) => {
      await tx.saveSetting("half", "done");
      await execute(
        url,
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
      await sleep(50);
      await tx.saveSetting("other half", "done");
    });
    await expect(broken).rejects.toMatchObject({ name: "StoreError", code: "unreachable" });
    expect(await store.transaction((tx) => tx.setting("half"))).toBeUndefined();
    await store.close();
  });

  test("however many get in each other's way, each transaction comes through", async () => {
    const url = await server.emptyDatabase();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore({ url })));
    await Promise.all(
      stores.flatMap((store) =>
        Array.from({ length: 25 }, () =>
          store.transaction(async (tx) => {
            const n = Number((await tx.setting("n")) ?? 0);
            await tx.saveSetting("n", `${n + 1}`);
          }),
        ),
      ),
    );
    const [first] = stores;
    expect(await first?.transaction((tx) => tx.setting("n"))).toBe("100");
    for (const store of stores) await store.close();
  });

  test("a database or a user that doesn't exist is named, a password never", async () => {
    const address = new URL(await server.emptyDatabase());
    address.password = "geheim";
    const noDatabase = new URL(address);
    noDatabase.pathname = "/nowhere";
    const noUser = new URL(address);
    noUser.username = "nobody_known";
    for (const [url, name] of [
      [noDatabase.href, "nowhere"],
      [noUser.href, "nobody_known"],
    ] as const) {
      const error = await failure(url);
      expect(error).toMatchObject({ name: "StoreError", code: "denied" });
      expect(String(error)).toContain(name);
      expect(String(error)).not.toContain("geheim");
    }
  });
});

test("a server that isn't there is named, with what to do", async () => {
  const error = await failure("postgres://zhida:geheim@127.0.0.1:1/zhida");
  expect(error).toMatchObject({ name: "StoreError", code: "unreachable" });
  expect(String(error)).toContain("127.0.0.1:1");
  expect(String(error)).not.toContain("geheim");
});

test("an address that can't be read is refused without repeating its password", async () => {
  const error = await failure("postgres://zhida:ge#he/im@db:abc/zhida");
  expect(error).toMatchObject({ name: "StoreError", code: "unusable" });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("he/im");
});
