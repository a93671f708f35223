import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterAll, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
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
