import { lock } from "./locks.ts";
import type { Scope } from "./schema.ts";

/** Nobody else reads or changes a setting before the transaction ends. */
export async function setting(scope: Scope, key: string): Promise<string | undefined> {
  await lock(scope, "settings");
  const row = await scope.db.selectFrom("settings").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value;
}

export async function saveSetting({ db }: Scope, key: string, value: string): Promise<void> {
  await db
    .insertInto("settings")
    .values({ key, value })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
    .execute();
}
