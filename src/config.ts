import { fileURLToPath } from "node:url";
import { z } from "zod";
import { MendableError } from "./mendable.ts";

/** How the bot talks to Telegram. What one way needs, the others' types don't have. */
export type TelegramConfig =
  | { readonly mode: "playground" }
  | { readonly mode: "polling"; readonly token: string; readonly apiRoot: string }
  | {
      readonly mode: "webhook";
      readonly token: string;
      readonly apiRoot: string;
      readonly url: string;
      readonly secret: string;
    };

export interface Config {
  readonly telegram: TelegramConfig;
  /** Staff groups; a migrated group's new id is followed by the store. Empty: tickets wait. */
  readonly staffChatIds: readonly number[];
  readonly onCall: readonly number[];
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly contentDir: string;
  readonly firstReplyMs: number;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
}

/** The environment is wrong: one line a variable, never with a secret's value in it. */
export class ConfigError extends MendableError {
  override readonly name = "ConfigError";
}

const DEFAULT_DATABASE = "file:./var/zhida.db";

/** The playground keeps a database of its own beside its world, unless DATABASE_URL names another. */
export function databaseOf({ telegram, databaseUrl }: Config): string {
  const isOwn = telegram.mode === "playground" && databaseUrl === DEFAULT_DATABASE;
  return isOwn ? "file:./var/playground/zhida.db" : databaseUrl;
}

const PACKAGE_ROOT = fileURLToPath(new URL("..", import.meta.url));

const ids = (what: string, example: string) =>
  z
    .string()
    .transform((text) => text.split(",").map((id) => id.trim()))
    .pipe(z.array(z.string().regex(/^-?\d{1,16}$/u, `must be ${what}, separated by commas, like ${example}`)))
    .transform((texts) => texts.map(Number));

const environment = z
  .object({
    BOT_TOKEN: z
      .string()
      .regex(
        /^\d+:[\w-]{20,}$/u,
        "must be a token from @BotFather, like 123456789:AAE…; check for missing characters",
      )
      .optional(),
    TELEGRAM_API_ROOT: z
      .url({ error: "must be an address like https://api.telegram.org" })
      .default("https://api.telegram.org"),
    STAFF_CHAT_ID: ids("the id of a group", "-1001234567890")
      .refine(
        (list) => list.every((id) => id < 0),
        "must be a group's id, which is negative, like -1001234567890",
      )
      .default([]),
    STAFF_ONCALL_IDS: ids("ids of users", "123456789,987654321")
      .refine((list) => list.every((id) => id > 0), "must be users' ids, which are positive, like 123456789")
      .default([]),
    DATABASE_URL: z
      .string()
      .regex(
        /^(file:.+|postgres(ql)?:\/\/.+)/u,
        "must be file:./var/zhida.db or postgres://user:password@host/database",
      )
      .default(DEFAULT_DATABASE),
    WEBHOOK_URL: z
      .url({ protocol: /^https?$/u, error: "must be an address like https://bot.example.com/telegram" })
      .optional(),
    WEBHOOK_SECRET: z
      .string()
      .regex(
        /^[\w-]{16,256}$/u,
        "must be 16 to 256 of A–Z a–z 0–9 _ -, for instance from: openssl rand -hex 32",
      )
      .optional(),
    PORT: z.coerce
      .number({ error: "must be a port number like 8080" })
      .int("must be a port number like 8080")
      .min(0, "must be a port number like 8080")
      .max(65535, "must be a port number up to 65535, like 8080")
      .default(8080),
    HOST: z.string().default("127.0.0.1"),
    CONTENT_DIR: z.string().default(PACKAGE_ROOT),
    PROMISE_FIRST_REPLY_S: z.coerce
      .number({ error: "must be a number of seconds like 180" })
      .int("must be whole seconds like 180")
      .min(1, "must be at least 1 second; 180 is three minutes")
      .max(86_400, "must be at most a day, 86400")
      .default(180),
    LOG_LEVEL: z
      .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
        error: "must be one of fatal, error, warn, info, debug, trace, silent",
      })
      .default("info"),
  })
  .superRefine((env, context) => {
    const missing = (path: "WEBHOOK_URL" | "WEBHOOK_SECRET", other: string) =>
      context.addIssue({ code: "custom", path: [path], message: `is needed when ${other} is set` });
    if (env.WEBHOOK_URL !== undefined && env.WEBHOOK_SECRET === undefined)
      missing("WEBHOOK_SECRET", "WEBHOOK_URL");
    if (env.WEBHOOK_URL === undefined && env.WEBHOOK_SECRET !== undefined)
      missing("WEBHOOK_URL", "WEBHOOK_SECRET");
  });

/**
 * The environment as one typed object. An empty value counts as absent.
 * @throws ConfigError naming each variable that is wrong, what was wrong and what right looks like
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = environment.safeParse(set);
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path[0]?.toString()} ${issue.message}`).join("\n"),
    );
  const env = parsed.data;
  return {
    telegram: telegramConfig(env),
    staffChatIds: env.STAFF_CHAT_ID,
    onCall: env.STAFF_ONCALL_IDS,
    databaseUrl: env.DATABASE_URL,
    host: env.HOST,
    port: env.PORT,
    contentDir: env.CONTENT_DIR,
    firstReplyMs: env.PROMISE_FIRST_REPLY_S * 1000,
    logLevel: env.LOG_LEVEL,
  };
}

function telegramConfig(env: z.infer<typeof environment>): TelegramConfig {
  const { BOT_TOKEN: token, WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = env;
  const apiRoot = env.TELEGRAM_API_ROOT.replace(/\/+$/u, "");
  if (token === undefined) return { mode: "playground" };
  if (url !== undefined && secret !== undefined) return { mode: "webhook", token, apiRoot, url, secret };
  return { mode: "polling", token, apiRoot };
}
