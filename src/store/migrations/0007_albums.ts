import { type Kysely, type Migration, sql } from "kysely";

/** Which parts were sent together: what is withdrawn of one goes for all. */
export const albums: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql.raw("ALTER TABLE transcript ADD COLUMN album_id TEXT").execute(db);
  },
};
