import { type Logger, pino } from "pino";
import type { Config } from "./config.ts";

/** Anything that looks like a bot token, wherever it stands: in an address, an error, a stack. */
const TOKEN = /\d{6,}:[\w-]{30,}/gu;

export function withoutTokens(text: string): string {
  return text.replaceAll(TOKEN, "<token>");
}

/** An error without what the failed call was to send: a customer's words, in grammY's errors. */
export function withoutPayload(error: Error): object {
  const { payload: _, ...rest } = pino.stdSerializers.err(error);
  return rest;
}

/** JSON lines on stderr; no line holds a token, and customers' words appear at debug level only. */
export function createLog(level: Config["logLevel"]): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: withoutPayload },
      hooks: { streamWrite: withoutTokens },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
