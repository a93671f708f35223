import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { callApi } from "./api.ts";
import { runCommand } from "./control/commands.ts";
import { type Control, createControl } from "./control/control.ts";
import { release } from "./faults.ts";
import { bytesInFolder, bytesInMemory } from "./files.ts";
import { botApiRoutes, type Env } from "./http/bot-api.ts";
import { controlRoutes, waitForChange } from "./http/control.ts";
import { pageRoutes } from "./http/page.ts";
import type { RateLimits } from "./limits.ts";
import { keepWorld, readWorld } from "./persistence.ts";
import { createWorld, DEFAULT_PRESET, type Preset, resumeWorld } from "./state.ts";
import type { Telegram } from "./telegram.ts";
import { createWebhookDelivery, WEBHOOK_TIMING, type WebhookTiming } from "./webhook.ts";

export interface PlaygroundOptions extends Partial<Omit<Preset, "staffGroup">> {
  staffGroup?: Partial<Preset["staffGroup"]>;
  /** Where the world is kept across restarts; in memory when absent. Uploaded files go to `<dataFile>.files/`. */
  dataFile?: string;
  /** Epoch milliseconds; the machine's clock by default. */
  now?: () => number;
  /** Telegram's sending limits, off by default; `TELEGRAM_RATE_LIMITS` has the published ones. */
  rateLimits?: RateLimits;
  /**
   * Whether a bot that may manage topics can write into a closed one. Reports differ on the real server, so
   * the default is the harsher: it can't.
   */
  closedTopics?: Telegram["closedTopics"];
  webhook?: Partial<WebhookTiming>;
}

export interface Playground {
  app: Hono<Env>;
  /** Starts to listen and gives the address; port 0 takes a free one. */
  listen(port?: number, host?: string): Promise<string>;
  close(): Promise<void>;
  control: Control;
  token: string;
  staffChatId: number;
  customers: Preset["customers"];
  agents: Preset["agents"];
}

/** A local Telegram: the Bot API over HTTP, a page to chat on, and a side door for tests. */
export function createPlayground(options: PlaygroundOptions = {}): Playground {
  const preset = presetOf(options);
  const kept = options.dataFile === undefined ? null : readWorld(options.dataFile);
  const now = options.now ?? Date.now;
  const world = kept ? resumeWorld(kept, now()) : createWorld(preset, now());
  const file = options.dataFile === undefined ? null : keepWorld(options.dataFile, world);
  // The ids skipped by resuming are skipped for good, whatever happens next.
  file?.flush();
  const tg: Telegram = {
    world,
    now,
    bytes: options.dataFile === undefined ? bytesInMemory() : bytesInFolder(`${options.dataFile}.files`),
    closedTopics: options.closedTopics ?? "bot-refused",
    rateLimits: options.rateLimits ?? null,
    sentAt: new Map(),
    faults: [],
    held: new Set(),
    calls: [],
    callCounts: {},
    poll: null,
    listeners: new Set(),
    kickWebhook: () => webhook.kick(),
    dirty: () => file?.touch(),
  };
  const webhook = createWebhookDelivery(
    tg,
    { ...WEBHOOK_TIMING, ...options.webhook },
    async (method, payload) => {
      await callApi(tg, method, payload, { signal: new AbortController().signal, parts: new Map() });
    },
  );
  let isLoopback = true;
  // Another site open in the same browser could act here, by asking directly or by a name of its own that
  // points at this machine: so only our page, and on the loopback only its names.
  const app = routes(tg, (host) => !isLoopback || /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/.test(host));
  const people = (role: string) =>
    Object.values(world.people).flatMap((p) => (p.role === role ? [p.user] : []));
  const [customers, agents] = [people("customer"), people("agent")];
  let server: ServerType | null = null;

  return {
    app,
    token: world.token,
    staffChatId: world.staffChatId,
    customers,
    agents,
    control: createControl(
      {
        call: async (name, input) => runCommand(tg, name, input) as never,
        changed: (since, timeoutMs) => waitForChange(tg, since, timeoutMs),
      },
      { customers, agents },
    ),
    async listen(port = 0, host = "127.0.0.1") {
      isLoopback = /^(localhost|127\.[\d.]+|::1)$/.test(host);
      const started = await new Promise<AddressInfo>((resolve, reject) => {
        server = serve({ fetch: app.fetch, port, hostname: host }, resolve);
        server.once("error", reject);
      });
      webhook.kick();
      return `http://${host.includes(":") ? `[${host}]` : host}:${started.port}`;
    },
    async close() {
      webhook.stop();
      tg.poll?.wake();
      release(tg);
      file?.flush();
      const open = server;
      server = null;
      if (!open) return;
      await new Promise<void>((resolve) => {
        open.close(() => resolve());
        if ("closeAllConnections" in open) open.closeAllConnections();
      });
    },
  };
}

function presetOf(options: PlaygroundOptions): Preset {
  return {
    token: options.token ?? DEFAULT_PRESET.token,
    botUsername: options.botUsername ?? DEFAULT_PRESET.botUsername,
    privacy: options.privacy ?? DEFAULT_PRESET.privacy,
    customers: options.customers ?? DEFAULT_PRESET.customers,
    agents: options.agents ?? DEFAULT_PRESET.agents,
    staffGroup: { ...DEFAULT_PRESET.staffGroup, ...options.staffGroup },
  };
}

function routes(tg: Telegram, isOwnHost: (host: string) => boolean): Hono<Env> {
  const app = new Hono<Env>();
  app.use(async (c, next) => {
    const { origin, host = "" } = c.req.header();
    const isOwnPage = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
    if (!isOwnPage || !isOwnHost(host)) {
      return c.json({ ok: false, error: "this playground answers only its own page" }, 403);
    }
    return next();
  });
  app.route("/control", controlRoutes(tg));
  app.route("/", pageRoutes());
  app.route("/", botApiRoutes(tg));
  app.notFound((c) => c.json({ ok: false, error_code: 404, description: "Not Found" }, 404));
  return app;
}
