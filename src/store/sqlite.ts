import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import Database from "libsql";
import { type Backend, withoutNul } from "./backend.ts";
import { codeOf, reasonOf, StoreError } from "./errors.ts";
import { SQLITE } from "./migrations/0001_initial.ts";
import { migrate } from "./migrations/index.ts";
import type { Tables } from "./schema.ts";

/** How long we wait for another process (an export beside the running bot) to end its transaction. */
const BUSY_MS = 5_000;
/** The part of it that SQLite waits by itself, holding up the whole process. */
const BUSY_BLOCKING_MS = 5;
const BUSY_PAUSE_MS = 10;
/** Moves what the journal holds into the file and cuts it to nothing; waits for nobody. */
const EMPTY_JOURNAL = CompiledQuery.raw("pragma wal_checkpoint(truncate)");
/** Prepared statements kept; a batch of updates has a statement for each length. */
const STATEMENTS = 256;

/**
 * The path that `file:./relative`, `file:/absolute` or `file:///absolute` names.
 * @throws StoreError where it names none
 */
export function pathOf(url: string): string {
  try {
    const path = url.startsWith("file://") ? fileURLToPath(url) : url.slice("file:".length);
    return path === ":memory:" ? path : resolve(path);
  } catch (error) {
    throw new StoreError(
      "unusable",
      `DATABASE_URL ${url} names no file (${reasonOf(error)}): set it to a path such as file:./var/zhida.db`,
      { cause: error },
    );
  }
}

/** Opens a SQLite file, creating it and its folder where they don't exist. */
export async function openSqlite(url: string): Promise<Backend> {
  const path = pathOf(url);
  try {
    const database = await openFile(path);
    const db = new Kysely<Tables>({
      dialect: {
        createAdapter: () => new TransactionalSqliteAdapter(),
        createDriver: () => libsqlDriver(database),
        createIntrospector: (kysely) => new SqliteIntrospector(kysely),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    });
    try {
      await migrate(db, SQLITE, path);
    } catch (error) {
      await db.destroy();
      throw error;
    }
    return {
      rowLocks: false,
      transaction: async (work) => {
        try {
          return await db.transaction().execute(work);
        } catch (error) {
          throw sqliteError(error, path);
        }
      },
      scrub: async () => {
        // The deletion itself is committed: an error here must not make it look undone.
        await db
          .connection()
          .execute((connection) => connection.executeQuery(EMPTY_JOURNAL))
          .catch(() => undefined);
      },
      close: () => db.destroy(),
    };
  } catch (error) {
    throw sqliteError(error, path);
  }
}

async function openFile(path: string): Promise<Database.Database> {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  try {
    database.pragma(`busy_timeout = ${BUSY_BLOCKING_MS}`);
    await whenFree(() => database.pragma("journal_mode = WAL"));
    // Of a power cut, synchronous=NORMAL survives without the last transactions: those were promised (promise 2).
    database.pragma("synchronous = FULL");
    // What is deleted is overwritten: /forget leaves nothing in the file (promise 6).
    database.pragma("secure_delete = ON");
    database.pragma("foreign_keys = ON");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Runs a step again while another process holds the file; our own process goes on meanwhile. */
async function whenFree<T>(step: () => T): Promise<T> {
  const until = performance.now() + BUSY_MS;
  for (;;) {
    try {
      return step();
    } catch (error) {
      if (!codeOf(error).startsWith("SQLITE_BUSY") || performance.now() >= until) throw error;
      await sleep(BUSY_PAUSE_MS);
    }
  }
}

/** SQLite can undo a CREATE TABLE; with that the migrations run in one immediate transaction, one process at a time. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * One connection, held by one transaction at a time, first come first served, with its statements kept prepared.
 * Every transaction is immediate: one that begins by reading and writes later would fail whenever another
 * process wrote in between.
 */
function libsqlDriver(database: Database.Database): Driver {
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const oldest = statements.keys().next();
    if (statements.size >= STATEMENTS && !oldest.done) statements.delete(oldest.value);
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const execute = <R>({ sql, parameters }: CompiledQuery) => {
    const statement = prepare(sql);
    const values = parameters.map(withoutNul);
    if (statement.reader) return { rows: statement.all(values) as R[] };
    return { rows: [], numAffectedRows: BigInt(statement.run(values).changes) };
  };
  const connection: DatabaseConnection = {
    // Once begun, an immediate transaction meets nobody: only outside of one is there anything to wait for.
    executeQuery: async <R>(query: CompiledQuery) =>
      database.inTransaction ? execute<R>(query) : whenFree(() => execute<R>(query)),
    streamQuery: () => {
      throw new Error("the store reads no streams");
    },
  };
  const run = async (sql: string) => {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };

  let last: Promise<void> = Promise.resolve();
  let release = () => {};
  const acquire = async () => {
    const before = last;
    let done = () => {};
    last = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    release = done;
  };

  return {
    init: async () => {},
    acquireConnection: async () => {
      await acquire();
      return connection;
    },
    releaseConnection: async () => release(),
    beginTransaction: () => run("begin immediate"),
    commitTransaction: () => run("commit"),
    rollbackTransaction: async () => {
      // A full disk makes SQLite roll back by itself; "rollback" would then fail and hide the cause.
      if (database.inTransaction) await run("rollback");
    },
    destroy: async () => {
      await acquire();
      statements.clear();
      database.close();
      release();
    },
  };
}

/** Whatever isn't SQLite's own complaint is the caller's and passes as it is. */
function sqliteError(error: unknown, path: string): unknown {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const options = { cause: error };
  const reason = reasonOf(error);
  if (/^SQLITE_(FULL|IOERR)/u.test(code) || code === "ENOSPC" || code === "EDQUOT")
    return new StoreError("full", `can't write to ${path} (${reason}): free some space on its disk`, options);
  if (/^SQLITE_(READONLY|PERM|AUTH)/u.test(code) || ["EACCES", "EPERM", "EROFS"].includes(code))
    return new StoreError(
      "unwritable",
      `can't write to ${path} (${reason}): let this user write to the file and its folder, or set DATABASE_URL to another file`,
      options,
    );
  if (/^SQLITE_(BUSY|LOCKED)/u.test(code))
    return new StoreError(
      "busy",
      `${path} is held by another process (${reason}): stop the other one, or give this one a file of its own`,
      options,
    );
  if (/^SQLITE_(NOTADB|CORRUPT)/u.test(code))
    return new StoreError(
      "unusable",
      `${path} is no SQLite database, or a damaged one (${reason}): restore a backup, or set DATABASE_URL to another file`,
      options,
    );
  if (reason.includes("ConnectionFailed") || /^E[A-Z]+$/u.test(code) || code.startsWith("SQLITE_CANTOPEN"))
    return new StoreError(
      "unwritable",
      `can't open ${path} (${reason}): set DATABASE_URL to a file in a folder that this user may write to, such as file:./var/zhida.db`,
      options,
    );
  if (code.startsWith("SQLITE_"))
    return new StoreError("other", `the database ${path} refused (${code}: ${reason})`, options);
  return error;
}
