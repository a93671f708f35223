import { type Kysely, Migrator } from "kysely";
import { StoreError } from "../errors.ts";
import { type Dialect, initial } from "./0001_initial.ts";
import { agents } from "./0002_agents.ts";
import { reminders } from "./0003_reminders.ts";
import { inboxLanes } from "./0004_inbox_lanes.ts";
import { held } from "./0005_held.ts";
import { record } from "./0006_record.ts";
import { albums } from "./0007_albums.ts";

/**
 * Brings the tables up to date. Two processes may do so at once: PostgreSQL takes an advisory lock, SQLite runs
 * it in an immediate transaction.
 */
export async function migrate<T>(db: Kysely<T>, dialect: Dialect, where: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: async () => ({
        "0001_initial": initial(dialect),
        "0002_agents": agents,
        "0003_reminders": reminders(dialect),
        "0004_inbox_lanes": inboxLanes,
        "0005_held": held(dialect),
        "0006_record": record,
        "0007_albums": albums,
      }),
    },
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && error.message.startsWith("corrupted migrations"))
    throw new StoreError(
      "unusable",
      `the database ${where} was written by a newer version of this program: start that version, or restore a backup`,
      { cause: error },
    );
  throw error;
}
