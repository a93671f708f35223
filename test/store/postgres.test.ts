import pg from "pg";
import { afterAll, describe } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { startPostgres } from "../support/postgres.ts";
import { storeContract } from "./contract.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

describe.skipIf(!server)("on a real server", () => {
  if (!server) return;
  storeContract("PostgreSQL", async () => {
    const url = await server.createDatabase();
    return {
      open: (options) => openStore({ url, ...options }),
      execute: async (sql) => {
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        await client.query(sql);
        await client.end();
      },
    };
  });
});
