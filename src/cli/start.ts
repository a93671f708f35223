import { setFlagsFromString } from "node:v8";
import type { Logger } from "pino";
import { startApp } from "../app.ts";
import { readConfig } from "../config.ts";
import { createLog } from "../log.ts";
import type { Io } from "./io.ts";

/** After SIGTERM the process is gone within this, whatever hangs. */
const STOP_WITHIN_MS = 9_000;

/** `zhida start`: the bot, or without a token the playground and the bot against it. Returns the exit code. */
export async function start(io: Io): Promise<number> {
  const config = readConfig(io.env);
  const log = createLog(config.logLevel);
  const asked = new Promise<void>((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
  });
  const app = await Promise.race([startApp(config, log), asked.then(() => undefined)]);
  if (app === undefined) return 0;
  // It runs for months and mostly waits: 40 MB less for 5 % more time a message (bench/results/memory.md). Not
  // before: the start makes much that is soon done with, and would collect it over and over.
  setFlagsFromString("--optimize-for-size");
  if (app.isPlayground) {
    io.out(`Zhida 直达 playground: open ${app.address} in a browser (Ctrl+C stops it)`);
    io.out("No BOT_TOKEN is set, so everything stays on this machine. The README says how to go live.");
  } else log.info({ address: app.address }, "the bot runs");
  try {
    await Promise.race([asked, app.ended.then(() => asked)]);
  } finally {
    await Promise.race([app.stop(), tooLong(log)]);
  }
  return 0;
}

async function tooLong(log: Logger): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref());
  log.warn("stopping took too long: what is on its way is sent again at the next start");
}
