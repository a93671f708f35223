import type { z } from "zod";
import type { Telegram } from "../telegram.ts";

/** What a method knows of the request beside its parameters. */
export interface CallContext {
  /** Aborted when the client goes away. */
  signal: AbortSignal;
  /** Parts of a multipart body, for `attach://name`. */
  parts: ReadonlyMap<string, File>;
}

export interface Method {
  run(tg: Telegram, payload: unknown, context: CallContext): Promise<unknown>;
}

/** Binds a method to the schema of its parameters, so that it only ever sees checked ones. */
export function method<T extends z.ZodType>(
  schema: T,
  run: (tg: Telegram, params: z.output<T>, context: CallContext) => unknown,
): Method {
  return { run: async (tg, payload, context) => run(tg, schema.parse(payload), context) };
}
