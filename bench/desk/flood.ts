/**
 * 10,000 messages from 2,000 customers at once, 200 of them requests for a person: how long until the last of the
 * 200 has its ticket's message, and the agents its card; with lanes and without, at Telegram's limits on a simulated
 * clock and unthrottled. The store, the worker, the dialogue, the sender and its limiter are the real ones; Telegram
 * is a stub that counts, refuses what is over its limits, and answers after 100 ms.
 * Usage: npx -p node@24 node bench/desk/flood.ts [seed] [plans] > bench/results/desk-flood.json
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { Bot } from "grammy";
import type { Update } from "grammy/types";
import pino from "pino";
import { loadMind } from "../../src/mind.ts";
import { openStore } from "../../src/store/index.ts";
import type { Store, Tx } from "../../src/store/types.ts";
import type { IntakeContext } from "../../src/telegram/intake.ts";
import { createLimiter } from "../../src/telegram/limiter.ts";
import { createStaffGroups } from "../../src/telegram/staff.ts";
import { createVitals } from "../../src/telegram/vitals.ts";
import { wireDesk } from "../../src/telegram/wire.ts";
import { UNLIMITED } from "../../test/support/limits.ts";
import { randomFrom } from "../../test/support/random.ts";
import { machine } from "./machine.ts";

const SEED = Number(process.argv[2] ?? 20261123);
/** Only so many of the plans. */
const FIRST_PLANS = Number(process.argv[3] ?? 5);
const [CUSTOMERS, EACH, REQUESTS] = [2000, 5, 200];
const QUESTIONS = ["你们漳浦修不修", "客服电话多少", "怎么降级", "几点上班", "技师怎么安排"];
const LATENCY_MS = 100;
const T0 = Date.UTC(2026, 10, 23, 2, 0);
const realNow = Date.now.bind(Date);
/** What the machine's other work doesn't slow: CPU seconds of this process so far. */
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const log = pino({ level: "silent" });
const mind = await loadMind(process.cwd());

interface Plan {
  readonly name: string;
  readonly lanes: "lanes" | "first come, first served";
  readonly limits: "Telegram's" | "none";
  readonly groups: readonly number[];
}
const PLANS: readonly Plan[] = [
  { name: "lanes, one group", lanes: "lanes", limits: "Telegram's", groups: [-1001] },
  { name: "no lanes, one group", lanes: "first come, first served", limits: "Telegram's", groups: [-1001] },
  { name: "lanes, four groups", lanes: "lanes", limits: "Telegram's", groups: [-1001, -1002, -1003, -1004] },
  { name: "lanes, unthrottled", lanes: "lanes", limits: "none", groups: [-1001] },
  { name: "no lanes, unthrottled", lanes: "first come, first served", limits: "none", groups: [-1001] },
];

function updates(): { update: Update; asks: "person" | "bot" }[] {
  const random = randomFrom(SEED);
  const requests = new Set<number>();
  while (requests.size < REQUESTS) requests.add(Math.floor(random() * CUSTOMERS));
  const all = Array.from({ length: CUSTOMERS }, (_, at) => {
    const requestAt = requests.has(at) ? Math.floor(random() * EACH) : -1;
    return QUESTIONS.map((question, n) => ({ id: at + 1, n, text: n === requestAt ? "转人工" : question }));
  }).flat();
  // Shuffled, each customer's own in their order.
  const order = all.map((each) => each.id);
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  const next = new Map<number, number>();
  return order.map((id, at) => {
    const n = next.get(id) ?? 0;
    next.set(id, n + 1);
    const text = all[(id - 1) * EACH + n]?.text ?? "";
    const from = { id, is_bot: false, first_name: `客户${id}`, language_code: "zh" };
    const chat = { id, type: "private", first_name: from.first_name } as const;
    const message = { message_id: n + 1, date: T0 / 1000, chat, from, text };
    return { update: { update_id: at + 1, message } as Update, asks: text === "转人工" ? "person" : "bot" };
  });
}

/** Everything first come, first served: what the outbox would be without lanes. */
function withoutLanes(store: Store): Store {
  return {
    ...store,
    transaction: (work) =>
      store.transaction((tx) => {
        const flat: Tx = {
          ...tx,
          receiveUpdates: (updates) => tx.receiveUpdates(updates.map((each) => ({ ...each, lane: "rest" }))),
          apply: (decision, now) =>
            tx.apply(
              {
                ...decision,
                effects: decision.effects.map((effect) =>
                  effect.kind === "send" ? { ...effect, lane: "answer" as const } : effect,
                ),
              },
              now,
            ),
        };
        return work(flat);
      }),
  };
}

interface Call {
  readonly at: number;
  readonly method: string;
  readonly chat: number;
  readonly text: string;
}

