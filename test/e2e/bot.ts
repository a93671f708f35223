import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "libsql";
import { createPlayground, type Playground, type PlaygroundOptions } from "../../src/playground/server.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = join(ROOT, "dist", "cli", "main.js");

/** How long a line of the log is waited for: a machine with much else to do starts a process slowly. */
const PATIENCE_MS = 180_000;

/** A running `zhida start`. */
export interface BotProcess {
  readonly pid: number;
  /** Everything it has logged so far. */
  log(): string;
  /** Waits until the log has this. */
  logs(pattern: RegExp): Promise<void>;
  kill(): Promise<void>;
  /** SIGTERM, as a supervisor does; gives the exit code. */
  terminate(): Promise<number | null>;
  exit: Promise<number | null>;
}

/** A local Telegram with a database folder of its own, and the built bot as a process against it. */
export interface Scene {
  playground: Playground;
  url: string;
  folder: string;
  databaseUrl: string;
  start(env?: Readonly<Record<string, string>>): Promise<BotProcess>;
  /** SQL past the store: what time, or a full or broken disk, does to it. */
  sql(statements: string): void;
  /** What is still to be sent, to one customer or about them, or at all. */
  unsent(customer?: { readonly id: number }): readonly unknown[];
  /** Waits until all of that has been sent, and is remembered: only then can it be answered, edited or taken back. */
  settled(customer?: { readonly id: number }): Promise<void>;
  end(): Promise<void>;
}

export async function openScene(options: PlaygroundOptions = {}): Promise<Scene> {
  const playground = createPlayground(options);
  const url = await playground.listen();
  const folder = mkdtempSync(join(tmpdir(), "zhida-e2e-"));
  const databaseUrl = `file:${join(folder, "zhida.db")}`;
  const processes: BotProcess[] = [];
  const withDatabase = <T>(work: (database: Database.Database) => T): T => {
    const database = new Database(join(folder, "zhida.db"));
    try {
      database.pragma(`busy_timeout = ${PATIENCE_MS}`);
      return work(database);
    } finally {
      database.close();
    }
  };
  const pending = "select queue, customer_id, message, error from outbox where state = 'pending'";
  const unsent: Scene["unsent"] = (customer) =>
    withDatabase((database) =>
      customer === undefined
        ? database.prepare(pending).all()
        : database.prepare(`${pending} and customer_id = ?`).all(customer.id),
    );
  return {
    sql: (statements) => withDatabase((database) => void database.exec(statements)),
    unsent,
    async settled(customer) {
      await playground.control
        .waitFor(async () => unsent(customer).length === 0)
        .catch(() => {
          throw new Error(`never sent: ${JSON.stringify(unsent(customer))}`);
        });
    },
    playground,
    url,
    folder,
    databaseUrl,
    async start(env = {}) {
      const bot = spawnZhida(["start"], {
        BOT_TOKEN: playground.token,
        TELEGRAM_API_ROOT: url,
        STAFF_CHAT_ID: `${playground.staffChatId}`,
        DATABASE_URL: databaseUrl,
        PORT: "0",
        ...env,
      });
      processes.push(bot);
      await bot.logs(/the bot runs/u);
      return bot;
    },
    async end() {
      await Promise.all(processes.map((bot) => bot.kill()));
      await playground.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A folder of its own for a process that keeps things in `var/`. */
export function newHome(): string {
  return mkdtempSync(join(tmpdir(), "zhida-home-"));
}

/** Runs the built command; `env` is all the environment it has. */
export function spawnZhida(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string = ROOT,
): BotProcess {
  const { PATH = "" } = process.env;
  const child: ChildProcess = spawn(process.execPath, [MAIN, ...argv], { cwd, env: { PATH, ...env } });
  let log = "";
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    log += chunk.toString("utf8");
    for (const listener of listeners) listener();
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  const exit = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => {
      resolve(code);
      for (const listener of listeners) listener();
    }),
  );
  return {
    pid: child.pid ?? 0,
    log: () => log,
    logs: (pattern) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`the log never had ${pattern}:\n${log}`)),
          PATIENCE_MS,
        );
        const look = () => {
          const ended = child.exitCode !== null || child.signalCode !== null;
          if (!pattern.test(log) && !ended) return;
          clearTimeout(timer);
          listeners.delete(look);
          if (pattern.test(log)) resolve();
          else reject(new Error(`the process ended before its log had ${pattern}:\n${log}`));
        };
        listeners.add(look);
        look();
      }),
    async kill() {
      child.kill("SIGKILL");
      await exit;
    },
    terminate() {
      child.kill("SIGTERM");
      return exit;
    },
    exit,
  };
}
