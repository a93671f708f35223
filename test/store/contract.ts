import { afterEach, describe } from "vitest";
import type { Store } from "../../src/store/types.ts";
import type { Place } from "./builders.ts";
import { agentsContract } from "./contract/agents.ts";
import { customersContract } from "./contract/customers.ts";
import { deliveriesContract } from "./contract/deliveries.ts";
import { deskContract } from "./contract/desk.ts";
import { heldContract } from "./contract/held.ts";
import { inboxContract } from "./contract/inbox.ts";
import { recordContract } from "./contract/record.ts";
import { remindersContract } from "./contract/reminders.ts";
import { sendingContract } from "./contract/sending.ts";
import { transactionsContract } from "./contract/transactions.ts";

/** Opens stores on a new, empty place and closes them after the test. */
export interface Fixture {
  /** A new, empty database. */
  place(): Promise<Place>;
  /** A store on a new, empty database. */
  store(): Promise<Store>;
}

/** What every backend promises: each runs the same tests on its real database. */
export function storeContract(name: string, newPlace: () => Promise<Place>): void {
  describe(name, () => {
    const opened: Store[] = [];
    const place = async (): Promise<Place> => {
      const { open, execute } = await newPlace();
      return {
        execute,
        open: async (options) => {
          const store = await open(options);
          opened.push(store);
          return store;
        },
      };
    };
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
    });
    const fixture: Fixture = { place, store: async () => (await place()).open() };
    inboxContract(fixture);
    deliveriesContract(fixture);
    sendingContract(fixture);
    customersContract(fixture);
    deskContract(fixture);
    agentsContract(fixture);
    remindersContract(fixture);
    heldContract(fixture);
    recordContract(fixture);
    transactionsContract(fixture);
  });
}
