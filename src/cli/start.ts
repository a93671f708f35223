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
  const app = await startApp(config, log);
  if (app.isPlayground) {
    io.out(`Zhida 直达 playground: open ${app.address} in a browser (Ctrl+C stops it)`);
    io.out("No BOT_TOKEN is set, so everything stays on this machine. The README says how to go live.");
  } else log.info({ address: app.address }, "the bot runs");
  const stopped = new Promise<void>((resolve, reject) => {
    const stop = () => {
      setTimeout(
        () => reject(new Error("it took too long to stop: what was on its way is sent again")),
        STOP_WITHIN_MS,
      ).unref();
      app.stop().then(resolve, reject);
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  });
  try {
    await Promise.race([stopped, app.ended.then(() => stopped)]);
  } catch (error) {
    await Promise.race([app.stop(), new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())]);
    throw error;
  }
  return 0;
}
