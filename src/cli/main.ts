#!/usr/bin/env node
import { existsSync } from "node:fs";
import { StartError } from "../app.ts";
import { ConfigError } from "../config.ts";
import { decide } from "../dialogue/decide.ts";
import type { DeskPolicy } from "../dialogue/mind.ts";
import { withoutTokens } from "../log.ts";
import { CONTENT_SHAPES, ContentError, loadMind } from "../mind.ts";
import { findDoubts } from "../nlu/engine/index.ts";
import { StoreError } from "../store/index.ts";
import { ask } from "./ask.ts";
import { check } from "./check.ts";
import { coverage } from "./coverage.ts";
import { evaluate } from "./eval.ts";
import type { Io } from "./io.ts";
import { start } from "./start.ts";
import { eventOf, freshSnapshot } from "./terminal.ts";

const USAGE = `usage: zhida <command>
  start                         the bot, or without BOT_TOKEN the playground
  ask [--json] [--session] [text]   one conversation from the terminal
  check                         validates intents/ and data/
  coverage import <file>        reads a published list of areas into the form of data/coverage.csv
  eval <file.jsonl> [--json]    how well the bot understands a measuring set
  eval --train a.jsonl --test b.jsonl [--json]   the same engine on any data set`;

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
      return start(io);
    case "ask":
      return ask(rest, io, process.stdin);
    case "check": {
      const today = new Date().toISOString().slice(0, 10);
      return check(rest, io, { shapes: CONTENT_SHAPES, findDoubts, today });
    }
    case "coverage":
      return coverage(rest, io);
    case "eval":
      return evaluate(rest, io, { understanding });
    default:
      io.err(USAGE);
      return command === undefined || command === "help" || command === "--help" ? 0 : 2;
  }
}

/** The whole product's understanding of a fresh message: the intent that it would act on. */
async function understanding(contentDir: string): Promise<(text: string) => string> {
  const mind = await loadMind(contentDir);
  const policy: DeskPolicy = { firstReplyMs: 180_000, escalateEveryMs: 180_000, onCall: [], staff: "ready" };
  return (text) => decide(freshSnapshot(), eventOf(text), 0, mind, policy).reading?.intent ?? "oos";
}

/** What people can mend is said in a line; only a bug shows its stack. Never a token. */
function explain(error: unknown): string {
  const known =
    error instanceof ConfigError ||
    error instanceof StartError ||
    error instanceof ContentError ||
    error instanceof StoreError;
  if (known) return `zhida: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
    // Sockets that are kept alive must not keep the process.
    if (code !== 0 || process.argv[2] === "start") process.exit();
  },
  (error: unknown) => {
    process.stderr.write(`${withoutTokens(explain(error))}\n`);
    process.exit(1);
  },
);
