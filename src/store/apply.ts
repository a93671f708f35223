import type { Decision, Effect } from "../dialogue/types.ts";
import { removeCanned, saveCanned } from "./agents.ts";
import { saveCustomer, writeLines } from "./customers.ts";
import { retryDead } from "./dead.ts";
import { forget } from "./forget.ts";
import { keepHeld, settleHeld } from "./held.ts";
import { enqueue } from "./outbox.ts";
import { setPromise, settlePromise } from "./promises.ts";
import { moveReminder, setReminder, settleReminder } from "./reminders.ts";
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
  await carryOut(scope, customer.id, decision.effects, now);
}

/** What is about no one customer is kept under this id. */
const NOBODY = 0;

/** Writes what follows from something that is about no one customer. */
export async function applyDesk(scope: Scope, effects: readonly Effect[], now: number): Promise<void> {
  await carryOut(scope, NOBODY, effects, now);
}

async function carryOut(
  scope: Scope,
  customerId: number,
  effects: readonly Effect[],
  now: number,
): Promise<void> {
  const sends: Extract<Effect, { kind: "send" }>[] = [];
  for (const effect of effects) {
    switch (effect.kind) {
      case "send":
        sends.push(effect);
        break;
      case "promise.set":
        await setPromise(scope, customerId, effect);
        break;
      case "promise.settle":
        await settlePromise(scope, effect, now);
        break;
      case "reminder.set":
        await setReminder(scope, customerId, effect, now);
        break;
      case "reminder.move":
        await moveReminder(scope, customerId, effect);
        break;
      case "reminder.settle":
        await settleReminder(scope, customerId, effect, now);
        break;
      case "dead.retry":
        await retryDead(scope, effect.ids, now);
        break;
      case "canned.save":
        await saveCanned(scope, effect);
        break;
      case "canned.remove":
        await removeCanned(scope, effect.name);
        break;
      case "held.keep":
        await keepHeld(scope, customerId, effect, now);
        break;
      case "held.settle":
        await settleHeld(scope, effect, now);
        break;
      case "forget":
        break;
    }
  }
  await enqueue(scope, customerId, sends, now);
}
