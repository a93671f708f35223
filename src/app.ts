import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ServerType, serve } from "@hono/node-server";
import { Bot, GrammyError, HttpError } from "grammy";
import type { Logger } from "pino";
import { type Config, databaseOf, type TelegramConfig } from "./config.ts";
import { serviceRoutes } from "./http.ts";
import { OWN } from "./kept.ts";
import { formatFinding } from "./knowledge/findings.ts";
import { watchKnowledge } from "./knowledge/watch.ts";
import { MendableError } from "./mendable.ts";
import { CONTENT_SHAPES, createMind, loadMind, modelFor } from "./mind.ts";
import type { Playground } from "./playground/server.ts";
import { startRetention } from "./retention.ts";
import { openStore } from "./store/index.ts";
import { withinTime } from "./telegram/calls.ts";
import { backoffMs } from "./telegram/failures.ts";
import { type IntakeContext, UPDATE_KINDS } from "./telegram/intake.ts";
import { setMenu } from "./telegram/menu.ts";
import { createSource } from "./telegram/source.ts";
import { createStaffGroups } from "./telegram/staff.ts";
import { createVitals } from "./telegram/vitals.ts";
import { currentIds } from "./telegram/watch.ts";
import { wireDesk } from "./telegram/wire.ts";
import { startWarming } from "./warm.ts";

/** It can't go on: one line says what, where, and what to do. */
class StartError extends MendableError {
  override readonly name = "StartError";
}

export interface App {
  /** Where the playground's page, or the service's own routes, are. */
  readonly address: string;
  readonly isPlayground: boolean;
  /** Resolves when the bot has stopped by itself; rejects when it can't go on. */
  readonly ended: Promise<void>;
  /** Stops taking, finishes what is on its way, closes. */
  stop(): Promise<void>;
}

const STAFF_CHECK_MS = 60_000;

type Connection = Exclude<TelegramConfig, { mode: "playground" }>;

/**
 * Wires the rooms together and starts the bot; without a token, the playground and the bot against it.
 * @throws StartError | ConfigError | StoreError with one line that says what to do
 */
export async function startApp(config: Config, log: Logger): Promise<App> {
  let mind = await loadMind(config.contentDir);
  const playground = config.telegram.mode === "playground" ? await openPlayground() : undefined;
  const staffChatIds =
    playground === undefined || config.staffChatIds.length > 0
      ? config.staffChatIds
      : [playground.staffChatId];
  const databaseUrl = databaseOf(config);
  const token = playground?.token ?? (config.telegram as Connection).token;
  const store = await openStore({ url: databaseUrl, botId: Number(token.split(":")[0]) });
  if (databaseUrl.startsWith("file:")) await store.releaseLeases();

  const stopping: (() => void | Promise<void>)[] = [];
  let trouble: string | null = "starting";
  const vitals = createVitals();
  const routes = serviceRoutes({
    store,
    log,
    trouble: () => trouble,
    vitals,
    take: (updates) => take(updates),
    webhook:
      config.telegram.mode === "webhook"
        ? { path: new URL(config.telegram.url).pathname, secret: config.telegram.secret }
        : null,
  });
  const address = await listen(config, routes, playground, stopping);
  const connection: Connection =
    config.telegram.mode === "playground" ? { mode: "polling", token, apiRoot: address } : config.telegram;

  const bot = new Bot<IntakeContext>(token, { client: { apiRoot: connection.apiRoot } });
  bot.api.config.use(withinTime);
  await init(bot, connection, log);
  const staff = createStaffGroups(bot.api, () => bot.botInfo.id, await currentIds(store, staffChatIds));
  const { take, worker, sender, watch } = wireDesk({
    bot,
    store,
    staff,
    mind: () => mind,
    log,
    now: Date.now,
    vitals,
    firstReplyMs: config.firstReplyMs,
    onCall: config.onCall,
  });
  const source = createSource({ api: bot.api, store, log, take });

  if (staffChatIds.length === 0)
    log.warn(
      "STAFF_CHAT_ID is not set: tickets wait until it is. Add the bot to a group with topics as an administrator, " +
        "send a message there, and set the group's id, like STAFF_CHAT_ID=-1001234567890",
    );
  await watch.look();
  await setMenu(bot.api, mind).catch((error: unknown) =>
    log.warn({ err: error }, "the command menu couldn't be set"),
  );

  const watching = await watchKnowledge(config.contentDir, {
    shapes: CONTENT_SHAPES,
    current: mind.knowledge,
    onChange: async (knowledge) => {
      mind = createMind(knowledge, await modelFor(knowledge));
      log.info({ version: knowledge.version }, "content changed: in use from now on");
    },
    onRefused: (findings) =>
      log.error({ findings: findings.map(formatFinding) }, "content changed but is wrong: the old one stays"),
    onBroken: (error) => log.error({ err: error }, "content is no longer watched: restart to see changes"),
  });

  const looking = setInterval(() => void watch.look(), STAFF_CHECK_MS);
  const retention = startRetention({
    store,
    log,
    now: Date.now,
    days: () => mind.knowledge.business.retention,
    expired: () => sender.signal.notify(),
  });

  const working = worker.run();
  const sending = sender.run();
  const taking = connection.mode === "polling" ? source.run() : Promise.resolve();
  trouble = null;
  stopping.push(startWarming(mind));

  return {
    address,
    isPlayground: playground !== undefined,
    ended: taking.catch((error: unknown) => {
      throw readStartFailure(error, connection.apiRoot);
    }),
    async stop() {
      trouble = "stopping";
      clearInterval(looking);
      await retention.stop();
      source.stop();
      await taking.catch(() => undefined);
      worker.stop();
      await working;
      sender.stop();
      await sending;
      await watching.close();
      for (const close of stopping) await close();
      await store.close();
    },
  };
}

