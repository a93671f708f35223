import type { Canned, KnownAgent } from "../desk/facts.ts";
import type { Agent } from "../desk/types.ts";
import { readAgent, readCanned } from "./rows.ts";
import type { Scope } from "./schema.ts";

/** Remembers who acts in a staff group, under the name they go by now. */
export async function rememberAgent({ db }: Scope, agent: Agent, now: number): Promise<void> {
  const columns = { name: agent.name, username: agent.username ?? null, seen_at: now };
  await db
    .insertInto("agents")
    .values({ id: agent.id, ...columns })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(columns))
    .execute();
}

/** Everyone who has acted in a staff group, the last seen first. */
export async function agents({ db }: Scope): Promise<readonly KnownAgent[]> {
  const rows = await db.selectFrom("agents").selectAll().orderBy("seen_at", "desc").orderBy("id").execute();
  return rows.map(readAgent);
}

/** Replies kept ready, by name. */
export async function cannedReplies({ db }: Scope): Promise<readonly Canned[]> {
  const rows = await db.selectFrom("canned").selectAll().orderBy("name").execute();
  return rows.map(readCanned);
}

/** A reply of the same name is replaced. */
export async function saveCanned({ db }: Scope, { name, text }: Canned): Promise<void> {
  await db
    .insertInto("canned")
    .values({ name, text })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ text }))
    .execute();
}

export async function removeCanned({ db }: Scope, name: string): Promise<void> {
  await db.deleteFrom("canned").where("name", "=", name).execute();
}
