import { agents, cannedReplies, rememberAgent } from "./agents.ts";
import { apply, applyDesk } from "./apply.ts";
import type { Backend } from "./backend.ts";
import { snapshot, storedOf, transcript } from "./customers.ts";
import { deadLetters, retryDead } from "./dead.ts";
import { deskFacts, deskQueue, deskRecord } from "./desk.ts";
import { StoreError } from "./errors.ts";
import { forgetPlace, messagesOf } from "./forget.ts";
import { heldOf } from "./held.ts";
import { failUpdate, finishUpdate, nextOffset, nextUpdate, receiveUpdates } from "./inbox.ts";
import { deliveriesBehind, openByGroup, releasePlace, shortenDelivery, wakeTopics } from "./lines.ts";
import { counterparts, link } from "./links.ts";
import {
  albumDeliveries,
  dueDeliveries,
  enqueue,
  failDelivery,
  finishDeliveries,
  leaseDeliveries,
  releaseLeases,
  wakeQueue,
} from "./outbox.ts";
import { duePromises, nextTimeOf, nudgeQueue } from "./promises.ts";
import { customerRecord } from "./record.ts";
import { dueReminders } from "./reminders.ts";
import { expire } from "./retention.ts";
import type { Scope } from "./schema.ts";
import { saveSetting, setting } from "./settings.ts";
import { holdNumber, openTickets } from "./tickets.ts";
import {
  customerOfMessage,
  customerOfThread,
  forgetThread,
  migrateChat,
  saveTopic,
  topic,
} from "./topics.ts";
import type { Store, Tx } from "./types.ts";
import { counts } from "./upkeep.ts";

export { queueOf } from "./outbox.ts";

export interface StoreOptions {
  /** `file:./var/zhida.db`, `postgres://user:password@host/database`. */
  readonly url: string;
  /** Whose updates these are: Telegram counts them for each bot apart. */
  readonly botId?: number;
  /** Epoch ms. */
  readonly now?: () => number;
}

/**
 * Opens the database, creating or upgrading its tables.
 * @throws StoreError with one line that says what to do.
 */
export async function openStore({ url, botId = 0, now = Date.now }: StoreOptions): Promise<Store> {
  const backend = await openBackend(url);
  let closing: Promise<void> | undefined;
  const run = async <T>(work: (scope: Scope) => Promise<T>): Promise<T> => {
    if (closing) throw new StoreError("closed", "the database is closed: nothing more can be stored");
    let erased = false;
    const result = await backend.transaction(async (db) => {
      let over = false;
      erased = false;
      const scope: Scope = {
        rowLocks: backend.rowLocks,
        botId,
        now,
        erase: () => {
          erased = true;
        },
        get db() {
          // A query that nobody waited for would slip into the next transaction of the connection.
          if (over) throw new StoreError("closed", "a query came after the end of its transaction");
          return db;
        },
      };
      try {
        return await work(scope);
      } finally {
        over = true;
      }
    });
    if (erased) await backend.scrub();
    return result;
  };
  return {
    storage: backend.rowLocks ? "server" : "file",
    transaction: (work) => run((scope) => work(transactionOf(scope))),
    releaseLeases: () => run(releaseLeases),
    close: () => {
      closing ??= backend.close();
      return closing;
    },
  };
}

/** Only the driver that is used is loaded. */
async function openBackend(url: string): Promise<Backend> {
  if (url.startsWith("file:")) return (await import("./sqlite.ts")).openSqlite(url);
  if (/^postgres(ql)?:/u.test(url)) return (await import("./postgres.ts")).openPostgres(url);
  throw new StoreError(
    "unusable",
    "DATABASE_URL names no database we know: set it to file:./var/zhida.db or postgres://user:password@host/database",
  );
}

function transactionOf(scope: Scope): Tx {
  return {
    receiveUpdates: (updates) => receiveUpdates(scope, updates),
    nextOffset: () => nextOffset(scope),
    nextUpdate: (now) => nextUpdate(scope, now),
    finishUpdate: (updateId, now) => finishUpdate(scope, updateId, now),
    failUpdate: (updateId, error, retryAt) => failUpdate(scope, updateId, error, retryAt),
    snapshot: (customerId, recentLines) => snapshot(scope, customerId, recentLines),
    holdNumber: (number) => holdNumber(scope, number),
    storedOf: (customerId) => storedOf(scope, customerId),
    apply: (decision, now) => apply(scope, decision, now),
    topic: (customerId) => topic(scope, customerId),
    saveTopic: (row) => saveTopic(scope, row),
    forgetThread: (customerId) => forgetThread(scope, customerId),
    customerOfThread: (staffChatId, threadId) => customerOfThread(scope, staffChatId, threadId),
    customerOfMessage: (ref) => customerOfMessage(scope, ref),
    migrateChat: (from, to) => migrateChat(scope, from, to),
    link: (customerId, origin, copy) => link(scope, customerId, origin, copy),
    counterparts: (ref) => counterparts(scope, ref),
    dueDeliveries: (now, limit, quiet) => dueDeliveries(scope, now, limit, quiet),
    deliveriesBehind: (delivery, limit) => deliveriesBehind(scope, delivery, limit),
    shortenDelivery: (id, rest) => shortenDelivery(scope, id, rest),
    enqueue: (customerId, sends, now) => enqueue(scope, customerId, sends, now),
    wakeTopics: (now) => wakeTopics(scope, now),
    openByGroup: () => openByGroup(scope),
    releasePlace: (customerId) => releasePlace(scope, customerId),
    deadLetters: (limit) => deadLetters(scope, limit),
    retryDead: (ids, now) => retryDead(scope, ids, now),
    leaseDeliveries: (ids, now, until) => leaseDeliveries(scope, ids, now, until),
    albumDeliveries: (queue, album) => albumDeliveries(scope, queue, album),
    finishDeliveries: (ids, now) => finishDeliveries(scope, ids, now),
    failDelivery: (id, error, retryAt, countAttempt) => failDelivery(scope, id, error, retryAt, countAttempt),
    wakeQueue: (queue, now) => wakeQueue(scope, queue, now),
    nextDueAt: async () =>
      earliest(await nextTimeOf(scope, "promises"), await nextTimeOf(scope, "reminders")),
    nudgeQueue: (now) => nudgeQueue(scope, now),
    duePromises: (now, limit) => duePromises(scope, now, limit),
    dueReminders: (now, limit) => dueReminders(scope, now, limit),
    openTickets: () => openTickets(scope),
    transcript: (customerId) => transcript(scope, customerId),
    applyDesk: (effects, now) => applyDesk(scope, effects, now),
    rememberAgent: (agent, now) => rememberAgent(scope, agent, now),
    agents: () => agents(scope),
    cannedReplies: () => cannedReplies(scope),
    deskFacts: (customerId, meant) => deskFacts(scope, customerId, meant),
    deskQueue: () => deskQueue(scope),
    heldOf: (customerId) => heldOf(scope, customerId),
    deskRecord: (since) => deskRecord(scope, since),
    setting: (key) => setting(scope, key),
    saveSetting: (key, value) => saveSetting(scope, key, value),
    counts: () => counts(scope),
    customerRecord: (customerId) => customerRecord(scope, customerId),
    messagesOf: (customerId, chatId) => messagesOf(scope, customerId, chatId),
    forgetPlace: (customerId) => forgetPlace(scope, customerId),
    expire: (before, limit) => expire(scope, before, limit),
  };
}

function earliest(...times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
