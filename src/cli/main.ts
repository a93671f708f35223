#!/usr/bin/env node
import { existsSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { MendableError } from "../mendable.ts";
import type { CheckRooms } from "./check.ts";
import type { Io } from "./io.ts";

const USAGE = `usage: zhida <command>
  start                         the bot, or without BOT_TOKEN the playground
  ask [--json] [--session] [text]   one conversation from the terminal
  check                         validates intents/ and data/
  export --chat ID [--out dir]  a customer's transcript as a page and as JSON
  verify <file> [--key KEY]     whether an exported transcript is as it was made
  coverage import <file>        reads a published list of areas into the form of data/coverage.csv
  report [--out file.html]      how people were served in the last 7 and 30 days
  eval <file.jsonl> [--json]    how well the bot understands a measuring set
  eval --train a.jsonl --test b.jsonl [--json]   the same engine on any data set`;

/** Each command loads what it needs and no more: `eval` has no use for a bot, nor a bot for the playground. */
async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (existsSync(".env")) process.loadEnvFile(".env");
  const io: Io = {
    env: process.env,
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
  };
  switch (command) {
    case "start":
      return (await import("./start.ts")).start(io);
    case "ask":
      return (await import("./ask.ts")).ask(rest, io, process.stdin);
    case "check": {
      const { check } = await import("./check.ts");
      const { CONTENT_SHAPES, createMind, modelFor } = await import("../mind.ts");
      const { stepsTo } = await import("../dialogue/parity.ts");
      const { findDoubts } = await import("../nlu/engine/index.ts");
      const today = new Date().toISOString().slice(0, 10);
      const stepsThrough: CheckRooms["stepsThrough"] = async (knowledge) => {
        const mind = createMind(knowledge, await modelFor(knowledge));
        return (way) => stepsTo(mind, way);
      };
      return check(rest, io, { shapes: CONTENT_SHAPES, findDoubts, stepsThrough, today });
    }
    case "coverage":
      return (await import("./coverage.ts")).coverage(rest, io);
    case "export":
      return (await import("./export.ts")).exportTranscript(rest, io, Date.now());
    case "verify":
      return (await import("./verify.ts")).verify(rest, io);
    case "report":
      return (await import("./report.ts")).report(rest, io, Date.now());
    case "eval": {
      // The young generation stays small: 15,000 lines take a quarter less memory, and no longer.
      setFlagsFromString("--semi-space-growth-factor=1");
      const understanding = async (contentDir: string) =>
        (await import("./understanding.ts")).understanding(contentDir);
      return (await import("./eval.ts")).evaluate(rest, io, { understanding });
    }
    default:
      io.err(USAGE);
      return command === undefined || command === "help" || command === "--help" ? 0 : 2;
  }
}

/** What people can mend is said in a line; only a bug shows its stack. Never a token. */
function explain(error: unknown): string {
  if (error instanceof MendableError) return `zhida: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// `zhida eval … | head` has read enough: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
    // Sockets that are kept alive must not keep the process.
    if (code !== 0 || process.argv[2] === "start") process.exit();
  },
  async (error: unknown) => {
    const { withoutTokens } = await import("../log.ts");
    process.stderr.write(`${withoutTokens(explain(error))}\n`);
    process.exit(1);
  },
);
