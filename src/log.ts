import { type Logger, pino } from "pino";
import type { Config } from "./config.ts";

/** Anything that looks like a bot token, wherever it stands: in an address, an error, a stack. */
const TOKEN = /\d{6,}:[\w-]{30,}/gu;

export function withoutTokens(text: string): string {
  return text.replaceAll(TOKEN, "<token>");
}

/** JSON lines on stderr; no line holds a token, and customers' words appear at debug level only. */
export function createLog(level: Config["logLevel"]): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: withoutTokens },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
