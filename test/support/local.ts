import { Bot, type Transformer } from "grammy";
import pino from "pino";
import type { Mind } from "../../src/dialogue/mind.ts";
import type { Control } from "../../src/playground/control/control.ts";
import { createPlayground, type Playground, type PlaygroundOptions } from "../../src/playground/server.ts";
import { openStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/types.ts";
import type { IntakeContext } from "../../src/telegram/intake.ts";
import { createLimiter, type Limiter } from "../../src/telegram/limiter.ts";
import { createSource } from "../../src/telegram/source.ts";
import { createStaffGroups, type StaffGroups } from "../../src/telegram/staff.ts";
import { createVitals, type Vitals } from "../../src/telegram/vitals.ts";
import { type Desk, wireDesk } from "../../src/telegram/wire.ts";
import { realMind } from "./mind.ts";

export interface LocalOptions {
  readonly playground?: PlaygroundOptions;
  readonly limiter?: Limiter;
  /** The playground's own group unless said otherwise. */
  readonly staffChatIds?: readonly number[];
  readonly onCall?: readonly number[];
  readonly mind?: Mind;
  /** What stands between the desk and its store, or its Telegram. */
  readonly store?: (kept: Store) => Store;
  readonly api?: Transformer;
}

/** The desk and a local Telegram in this process: nothing goes over a network, so that simulated time can pass. */
export interface LocalDesk extends Desk {
  readonly playground: Playground;
  readonly control: Control;
  readonly store: Store;
  readonly staff: StaffGroups;
  readonly vitals: Vitals;
  readonly now: () => number;
  /** Time passes. */
  later(ms: number): void;
  /** Waits until all that is to be sent has been, and is remembered: only then can it be answered or taken back. */
  settled(): Promise<void>;
  /** Begins to poll, to decide and to send. */
  run(): void;
  close(): Promise<void>;
}

/** When every desk begins, a Monday at ten in Shanghai: whenever the tests run, no day ends in the middle of one. */
const MORNING = Date.UTC(2026, 10, 23, 2, 0);

/** Nothing is missed before a test lets so much time pass. */
export const FIRST_REPLY_MS = 3_600_000;

export async function openLocalDesk(options: LocalOptions = {}): Promise<LocalDesk> {
  let ahead = MORNING - Date.now();
  const now = () => Date.now() + ahead;
  const playground = createPlayground({ now, ...options.playground });
  const kept = await openStore({ url: "file::memory:", now });
  const store = options.store?.(kept) ?? kept;
  const client = { apiRoot: "http://localhost", fetch: inProcess(playground) as never };
  const bot = new Bot<IntakeContext>(playground.token, { client });
  if (options.api !== undefined) bot.api.config.use(options.api);
  await bot.init();
  const ids = options.staffChatIds ?? [playground.staffChatId];
  const staff = createStaffGroups(bot.api, () => bot.botInfo.id, ids);
  await staff.check();
  const mind = options.mind ?? (await realMind());
  const log = pino({ level: process.env.LOG_LEVEL ?? "silent" });
  const vitals = createVitals();
  const desk = wireDesk({
    bot,
    store,
    staff,
    mind: () => mind,
    log,
    now,
    vitals,
    firstReplyMs: FIRST_REPLY_MS,
    onCall: options.onCall ?? [],
    limiter: options.limiter ?? createLimiter(),
  });
  const source = createSource({ api: bot.api, store, log, take: desk.take });
  const running: Promise<void>[] = [];
  return {
    ...desk,
    playground,
    control: playground.control,
    store,
    staff,
    vitals,
    now,
    later(ms) {
      ahead += ms;
    },
    async settled() {
      const isDone = () => store.transaction(async (tx) => (await tx.counts()).outboxPending === 0);
      await playground.control.waitFor(isDone);
    },
    run: () => void running.push(desk.worker.run(), desk.sender.run(), source.run()),
    async close() {
      source.stop();
      desk.worker.stop();
      desk.sender.stop();
      await Promise.all(running);
      await store.close();
      await playground.close();
    },
  };
}

/** Asks the playground without a network; a connection that it drops is an error of the network all the same. */
function inProcess({ app }: Playground) {
  return async (
    url: string,
    init: { method?: string; headers?: unknown; body?: unknown; signal?: unknown },
  ) => {
    const gone = new AbortController();
    const signal = init.signal as AbortSignal | undefined;
    let dropped = false;
    const env = {
      incoming: {
        socket: {
          destroy: () => {
            dropped = true;
          },
        },
      },
      outgoing: { once: (_: string, close: () => void) => gone.signal.addEventListener("abort", close) },
    };
    signal?.addEventListener("abort", () => gone.abort(), { once: true });
    const body = await bodyOf(init.body);
    const request = new Request(url, {
      ...(init.method === undefined ? {} : { method: init.method }),
      headers: { ...(init.headers as Record<string, string>), host: "localhost" },
      ...(body === undefined ? {} : { body }),
    });
    const response = await app.fetch(request, env as never);
    if (signal?.aborted) throw new Error("aborted");
    if (dropped) throw new Error("socket hang up");
    return response;
  };
}

/** A file goes as a stream of parts. */
async function bodyOf(body: unknown): Promise<Uint8Array<ArrayBuffer> | string | undefined> {
  if (body === undefined || body === null || typeof body === "string") return body ?? undefined;
  const parts: Uint8Array[] = [];
  for await (const part of body as AsyncIterable<Uint8Array>) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}
