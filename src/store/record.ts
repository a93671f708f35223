import { z } from "zod";
import type { CustomerRecord } from "../desk/transcript.ts";
import type { CustomerId } from "../desk/types.ts";
import { transcript } from "./customers.ts";
import { readConversation } from "./json.ts";
import { readCustomer, readTicket } from "./rows.ts";
import type { Scope } from "./schema.ts";

const promiseRow = z.object({
  ticket: z.int(),
  due_at: z.int(),
  state: z.enum(["pending", "kept", "missed", "dropped"]).catch("pending"),
  settled_at: z.int().nullable().catch(null),
});

/** All that a customer may take away as evidence: what was said, their tickets, and what was promised them. */
export async function customerRecord(scope: Scope, customerId: CustomerId): Promise<CustomerRecord> {
  const { db } = scope;
  const row = await db.selectFrom("customers").selectAll().where("id", "=", customerId).executeTakeFirst();
  const tickets = await db
    .selectFrom("tickets")
    .selectAll()
    .where("customer_id", "=", customerId)
    .orderBy("number")
    .execute();
  // The other promises are the desk's own reminders to itself: this one was given to the customer.
  const promises = await db
    .selectFrom("promises")
    .select(["ticket", "due_at", "state", "settled_at"])
    .where("customer_id", "=", customerId)
    .where("promise", "=", "first_reply")
    .orderBy("id")
    .execute();
  return {
    customer: readCustomer(row, customerId),
    lang: readConversation(row?.conversation ?? null)?.lang ?? "zh",
    lines: await transcript(scope, customerId),
    tickets: tickets.map(readTicket),
    promises: promises.map((promise) => {
      const { ticket, due_at: dueAt, state, settled_at: settledAt } = promiseRow.parse(promise);
      return { ticket, dueAt, state, settledAt };
    }),
  };
}
