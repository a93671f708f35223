import { HttpError } from "grammy";
import { afterEach, expect, test } from "vitest";
import { TELEGRAM_RATE_LIMITS } from "../../src/playground/limits.ts";
import type { PlaygroundOptions } from "../../src/playground/server.ts";
import { type Bench, openBench, refusal } from "./bench.ts";

let bench: Bench;
afterEach(() => bench.playground.close());

async function open(options: PlaygroundOptions = {}): Promise<number> {
  bench = await openBench(options);
  const customer = bench.playground.control.customer();
  await customer.starts();
  return customer.id;
}

test("a fault hits as often as ordered, after as many calls as ordered, and then no more", async () => {
  const chat = await open();
  await bench.playground.control.injectFault({
    method: "sendMessage",
    after: 1,
    times: 2,
    fault: { kind: "retryAfter", seconds: 7 },
  });
  await bench.api.sendMessage(chat, "1");
  await expect(bench.api.sendMessage(chat, "2")).rejects.toMatchObject({
    error_code: 429,
    description: "Too Many Requests: retry after 7",
    parameters: { retry_after: 7 },
  });
  expect(await refusal(bench.api.sendMessage(chat, "2"))).toMatch(/^429/);
  await bench.api.sendMessage(chat, "2");
});

test("a fault may be for one chat only", async () => {
  const chat = await open();
  const { control, staffChatId } = bench.playground;
  await control.injectFault({
    method: "*",
    chat: staffChatId,
    times: "always",
    fault: { kind: "threadNotFound" },
  });
  await bench.api.sendMessage(chat, "fine");
  expect(await refusal(bench.api.sendMessage(staffChatId, "x"))).toBe(
    "400 Bad Request: message thread not found",
  );
  expect(await refusal(bench.api.sendMessage(staffChatId, "x"))).toBe(
    "400 Bad Request: message thread not found",
  );
  await control.clearFaults();
  await bench.api.sendMessage(staffChatId, "fine again");
});

test.each([
  [{ kind: "blocked" } as const, "403 Forbidden: bot was blocked by the user"],
  [{ kind: "serverError" } as const, "500 Internal Server Error"],
  [
    { kind: "error", code: 400, description: "Bad Request: VOICE_MESSAGES_FORBIDDEN" } as const,
    "400 Bad Request: VOICE_MESSAGES_FORBIDDEN",
  ],
])("a refusal on demand (%#)", async (fault, refused) => {
  const chat = await open();
  await bench.playground.control.injectFault({ method: "sendMessage", fault });
  expect(await refusal(bench.api.sendMessage(chat, "x"))).toBe(refused);
});

test("applied but the connection dropped: the customer has it, the bot doesn't know", async () => {
  const chat = await open();
  const { control } = bench.playground;
  await control.injectFault({ method: "sendMessage", fault: { kind: "dropAfter" } });
  await expect(bench.api.sendMessage(chat, "maybe")).rejects.toBeInstanceOf(HttpError);
  await control.customer().sees("maybe");
  expect((await control.calls("sendMessage"))[0]?.outcome).toEqual({ kind: "dropped", applied: "applied" });
});

test("held until the faults are cleared: neither carried out nor answered, while other calls go on", async () => {
  const chat = await open();
  const { control } = bench.playground;
  await control.injectFault({ method: "sendMessage", fault: { kind: "hold" } });
  const held = bench.api.sendMessage(chat, "held");
  await control.waitFor(async () => (await control.counters()).heldCalls === 1);
  await bench.api.sendMessage(chat, "meanwhile");
  await control.clearFaults();
  await held;
  const said = (await control.customer().transcript()).map(({ message }) => message.text);
  expect(said).toEqual(["/start", "meanwhile", "held"]);
});

