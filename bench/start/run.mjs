/**
 * Measures a start of the built program against a playground in this process: how long until the bot runs, and how
 * much memory it then holds at rest (Linux).
 * Usage: npm run build && node bench/start/run.mjs [starts] [flags of node …]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const dist = process.env.DIST ?? join(import.meta.dirname, "../../dist");
const { createPlayground } = await import(join(dist, "playground/server.js"));
const REST_MS = 10_000;

const [starts = "3", ...flags] = process.argv.slice(2);
for (let i = 0; i < Number(starts); i += 1) {
  const playground = createPlayground();
  const root = await playground.listen();
  const cwd = mkdtempSync(join(tmpdir(), "zhida-start-"));
  const env = {
    PATH: process.env.PATH,
    BOT_TOKEN: playground.token,
    TELEGRAM_API_ROOT: root,
    STAFF_CHAT_ID: String(playground.staffChatId),
    PORT: "0",
  };
  const from = performance.now();
  const bot = spawn(process.execPath, [...flags, join(dist, "cli/main.js"), "start"], { cwd, env });
  let log = "";
  bot.stderr.on("data", (part) => {
    log += part;
  });
  while (!log.includes("the bot runs")) await setTimeout(5);
  const startMs = performance.now() - from;
  await setTimeout(REST_MS);
  const status = readFileSync(`/proc/${bot.pid}/status`, "utf8");
  const mb = (name) => (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024).toFixed(0);
  console.log(
    `runs after ${startMs.toFixed(0)} ms; at rest ${mb("VmRSS")} MB, ${mb("RssFile")} of them node's own code on disk; at most ${mb("VmHWM")} MB`,
  );
  bot.kill("SIGKILL");
  await playground.close();
  rmSync(cwd, { recursive: true, force: true });
}
process.exit();