async function run(plan: Plan) {
  const folder = mkdtempSync(join(tmpdir(), "zhida-flood-"));
  const kept = await openStore({ url: `file:${join(folder, "zhida.db")}` });
  const store = plan.lanes === "lanes" ? kept : withoutLanes(kept);
  const bot = new Bot<IntakeContext>("1:x", {
    botInfo: { id: 1, is_bot: true, first_name: "Zhida", username: "zhida_bot" } as never,
  });
  const calls: Call[] = [];
  let refused = 0;
  let nextId = 1;
  const judge = createLimiter();
  bot.api.config.use(async (_, method, payload) => {
    const { chat_id: chat = 0, text = "" } = payload as { chat_id?: number; text?: string };
    if (method === "getChat") return answer({ type: "supergroup", is_forum: true });
    if (method === "getChatMember") return answer({ status: "administrator", can_manage_topics: true });
    await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
    const at = Date.now() - T0;
    if (plan.limits === "Telegram's" && /^(send|copy|createForumTopic)/u.test(method)) {
      // What left within the limits arrives within them: the latency is the same for all.
      const wait = judge.readyAt(chat, at) - at;
      if (wait > 0) {
        refused += 1;
        const retry_after = Math.ceil(wait / 1000);
        return { ok: false, error_code: 429, description: "Too Many Requests", parameters: { retry_after } };
      }
      judge.spend(chat, at);
    }
    calls.push({ at, method, chat, text });
    nextId += 1;
    return answer({ message_id: nextId, message_thread_id: nextId });
  });
  function answer(result: unknown) {
    return { ok: true, result: result as never } as const;
  }
  const staff = createStaffGroups(bot.api, () => 1, plan.groups);
  await staff.check();
  const all = updates();
  let now = () => T0;
  const { take, worker, sender } = wireDesk({
    bot,
    store,
    staff,
    mind: () => mind,
    log,
    now: () => now(),
    vitals: createVitals(),
    firstReplyMs: 180_000,
    onCall: [],
    limiter: plan.limits === "none" ? UNLIMITED : createLimiter(),
  });
  const takeFrom = cpuSeconds();
  // As polling brings them.
  for (let from = 0; from < all.length; from += 100)
    await take(all.slice(from, from + 100).map(({ update }) => update));
  const takeSeconds = cpuSeconds() - takeFrom;
  const decideFrom = cpuSeconds();
  const working = worker.run();
  let requestsDecidedSeconds = 0;
  for (;;) {
    const { inboxPending, ticketsWaiting } = await kept.transaction((tx) => tx.counts());
    if (ticketsWaiting === REQUESTS && requestsDecidedSeconds === 0)
      requestsDecidedSeconds = cpuSeconds() - decideFrom;
    if (inboxPending === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  worker.stop();
  await working;
  const decideSeconds = cpuSeconds() - decideFrom;
  console.error(
    `${plan.name}: requests decided after ${requestsDecidedSeconds}, all after ${decideSeconds} CPU s`,
  );
  const queued = (await kept.transaction((tx) => tx.counts())).outboxPending;

  mock.timers.enable({ apis: ["setTimeout", "Date"], now: T0 });
  const sendFrom = realNow();
  now = () => Date.now();
  let running = true;
  const sending = sender.run();
  for (let steps = 1; running; steps += 1) {
    mock.timers.tick(10);
    for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (steps % 500 === 0) {
      const { outboxPending } = await kept.transaction((tx) => tx.counts());
      running = outboxPending > 0 && Date.now() - T0 < 4 * 3_600_000;
    }
  }
  sender.stop();
  mock.timers.tick(20_000);
  await Promise.race([sending, new Promise((resolve) => setImmediate(() => setImmediate(resolve)))]);
  mock.timers.reset();
  const counts = await kept.transaction((tx) => tx.counts());
  await kept.close();
  rmSync(folder, { recursive: true, force: true });

  const people = new Set(
    all.flatMap(({ update, asks }) => (asks === "person" ? [update.message?.chat.id ?? 0] : [])),
  );
  const toldAt = new Map<number, number>();
  const cardAt = new Map<number, number>();
  for (const { at, chat, text } of calls) {
    const told = people.has(chat) && /#\d+/u.test(text) && !toldAt.has(chat);
    if (told) toldAt.set(chat, at);
    const card = chat < 0 ? /ID (\d+)/u.exec(text)?.[1] : undefined;
    if (card !== undefined && !cardAt.has(Number(card))) cardAt.set(Number(card), at);
  }
  const last = (times: ReadonlyMap<number, number>) => Math.max(...times.values()) / 1000;
  return {
    plan: plan.name,
    takenCpuS: round(takeSeconds),
    requestsDecidedAfterCpuS: round(requestsDecidedSeconds),
    allDecidedAfterCpuS: round(decideSeconds),
    messagesQueued: queued,
    calls: calls.length,
    refusedWith429: refused,
    ticketsToldToCustomers: toldAt.size,
    lastCustomerToldAfterS: round(last(toldAt)),
    cardsInStaffGroup: cardAt.size,
    lastCardAfterS: round(last(cardAt)),
    allSentAfterS: round((calls.at(-1)?.at ?? 0) / 1000),
    left: counts.outboxPending,
    dead: counts.outboxDead + counts.inboxDead,
    simulatedInRealS: round((realNow() - sendFrom) / 1000),
  };
}

const round = (seconds: number) => Math.round(seconds * 10) / 10;
const results = [];
for (const plan of PLANS.slice(0, FIRST_PLANS)) {
  const result = await run(plan);
  console.error(JSON.stringify(result));
  results.push(result);
}
const parameters = {
  customers: CUSTOMERS,
  messages: CUSTOMERS * EACH,
  requests: REQUESTS,
  latencyMs: LATENCY_MS,
};
console.log(JSON.stringify({ ...machine(), seed: SEED, ...parameters, results }, null, 2));
process.exit(0);