test("a held call whose caller has gone is never carried out", async () => {
  const chat = await open();
  const { control } = bench.playground;
  await control.injectFault({ method: "sendMessage", fault: { kind: "hold" } });
  const gone = new AbortController();
  const held = bench.api.sendMessage(chat, "held", {}, gone.signal as never).catch(() => "gone");
  await control.waitFor(async () => (await control.counters()).heldCalls === 1);
  gone.abort();
  expect(await held).toBe("gone");
  await control.waitFor(async () => (await control.counters()).heldCalls === 0);
  await control.call("release", {});
  expect(await control.customer().transcript()).toHaveLength(1);
  expect((await control.calls("sendMessage"))[0]?.outcome).toEqual({
    kind: "dropped",
    applied: "not applied",
  });
});

test("dropped before it was applied", async () => {
  const chat = await open();
  const { control } = bench.playground;
  await control.injectFault({ method: "sendMessage", fault: { kind: "dropBefore" } });
  await expect(bench.api.sendMessage(chat, "lost")).rejects.toBeInstanceOf(HttpError);
  expect(await control.customer().transcript()).toHaveLength(1);
});

test("a gateway's HTML is not JSON", async () => {
  const chat = await open();
  await bench.playground.control.injectFault({ method: "sendMessage", fault: { kind: "badGateway" } });
  await expect(bench.api.sendMessage(chat, "x")).rejects.toBeInstanceOf(HttpError);
});

test("one message a second to a private chat, when limits are on", async () => {
  let time = Date.UTC(2026, 0, 1);
  const chat = await open({ now: () => time, rateLimits: TELEGRAM_RATE_LIMITS });
  await bench.api.sendMessage(chat, "1");
  expect(await refusal(bench.api.sendMessage(chat, "2"))).toBe("429 Too Many Requests: retry after 1");
  time += 1_000;
  await bench.api.sendMessage(chat, "2");
});

test("twenty a minute to a group, all topics and new topics together", async () => {
  let time = Date.UTC(2026, 0, 1);
  await open({ now: () => time, rateLimits: TELEGRAM_RATE_LIMITS });
  const { staffChatId } = bench.playground;
  const { message_thread_id } = await bench.api.createForumTopic(staffChatId, "客户甲");
  for (let i = 1; i < 20; i++) {
    await bench.api.sendMessage(staffChatId, `${i}`, i % 2 ? { message_thread_id } : {});
    time += 1_000;
  }
  await expect(bench.api.sendMessage(staffChatId, "21")).rejects.toMatchObject({
    description: "Too Many Requests: retry after 41",
    parameters: { retry_after: 41 },
  });
  time += 41_000;
  await bench.api.sendMessage(staffChatId, "21");
});

test("thirty a second over all chats", async () => {
  const time = Date.UTC(2026, 0, 1);
  const customers = Array.from({ length: 31 }, (_, i) => ({
    id: 700_300_000 + i,
    is_bot: false,
    first_name: `客户 ${i}`,
  }));
  bench = await openBench({ now: () => time, rateLimits: TELEGRAM_RATE_LIMITS, customers });
  for (const { id } of customers) await bench.playground.control.customer(id).starts();
  const results = await Promise.all(
    customers.map(({ id }) =>
      bench.api.sendMessage(id, "x").then(
        () => "sent",
        (e: Error) => e.message,
      ),
    ),
  );
  expect(results.filter((r) => r === "sent")).toHaveLength(30);
});

test("every call is in the log, without the token", async () => {
  const chat = await open();
  await bench.api.sendMessage(chat, "logged");
  const log = await bench.playground.control.calls();
  expect(log.at(-1)).toMatchObject({ method: "sendMessage", payload: { chat_id: chat, text: "logged" } });
  expect(JSON.stringify(log)).not.toContain(bench.playground.token);
});

test("a page of another site can't act here, nor one that borrows this machine's address", async () => {
  await open();
  const act = (headers: Record<string, string>) =>
    fetch(`${bench.url}/control/counters`, { method: "POST", body: "{}", headers });
  expect((await act({})).status).toBe(200);
  expect((await act({ origin: bench.url })).status).toBe(200);
  expect((await act({ origin: "https://example.com" })).status).toBe(403);
  expect((await act({ origin: "null" })).status).toBe(403);
  expect(
    (
      await bench.playground.app.request("http://rebound.example/control/counters", {
        method: "POST",
        body: "{}",
        headers: { host: "rebound.example" },
      })
    ).status,
  ).toBe(403);
});
