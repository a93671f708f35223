/**
 * Several processes on one PostgreSQL, as behind a webhook: customers who all ask for a person and write to their
 * agents, agents who answer, each update taken by any of the processes, one after the other within a chat. Counted
 * are the transactions that PostgreSQL undid, what was lost, what came twice and what came out of order. The store,
 * the worker, the dialogue and the sender are the real ones; Telegram is a stub without limits that answers after
 * 20 ms.
 * Usage: npx -p node@24 node bench/desk/several.ts [processes] [customers] [lines each] > bench/results/desk-several.json
 */
import { type ChildProcess, fork } from "node:child_process";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Bot } from "grammy";
import type { Update, UserFromGetMe } from "grammy/types";
import pg from "pg";
import pino from "pino";
import { loadMind } from "../../src/mind.ts";
import { openStore } from "../../src/store/index.ts";
import type { IntakeContext } from "../../src/telegram/intake.ts";
import { createStaffGroups } from "../../src/telegram/staff.ts";
import { createVitals } from "../../src/telegram/vitals.ts";
import { wireDesk } from "../../src/telegram/wire.ts";
import { UNLIMITED } from "../../test/support/limits.ts";
import { startPostgres } from "../../test/support/postgres.ts";
import { machine } from "./machine.ts";

const BOT = { id: 1, is_bot: true, first_name: "Zhida", username: "zhida_bot" };
const GROUP = -1001234567890;
const LATENCY_MS = 20;
const PATIENCE_MS = 300_000;

if (process.env.ZHIDA_DESK === undefined) await drive();
else await serve(process.env.ZHIDA_DESK, process.env.TELEGRAM ?? "");

/** One of the processes: takes updates from its parent, decides and sends. */
async function serve(url: string, apiRoot: string): Promise<void> {
  const mind = await loadMind(process.cwd());
  const store = await openStore({ url, botId: BOT.id });
  const bot = new Bot<IntakeContext>("1:stub", {
    botInfo: BOT as unknown as UserFromGetMe,
    client: { apiRoot },
  });
  const staff = createStaffGroups(bot.api, () => BOT.id, [GROUP]);
  await staff.check();
  const { take, worker, sender } = wireDesk({
    bot,
    store,
    staff,
    mind: () => mind,
    log: pino({ level: process.env.LOG_LEVEL ?? "fatal" }),
    now: Date.now,
    vitals: createVitals(),
    firstReplyMs: 3_600_000,
    onCall: [],
    limiter: UNLIMITED,
  });
  const running = [worker.run(), sender.run()];
  process.on("message", async (update: Update | "stop") => {
    if (update !== "stop") {
      // As Telegram does with a webhook that fails: once more, until it is taken.
      while (
        !(await take([update]).then(
          () => true,
          () => false,
        ))
      )
        await sleep(50);
      process.send?.(update.update_id);
      return;
    }
    worker.stop();
    sender.stop();
    await Promise.all(running);
    await store.close();
    process.exit(0);
  });
  process.send?.(0);
}

async function drive(): Promise<void> {
  const [processes = 4, customers = 60, lines = 8] = process.argv.slice(2).map(Number);
  const postgres = await startPostgres();
  if (postgres === undefined) process.exit(1);
  const url = await postgres.emptyDatabase();
  const telegram = await openTelegram();
  // One after the other: the first makes the tables.
  const desks: Desk[] = [];
  for (let at = 0; at < processes; at += 1) desks.push(await startDesk(url, telegram.url));
  const before = await transactions(url);
  const started = Date.now();
  const cast = Array.from({ length: customers }, (_, at) => 1000 + at);
  let updateId = 0;
  const take = async (update: Omit<Update, "update_id">) => {
    updateId += 1;
    await desks[updateId % desks.length]?.take({ update_id: updateId, ...update } as Update);
  };
  await Promise.all(cast.map((id) => customerWrites(id, lines, take)));
  const threads = await until(() => (telegram.threads.size === customers ? telegram.threads : undefined));
  await Promise.all([...threads].map(([id, thread]) => agentWrites(id, thread, lines, take)));
  const wanted = customers * lines * 2;
  await until(() => (telegram.marks() >= wanted ? true : undefined)).catch(() => undefined);
  const seconds = (Date.now() - started) / 1000;
  await sleep(1500);
  for (const desk of desks) await desk.stop();
  const after = await transactions(url);
  const found = cast.map((id) => telegram.of(id, threads.get(id) ?? 0));
  const tickets = found.flatMap(({ numbers }) => [...new Set(numbers)]);
  const undone = after.undone - before.undone;
  const committed = after.committed - before.committed;
  const expected = Array.from({ length: lines }, (_, at) => at);
  const sides = found.flatMap(({ toAgents, toCustomer }) => [toAgents, toCustomer]);
  const inOrder = (marks: readonly number[]) =>
    marks.every((mark, at) => at === 0 || mark >= (marks[at - 1] ?? 0));
  console.log(
    JSON.stringify(
      {
        ...machine(),
        processes,
        customers,
        updates: updateId,
        seconds: Math.round(seconds * 10) / 10,
        updatesPerSecond: Math.round(updateId / seconds),
        transactions: {
          committed,
          undone,
          undoneShare: Math.round((undone / (undone + committed)) * 1000) / 1000,
        },
        tickets: {
          wanted: customers,
          different: new Set(tickets).size,
          customersWithMoreThanOne: found.filter(({ numbers }) => new Set(numbers).size > 1).length,
        },
        topicsTooMany: telegram.topicsMade() - customers,
        lines: {
          wanted,
          lost: sides.reduce(
            (sum, marks) => sum + expected.filter((mark) => !marks.includes(mark)).length,
            0,
          ),
          twice: sides.reduce((sum, marks) => sum + marks.length - new Set(marks).size, 0),
          chatsOutOfOrder: sides.filter((marks) => !inOrder(marks)).length,
        },
      },
      null,
      2,
    ),
  );
  telegram.close();
  await postgres.stop();
  process.exit(0);
}

