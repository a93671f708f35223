import Database from "libsql";
import pg from "pg";

/** Every table with all that its rows hold, as one text each, read past the store. */
export async function tablesOf(url: string): Promise<ReadonlyMap<string, string>> {
  return url.startsWith("file:") ? sqliteTables(url.slice("file:".length)) : postgresTables(url);
}

function sqliteTables(path: string): ReadonlyMap<string, string> {
  const database = new Database(path);
  try {
    const names = database
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
      .all() as { name: string }[];
    return new Map(
      names.map(({ name }) => [name, JSON.stringify(database.prepare(`select * from "${name}"`).all([]))]),
    );
  } finally {
    database.close();
  }
}

async function postgresTables(url: string): Promise<ReadonlyMap<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: names } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = current_schema()",
    );
    const tables = new Map<string, string>();
    for (const { name } of names) {
      const { rows } = await client.query(`select * from "${name}"`);
      tables.set(name, JSON.stringify(rows));
    }
    return tables;
  } finally {
    await client.end();
  }
}
