import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ConfigError, readConfig } from "../src/config.ts";

const TOKEN = "123456789:AAExampleExampleExampleExampleExample";

test("nothing set is the playground with its defaults", () => {
  expect(readConfig({})).toMatchObject({
    telegram: { mode: "playground" },
    staffChatIds: [],
    port: 8080,
    host: "127.0.0.1",
    firstReplyMs: 180_000,
    databaseUrl: "file:./var/zhida.db",
  });
});

test("a token alone polls; with an address and a secret it is a webhook", () => {
  expect(readConfig({ BOT_TOKEN: TOKEN }).telegram.mode).toBe("polling");
  const webhook = {
    BOT_TOKEN: TOKEN,
    WEBHOOK_URL: "https://bot.example.com/telegram",
    WEBHOOK_SECRET: "x".repeat(32),
  };
  expect(readConfig(webhook).telegram).toMatchObject({ mode: "webhook", secret: "x".repeat(32) });
});

test("an empty value counts as absent", () => {
  expect(readConfig({ BOT_TOKEN: "", PORT: " " })).toMatchObject({
    telegram: { mode: "playground" },
    port: 8080,
  });
});

test("several staff groups and on-call agents are lists", () => {
  expect(readConfig({ STAFF_CHAT_ID: "-1001, -1002", STAFF_ONCALL_IDS: "5,6" })).toMatchObject({
    staffChatIds: [-1001, -1002],
    onCall: [5, 6],
  });
});

test.each([
  ["BOT_TOKEN", "hello", /@BotFather/u],
  ["TELEGRAM_API_ROOT", "nowhere", /https:/u],
  ["STAFF_CHAT_ID", "12345", /negative/u],
  ["STAFF_CHAT_ID", "@group", /-100/u],
  ["STAFF_ONCALL_IDS", "-5", /positive/u],
  ["DATABASE_URL", "mysql://x", /file:.*postgres/u],
  ["WEBHOOK_SECRET", "short", /openssl/u],
  ["PORT", "eighty", /8080/u],
  ["PORT", "70000", /65535/u],
  ["PROMISE_FIRST_REPLY_S", "0", /180/u],
  ["LOG_LEVEL", "loud", /info/u],
])("%s=%s is refused by name with an example", (name, value, example) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(new RegExp(`^${name} `, "mu"));
  expect(read).toThrow(example);
});

test("a secret without its address, or the other way round, is refused", () => {
  expect(() => readConfig({ BOT_TOKEN: TOKEN, WEBHOOK_URL: "https://bot.example.com/x" })).toThrow(
    /WEBHOOK_SECRET/u,
  );
  expect(() => readConfig({ BOT_TOKEN: TOKEN, WEBHOOK_SECRET: "x".repeat(32) })).toThrow(/WEBHOOK_URL/u);
});

test("the message never holds the secret's value", () => {
  try {
    readConfig({ BOT_TOKEN: "not-a-token-but-secret", PORT: "x" });
    expect.unreachable();
  } catch (error) {
    expect(String(error)).not.toContain("not-a-token-but-secret");
  }
});

test(".env.example names every variable, and is right as it stands", () => {
  const text = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  const named = [...text.matchAll(/^([A-Z_]+)=(.*)$/gmu)].map(([, name = "", value = ""]) => [name, value]);
  expect(() => readConfig(Object.fromEntries(named))).not.toThrow();
  const source = readFileSync(new URL("../src/config.ts", import.meta.url), "utf8");
  const known = [...source.matchAll(/^ {4}([A-Z_]+): /gmu)].map(([, name]) => name);
  expect(named.map(([name]) => name).sort()).toEqual(known.sort());
});
