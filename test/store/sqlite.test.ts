import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterAll } from "vitest";
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
