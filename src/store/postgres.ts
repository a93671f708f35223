import { setTimeout as sleep } from "node:timers/promises";
import {
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type Transaction,
} from "kysely";
import pg from "pg";
import { type Backend, withoutNul } from "./backend.ts";
import { codeOf, reasonOf, StoreError } from "./errors.ts";
import { POSTGRES } from "./migrations/0001_initial.ts";
import { migrate } from "./migrations/index.ts";
import type { Tables } from "./schema.ts";

const CONNECTIONS = 10;
const CONNECT_MS = 10_000;
/** How often a transaction is tried when others get in its way. */
const ATTEMPTS = 12;
/** From this attempt on, those that failed before go one at a time. */
const IN_TURN_FROM = 3;
/** The longest pause before the second attempt; it doubles with every further one. */
const PAUSE_MS = 5;
/** Any number that no other user of the database's advisory locks has. */
const TURN_LOCK = 7_139_041;

const INT8 = pg.types.builtins.INT8;
/** Our BIGINTs are Telegram's ids (52 bits), epoch ms and counts: all exact as a number. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8 && format !== "binary" ? Number : pg.types.getTypeParser(oid, format),
};

/** Connects to PostgreSQL. `random` (0–1) spreads the repetitions of transactions that met. */
export async function openPostgres(url: string, random: () => number): Promise<Backend> {
  const server = serverOf(url);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "zhida",
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    types,
  });
  // An idle connection that breaks is replaced; whether the server is gone, the next transaction tells.
  pool.on("error", () => {});
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new PostgresDriver({ pool }),
      createIntrospector: (kysely) => new PostgresIntrospector(kysely),
      createQueryCompiler: () => new CleanTextCompiler(),
    },
  });
  const close = () => db.destroy();
  try {
    await migrate(db, POSTGRES, server.name);
  } catch (error) {
    await close();
    throw postgresError(error, server);
  }

  const attempt = <T>(on: Kysely<Tables>, work: (db: Transaction<Tables>) => Promise<T>) =>
    on.transaction().setIsolationLevel("serializable").execute(work);
  const transaction = async <T>(work: (db: Transaction<Tables>) => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries++) {
      try {
        if (tries < IN_TURN_FROM) return await attempt(db, work);
        return await inTurn(db, (connection) => attempt(connection, work));
      } catch (error) {
        if (!isConflict(error) || tries === ATTEMPTS) throw postgresError(error, server);
        await sleep(random() * PAUSE_MS * 2 ** (tries - 1));
      }
    }
  };
  return { rowLocks: true, transaction, close };
}

/**
 * Of transactions that read what the others write, one is committed and all others are run again: without a turn
 * taken before they begin, twenty at once would take twenty rounds, and the last might never come through.
 */
function inTurn<T>(db: Kysely<Tables>, run: (connection: Kysely<Tables>) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${TURN_LOCK})`.execute(connection);
    try {
      return await run(connection);
    } finally {
      await sql`select pg_advisory_unlock(${TURN_LOCK})`.execute(connection);
    }
  });
}

class CleanTextCompiler extends PostgresQueryCompiler {
  protected override addParameter(value: unknown): void {
    super.addParameter(withoutNul(value));
  }
}

/** Serialization failure, deadlock, or two that inserted the same row (a ticket's number, a new customer). */
function isConflict(error: unknown): boolean {
  if (error instanceof StoreError) return error.code === "conflict";
  return ["40001", "40P01", "23505"].includes(codeOf(error));
}

interface Server {
  readonly name: string;
  readonly user: string;
  readonly database: string;
}

function serverOf(url: string): Server {
  try {
    const { host, port, user, database } = new pg.Client({ connectionString: url });
    return { name: `${host}:${port}`, user: user ?? "", database: database ?? "" };
  } catch {
    // No cause: Node's own error repeats the address, password included.
    throw new StoreError(
      "unusable",
      "DATABASE_URL is no valid address: write postgres://user:password@host:5432/database, with @ : / # ? % in the password percent-encoded",
    );
  }
}

/** Whatever isn't PostgreSQL's own complaint, or the network's, is the caller's and passes as it is. */
function postgresError(error: unknown, { name, user, database }: Server): unknown {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const reason = reasonOf(error);
  const options = { cause: error };
  if (isConflict(error))
    return new StoreError(
      "conflict",
      `PostgreSQL at ${name} had to undo this transaction ${ATTEMPTS} times (${reason}): run fewer processes at once`,
      options,
    );
  if (code.startsWith("28") || reason.startsWith("SASL"))
    return new StoreError(
      "denied",
      `PostgreSQL at ${name} lets no "${user}" in (${reason}): correct the user and the password in DATABASE_URL`,
      options,
    );
  if (code === "3D000")
    return new StoreError(
      "denied",
      `PostgreSQL at ${name} has no database "${database}": create it, or correct the name in DATABASE_URL`,
      options,
    );
  if (code === "42501" || code === "25006")
    return new StoreError(
      "unwritable",
      `"${user}" may not write to "${database}" at ${name} (${reason}): grant it, or point DATABASE_URL at the primary`,
      options,
    );
  if (code === "53100" || code === "53200")
    return new StoreError("full", `PostgreSQL at ${name} is out of space (${reason}): free some`, options);
  if (/^(08|53|57)/u.test(code) || isNetwork(error))
    return new StoreError(
      "unreachable",
      `can't reach PostgreSQL at ${name} (${reason}): start it, or correct the host and port in DATABASE_URL`,
      options,
    );
  if (error instanceof pg.DatabaseError)
    return new StoreError("other", `PostgreSQL at ${name} refused (${code}: ${reason})`, options);
  return error;
}

function isNetwork(error: unknown): boolean {
  return (
    /^E[A-Z_]+$/u.test(codeOf(error)) ||
    /connection (terminated|error)|timeout exceeded/iu.test(reasonOf(error))
  );
}