/**
 * The playground's world is kept beside its database, and a new world is a new bot to that database. Loaded only where
 * it is used: a bot on Telegram has no need of it.
 */
async function openPlayground(): Promise<Playground> {
  const { createPlayground } = await import("./playground/server.ts");
  const dataFile = join(OWN, "playground", "world.json");
  if (existsSync(dataFile)) return createPlayground({ dataFile });
  const botId = randomInt(1_000_000_000, 9_999_999_999);
  return createPlayground({ dataFile, token: `${botId}:playground-on-this-machine-only-0000` });
}

async function listen(
  config: Config,
  routes: ReturnType<typeof serviceRoutes>,
  playground: Playground | undefined,
  stopping: (() => void | Promise<void>)[],
): Promise<string> {
  try {
    if (playground !== undefined) {
      playground.app.route("/", routes);
      stopping.push(() => playground.close());
      return await playground.listen(config.port, config.host);
    }
    const server = await new Promise<ServerType>((resolve, reject) => {
      const opened = serve({ fetch: routes.fetch, port: config.port, hostname: config.host }, () =>
        resolve(opened),
      );
      opened.once("error", reject);
    });
    stopping.push(() => new Promise<void>((resolve) => void server.close(() => resolve())));
    const at = server.address();
    return `http://${config.host}:${typeof at === "object" && at !== null ? at.port : config.port}`;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE")
      throw new StartError(
        `PORT ${config.port} is in use on ${config.host}: stop what uses it, or set PORT to a free one, like 8081`,
      );
    if (code === "EACCES")
      throw new StartError(`PORT ${config.port} needs more rights: set PORT to one above 1024`);
    if (code === "EADDRNOTAVAIL")
      throw new StartError(`HOST ${config.host} is not an address of this machine: set HOST=127.0.0.1`);
    throw error;
  }
}

/** Gets to know the bot itself and how updates come. A network that is down is waited for. */
async function init(bot: Bot<IntakeContext>, connection: Connection, log: Logger): Promise<void> {
  for (let failures = 0; ; failures += 1) {
    try {
      await bot.init();
      // Where there was none, polling works all the same; where there was, polling says so.
      if (connection.mode === "polling")
        await bot.api.deleteWebhook({ drop_pending_updates: false }).catch((error: unknown) => {
          if (error instanceof HttpError) throw error;
          log.warn({ err: error }, "a webhook set before couldn't be deleted");
        });
      else
        await bot.api.setWebhook(connection.url, {
          secret_token: connection.secret,
          allowed_updates: UPDATE_KINDS,
          drop_pending_updates: false,
        });
      return;
    } catch (error) {
      if (!(error instanceof HttpError)) throw readStartFailure(error, connection.apiRoot);
      log.warn(
        `Telegram can't be reached at ${connection.apiRoot}: trying again; check the network or TELEGRAM_API_ROOT`,
      );
      await new Promise((resolve) => setTimeout(resolve, Math.min(backoffMs(failures), 30_000)));
    }
  }
}

function readStartFailure(error: unknown, apiRoot: string): unknown {
  if (!(error instanceof GrammyError)) return error;
  if (error.error_code === 401 || error.error_code === 404)
    return new StartError(
      `BOT_TOKEN is refused by ${apiRoot} (${error.error_code}): copy it again from @BotFather`,
    );
  return new StartError(`Telegram refused ${error.method}: ${error.description} (${error.error_code})`);
}