type Take = (update: Omit<Update, "update_id">) => Promise<void>;

async function customerWrites(id: number, lines: number, take: Take): Promise<void> {
  const from = { id, is_bot: false, first_name: `客户${id}`, language_code: "zh" };
  const chat = { id, type: "private" as const, first_name: from.first_name };
  for (let at = -1; at < lines; at += 1) {
    const text = at < 0 ? "转人工" : `行${at}。`;
    await take({ message: { message_id: at + 2, date: 1, chat, from, text } });
  }
}

async function agentWrites(id: number, thread: number, lines: number, take: Take): Promise<void> {
  const from = { id: 900 + (id % 5), is_bot: false, first_name: `客服${id % 5}` };
  const chat = { id: GROUP, type: "supergroup" as const, title: "客服", is_forum: true as const };
  for (let at = 0; at < lines; at += 1) {
    const message_id = 1_000_000 + id * 1000 + at;
    const place = { message_thread_id: thread, is_topic_message: true as const };
    await take({ message: { message_id, date: 1, chat, from, ...place, text: `行${at}。` } });
  }
}

interface Desk {
  take(update: Update): Promise<void>;
  stop(): Promise<void>;
}

async function startDesk(url: string, telegram: string): Promise<Desk> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), {
    env: { ...process.env, ZHIDA_DESK: url, TELEGRAM: telegram },
  });
  const waiting = new Map<number, () => void>();
  const answered = (id: number) => new Promise<void>((resolve) => waiting.set(id, resolve));
  child.on("message", (id: number) => waiting.get(id)?.());
  await answered(0);
  return {
    async take(update) {
      const taken = answered(update.update_id);
      child.send(update);
      await taken;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.send("stop");
      await ended;
    },
  };
}

/** Telegram as far as the desk needs it, and what was sent to it. */
async function openTelegram() {
  const threads = new Map<number, number>();
  const said = new Map<number, string[]>();
  let id = 100;
  let made = 0;
  const answer = (method: string, payload: Record<string, unknown>): unknown => {
    id += 1;
    if (method === "getChat") return { id: GROUP, type: "supergroup", is_forum: true };
    if (method === "getChatMember") return { status: "administrator", can_manage_topics: true };
    if (method === "createForumTopic") {
      made += 1;
      threads.set(Number(/客户(\d+)/u.exec(String(payload.name))?.[1]), id);
      return { message_thread_id: id, name: payload.name };
    }
    if (method !== "sendMessage") return true;
    const where = Number(payload.message_thread_id ?? payload.chat_id);
    said.set(where, [...(said.get(where) ?? []), String(payload.text)]);
    return { message_id: id };
  };
  const server = createServer((request, response) => {
    void readJson(request).then(async (payload) => {
      const result = answer(request.url?.split("/").at(-1) ?? "", payload);
      await sleep(LATENCY_MS);
      response.setHeader("content-type", "application/json").end(JSON.stringify({ ok: true, result }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const marksIn = (texts: readonly string[]) =>
    texts.flatMap((text) => [...text.matchAll(/行(\d+)。/gu)].map(([, at]) => Number(at)));
  // The card quotes what was said: that isn't passing it on.
  const passedOn = (where: number) => (said.get(where) ?? []).filter((text) => !text.includes("🎫"));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    threads,
    topicsMade: () => made,
    marks: () => [...said.keys()].reduce((sum, where) => sum + marksIn(passedOn(where)).length, 0),
    of: (customer: number, thread: number) => ({
      numbers: (said.get(customer) ?? []).flatMap((text) =>
        [...text.matchAll(/工单号 #(\d+)/gu)].map(([, n]) => Number(n)),
      ),
      toAgents: marksIn(passedOn(thread)),
      toCustomer: marksIn(said.get(customer) ?? []),
    }),
    close: () => server.close(),
  };
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body === "" ? {} : (JSON.parse(body) as Record<string, unknown>);
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(100)) {
    const found = look();
    if (found !== undefined) return found;
  }
  throw new Error("it took too long");
}

async function transactions(url: string): Promise<{ committed: number; undone: number }> {
  // What a session did is counted when it ends, or is idle.
  await sleep(1500);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    "select xact_commit::int as committed, xact_rollback::int as undone from pg_stat_database where datname = current_database()",
  );
  await client.end();
  return rows[0] as { committed: number; undone: number };
}
