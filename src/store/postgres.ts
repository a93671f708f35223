import {
  CompiledQuery,
  type DatabaseConnection,
  DEFAULT_MIGRATION_LOCK_TABLE,
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from "kysely";
import pg from "pg";
import { type Backend, withoutNul } from "./backend.ts";
import { codeOf, reasonOf, StoreError } from "./errors.ts";
import { POSTGRES } from "./migrations/0001_initial.ts";
import { migrate } from "./migrations/index.ts";
import type { Tables } from "./schema.ts";

const CONNECTIONS = 10;
const CONNECT_MS = 10_000;
/** A process that hangs in a transaction must not hold up the others for longer. */
const IDLE_MS = 30_000;
/** How often a transaction is tried: beside others, then alone, where only a lasting obstacle stops it. */
const ATTEMPTS = 3;

/**
 * A transaction begins by locking a table that nobody else locks: many may hold it in the first mode, the second
 * waits for all others to end and keeps new ones waiting. What must not change meanwhile is locked where it is read
 * (`locks.ts`); serializable transactions, which need no locks, undid one another instead: a quarter of them with
 * three processes at work.
 */
const begin = (mode: "row share" | "exclusive") =>
  CompiledQuery.raw(
    `start transaction isolation level read committed; lock table ${DEFAULT_MIGRATION_LOCK_TABLE} in ${mode} mode`,
  );
const BESIDE = begin("row share");
const ALONE = begin("exclusive");

const INT8 = pg.types.builtins.INT8;
/** Our BIGINTs are Telegram's ids (52 bits), epoch ms and counts: all exact as a number. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8 && format !== "binary" ? Number : pg.types.getTypeParser(oid, format),
};

/** Connects to PostgreSQL. */
export async function openPostgres(url: string): Promise<Backend> {
  const server = serverOf(url);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "zhida",
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    idle_in_transaction_session_timeout: IDLE_MS,
    keepAlive: true,
    types,
  });
  // A connection that breaks between two queries tells the next one. Nobody listening, it would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const beside = kyselyOn(pool, BESIDE);
  const alone = kyselyOn(pool, ALONE);
  try {
    await migrate(beside, POSTGRES, server.name);
  } catch (error) {
    await pool.end();
    throw postgresError(error, server);
  }
  return {
    rowLocks: true,
    transaction: async (work) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await (attempt === 1 ? beside : alone).transaction().execute(work);
        } catch (error) {
          if (!isConflict(error) || attempt === ATTEMPTS) throw postgresError(error, server);
        }
      }
    },
    scrub: async () => {},
    close: () => pool.end(),
  };
}

function kyselyOn(pool: pg.Pool, start: CompiledQuery): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new StartingDriver(pool, start),
      createIntrospector: (kysely) => new PostgresIntrospector(kysely),
      createQueryCompiler: () => new CleanTextCompiler(),
    },
  });
}

class StartingDriver extends PostgresDriver {
  readonly #start: CompiledQuery;

  constructor(pool: pg.Pool, start: CompiledQuery) {
    super({ pool });
    this.#start = start;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(this.#start);
  }
}

class CleanTextCompiler extends PostgresQueryCompiler {
  protected override addParameter(value: unknown): void {
    super.addParameter(withoutNul(value));
  }
}

/** A deadlock, or two that inserted the same row (a ticket's number, a new customer). */
function isConflict(error: unknown): boolean {
  if (error instanceof StoreError) return error.code === "conflict";
  return ["40P01", "23505"].includes(codeOf(error));
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
      `PostgreSQL at ${name} undid this transaction ${ATTEMPTS} times (${reason}): nothing was saved`,
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
