import type { Decision, Effect } from "../dialogue/types.ts";
import { saveCustomer, writeLines } from "./customers.ts";
import { forget } from "./forget.ts";
import { enqueue } from "./outbox.ts";
import { setPromise, settlePromise } from "./promises.ts";
import type { Scope } from "./schema.ts";
import { saveTicket } from "./tickets.ts";

/** Writes all that follows from an event; what is to be done outside becomes rows (promise 2). */
export async function apply(scope: Scope, decision: Decision, now: number): Promise<void> {
  const { customer, conversation, ticket } = decision.state;
  await saveCustomer(scope, customer, conversation, now);
  if (ticket) await saveTicket(scope, ticket);
  await writeLines(scope, customer.id, decision.lines);
  // First of the effects: what else follows from the same event, the confirmation for one, is still to be sent.
  if (decision.effects.some((effect) => effect.kind === "forget")) await forget(scope, customer.id);
  const sends: Extract<Effect, { kind: "send" }>[] = [];
  for (const effect of decision.effects) {
    switch (effect.kind) {
      case "send":
        sends.push(effect);
        break;
      case "promise.set":
        await setPromise(scope, customer.id, effect);
        break;
      case "promise.settle":
        await settlePromise(scope, effect, now);
        break;
      case "forget":
        break;
    }
  }
  await enqueue(scope, customer.id, sends, now);
}
