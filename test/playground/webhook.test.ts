import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Update } from "grammy/types";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bench, openBench, refusal } from "./bench.ts";

interface Hit {
  update: Update;
  secret: string | undefined;
}

let bench: Bench;
let receiver: Server;
let url: string;
let hits: Hit[];
let answer: (
  update: Update,
) => { status: number; body?: string } | Promise<{ status: number; body?: string }>;

beforeEach(async () => {
  hits = [];
  answer = () => ({ status: 200 });
  receiver = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const update = JSON.parse(text) as Update;
    const secret = request.headers["x-telegram-bot-api-secret-token"];
    hits.push({ update, secret: Array.isArray(secret) ? secret[0] : secret });
    const { status, body = "" } = await answer(update);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  bench = await openBench({ webhook: { retryMs: 10, longestMs: 20 } });
});
afterEach(async () => {
  await bench.playground.close();
  await new Promise((resolve) => receiver.close(resolve));
});

const until = (condition: () => boolean) => bench.playground.control.waitFor(async () => condition());
const texts = () => hits.map(({ update }) => update.message?.text);

test("updates are posted in order, with the secret", async () => {
  await bench.api.setWebhook(url, { secret_token: "s3cret_-" });
  for (const text of ["a", "b", "c"]) await bench.playground.control.customer().says(text);
  await until(() => hits.length === 3);
  expect(texts()).toEqual(["a", "b", "c"]);
  expect(hits.every(({ secret }) => secret === "s3cret_-")).toBe(true);
  // The answer to the last is still on its way back.
  await bench.playground.control.waitFor(
    async () => (await bench.api.getWebhookInfo()).pending_update_count === 0,
  );
});

test("updates that waited are posted once the webhook is set", async () => {
  await bench.playground.control.customer().says("early");
  await bench.api.setWebhook(url);
  await until(() => hits.length === 1);
  expect(texts()).toEqual(["early"]);
});

test("a failing update is sent again, and holds back its chat but no other", async () => {
  const [first, second] = bench.playground.customers;
  const poisoned = () => texts().filter((text) => text === "poison").length;
  // Refused until the other chat's has come: held back too, it never would.
  answer = ({ message }) => {
    const isRefused = message?.text === "poison" && (poisoned() < 4 || !texts().includes("elsewhere"));
    return { status: isRefused ? 500 : 200 };
  };
  await bench.api.setWebhook(url);
  const { control } = bench.playground;
  await control.customer(first?.id).says("poison");
  await control.customer(first?.id).says("behind it");
  await control.customer(second?.id).says("elsewhere");
  await until(() => texts().includes("behind it"));
  expect(poisoned()).toBeGreaterThanOrEqual(4);
  expect(texts().filter((text) => text !== "poison")).toEqual(["elsewhere", "behind it"]);
  expect(texts().at(-1)).toBe("behind it");
  expect((await bench.api.getWebhookInfo()).last_error_message).toBe(
    "Wrong response from the webhook: 500 Internal Server Error",
  );
});

test("a call in the webhook's answer is carried out", async () => {
  answer = ({ message }) => ({
    status: 200,
    body: JSON.stringify({ method: "sendMessage", chat_id: message?.chat.id, text: "by answer" }),
  });
  await bench.api.setWebhook(url);
  const customer = bench.playground.control.customer();
  await customer.says("hi");
  await customer.sees("by answer");
});

test("deleteWebhook gives the rest back to polling", async () => {
  answer = () => ({ status: 503 });
  await bench.api.setWebhook(url);
  await bench.playground.control.customer().says("stuck");
  await until(() => hits.length > 0);
  await bench.api.deleteWebhook();
  expect((await bench.api.getUpdates()).map((u) => u.message?.text)).toEqual(["stuck"]);
});

test("drop_pending_updates drops", async () => {
  await bench.playground.control.customer().says("dropped");
  await bench.api.deleteWebhook({ drop_pending_updates: true });
  expect(await bench.api.getUpdates()).toEqual([]);
});

test("a webhook that isn't on this machine is refused", async () => {
  expect(await refusal(bench.api.setWebhook("https://example.com/hook"))).toMatch(
    /^400 Bad Request: bad webhook/,
  );
});
