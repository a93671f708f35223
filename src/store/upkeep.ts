import { type ExpressionBuilder, sql } from "kysely";
import { DEAD, PENDING, type Scope, type Tables } from "./schema.ts";
import type { Counts } from "./types.ts";

export async function counts({ db, botId }: Scope): Promise<Counts> {
  const inbox = (state: typeof PENDING | typeof DEAD) => (eb: ExpressionBuilder<Tables, never>) =>
    eb
      .selectFrom("inbox")
      .select((q) => q.fn.countAll<number>().as("n"))
      .where("bot_id", "=", botId)
      .where("state", "=", state);
  const outbox = (state: typeof PENDING | typeof DEAD) => (eb: ExpressionBuilder<Tables, never>) =>
    eb
      .selectFrom("outbox")
      .select((q) => q.fn.countAll<number>().as("n"))
      .where("state", "=", state);
  const tickets = (status: string) => (eb: ExpressionBuilder<Tables, never>) =>
    eb
      .selectFrom("tickets")
      .select((q) => q.fn.countAll<number>().as("n"))
      .where("status", "=", sql.lit(status));
  const row = await db
    .selectNoFrom((eb) => [
      inbox(PENDING)(eb).as("inboxPending"),
      inbox(DEAD)(eb).as("inboxDead"),
      outbox(PENDING)(eb).as("outboxPending"),
      outbox(DEAD)(eb).as("outboxDead"),
      tickets("waiting")(eb).as("ticketsWaiting"),
      tickets("serving")(eb).as("ticketsServing"),
      tickets("closed")(eb).as("ticketsClosed"),
    ])
    .executeTakeFirstOrThrow();
  return row as Counts;
}
