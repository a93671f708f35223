import { sql } from "kysely";
import type { AgentId, CustomerId, Ticket, TicketNumber } from "../desk/types.ts";
import { StoreError } from "./errors.ts";
import { readTicket, ticketColumns } from "./rows.ts";
import type { Scope } from "./schema.ts";

const WAITING = sql.lit("waiting");
const SERVING = sql.lit("serving");
const CLOSED = sql.lit("closed");

/** The customer's open ticket, else the last closed one. */
export async function ticketOf({ db }: Scope, customerId: CustomerId): Promise<Ticket | null> {
  const row = await db
    .selectFrom("tickets")
    .leftJoin("agents", "agents.id", "tickets.agent_id")
    .selectAll("tickets")
    .select("agents.username as agent_username")
    .where("customer_id", "=", customerId)
    .orderBy((eb) => eb.case().when("status", "=", CLOSED).then(sql.lit(1)).else(sql.lit(0)).end())
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? readTicket(row) : null;
}

/** Waiting tickets before this one; all of them where it isn't waiting itself. */
export async function waitingAhead({ db }: Scope, ticket: Ticket | null): Promise<number> {
  const { ahead } = await db
    .selectFrom("tickets")
    .select((eb) => eb.fn.countAll<number>().as("ahead"))
    .where("status", "=", WAITING)
    .$if(ticket?.status === "waiting", (query) => query.where("number", "<", ticket?.number ?? 0))
    .executeTakeFirstOrThrow();
  return ahead;
}

/** Tickets that an agent is serving now. */
export async function agentServing({ db }: Scope, agent: AgentId): Promise<number> {
  const { serving } = await db
    .selectFrom("tickets")
    .select((eb) => eb.fn.countAll<number>().as("serving"))
    .where("status", "=", SERVING)
    .where("agent_id", "=", agent)
    .executeTakeFirstOrThrow();
  return serving;
}

/** The number the next ticket gets. It is used up only when that ticket is saved. */
export async function nextTicket({ db }: Scope): Promise<TicketNumber> {
  const { value } = await db
    .selectFrom("counters")
    .select("value")
    .where("name", "=", "next_ticket")
    .executeTakeFirstOrThrow();
  return value;
}

/** Whether the next ticket still gets this number; if so nobody else gets it before the transaction ends. */
export async function holdNumber({ db, rowLocks }: Scope, number: TicketNumber): Promise<boolean> {
  const { value } = await db
    .selectFrom("counters")
    .select("value")
    .where("name", "=", "next_ticket")
    .$if(rowLocks, (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  return value === number;
}

export async function saveTicket({ db }: Scope, ticket: Ticket): Promise<void> {
  const { number, customer_id, ...columns } = ticketColumns(ticket);
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("tickets")
    .values({ number, customer_id, ...columns })
    .onConflict((conflict) =>
      conflict.column("number").doUpdateSet(columns).where("tickets.customer_id", "=", customer_id),
    )
    .executeTakeFirstOrThrow();
  if (Number(numInsertedOrUpdatedRows ?? 0) === 0)
    throw new StoreError("conflict", `ticket #${number} is another customer's: nothing was saved`);
  await db
    .updateTable("counters")
    .set({ value: number + 1 })
    .where("name", "=", "next_ticket")
    .where("value", "<=", number)
    .execute();
}

export async function openTickets({ db }: Scope): Promise<readonly Ticket[]> {
  const rows = await db
    .selectFrom("tickets")
    .selectAll()
    .where("status", "in", [WAITING, SERVING])
    .orderBy("number")
    .execute();
  return rows.map(readTicket);
}
