import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** A real PostgreSQL for tests. */
export interface TestPostgres {
  /** The address of a database without tables. There is one: what an earlier test left in it is deleted. */
  emptyDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * The server that TEST_DATABASE_URL names (its user must be allowed to create databases), else one of our own in
 * a temporary folder, on a Unix socket. Undefined, with the reason printed, where neither can be had.
 */
export async function startPostgres(): Promise<TestPostgres | undefined> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return withDatabase(given, async () => {});
  const bin = findServer();
  if (!bin) return skip("no initdb on PATH or in /usr/lib/postgresql, and TEST_DATABASE_URL isn't set");
  const owner = serverUser();
  if (!owner) return skip("PostgreSQL refuses to run as root, and there is no user to run it as");

  const folder = mkdtempSync(join(tmpdir(), "zhida-pg-"));
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid ?? owner.uid);
  const data = join(folder, "data");
  const setup = spawnSync(
    join(bin, "initdb"),
    [
      "--pgdata",
      data,
      "--username",
      "zhida",
      "--auth",
      "trust",
      "--encoding",
      "UTF8",
      "--no-locale",
      "--no-sync",
    ],
    { ...owner, cwd: folder, encoding: "utf8" },
  );
  if (setup.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return skip(`initdb failed: ${setup.stderr || setup.error?.message}`);
  }
  const settings = ["fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=60"];
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-k", folder, ...settings.flatMap((setting) => ["-c", setting])],
    { ...owner, cwd: folder, stdio: "ignore" },
  );
  const url = `postgres://zhida@localhost/postgres?host=${encodeURIComponent(folder)}`;
  const stop = async () => {
    await end(server);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", () => server.kill("SIGQUIT"));
  if (await answers(url, server)) return withDatabase(url, stop);
  await stop();
  return skip("the server didn't start");
}

function skip(reason: string): undefined {
  console.warn(`PostgreSQL tests are skipped: ${reason}`);
  return undefined;
}

/** The folder of the server's programs; a link on PATH leads there. */
function findServer(): string | undefined {
  const versions = "/usr/lib/postgresql";
  const installed = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, "bin"))
    : [];
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "initdb"))
    .filter((path) => existsSync(path))
    .map((path) => dirname(realpathSync(path)));
  return [...installed, ...onPath].find(
    (folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")),
  );
}

/** PostgreSQL refuses to run as root: then its own user does, or nobody. */
function serverUser(): { readonly uid?: number; readonly gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const user = users.find(([login]) => login === name);
    if (user) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  return undefined;
}

async function answers(url: string, server: ChildProcess): Promise<boolean> {
  for (let left = 1200; left > 0 && server.exitCode === null; left--) {
    try {
      await query(url, "select 1");
      return true;
    } catch {
      await sleep(50);
    }
  }
  return false;
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function withDatabase(serverUrl: string, stop: () => Promise<void>): TestPostgres {
  const name = `zhida_test_${randomBytes(6).toString("hex")}`;
  const address = new URL(serverUrl);
  address.pathname = `/${name}`;
  let created = false;
  return {
    emptyDatabase: async () => {
      if (created) await query(address.href, "drop schema public cascade; create schema public");
      else await query(serverUrl, `create database ${name}`);
      created = true;
      return address.href;
    },
    stop: async () => {
      if (created) await query(serverUrl, `drop database ${name} with (force)`);
      await stop();
    },
  };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGQUIT");
  await ended;
}
