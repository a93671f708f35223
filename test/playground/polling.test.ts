import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "grammy";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createPlayground } from "../../src/playground/server.ts";
import { type Bench, drain, openBench, refusal } from "./bench.ts";

let bench: Bench;
let time: number;

beforeEach(async () => {
  time = Date.UTC(2026, 0, 1);
  bench = await openBench({ now: () => time });
});
afterEach(() => bench.playground.close());

const say = async (...texts: string[]) => {
  for (const text of texts) await bench.playground.control.customer().says(text);
};
const texts = (updates: { message?: { text?: string } }[]) => updates.map((u) => u.message?.text);

test("unconfirmed updates are delivered again, with rising ids", async () => {
  await say("a", "b");
  const first = await bench.api.getUpdates();
  expect(texts(first)).toEqual(["a", "b"]);
  expect(await bench.api.getUpdates()).toEqual(first);
  const [a, b] = first;
  expect((b?.update_id ?? 0) - (a?.update_id ?? 0)).toBe(1);
});

test("an offset confirms everything below it, for good", async () => {
  await say("a", "b", "c");
  const [, b] = await bench.api.getUpdates();
  expect(texts(await bench.api.getUpdates({ offset: b?.update_id ?? 0 }))).toEqual(["b", "c"]);
  expect(texts(await bench.api.getUpdates())).toEqual(["b", "c"]);
});

test("a negative offset keeps only the last ones", async () => {
  await say("a", "b", "c");
  expect(texts(await bench.api.getUpdates({ offset: -1 }))).toEqual(["c"]);
  expect(texts(await bench.api.getUpdates())).toEqual(["c"]);
});

test("limit takes from the front", async () => {
  await say("a", "b", "c");
  expect(texts(await bench.api.getUpdates({ limit: 2 }))).toEqual(["a", "b"]);
});

test("a long poll answers as soon as something happens", async () => {
  const polling = bench.api.getUpdates({ timeout: 30 });
  await say("hello");
  expect(texts(await polling)).toEqual(["hello"]);
});

test("a second poller ends the first with 409", async () => {
  const first = refusal(bench.api.getUpdates({ timeout: 30 }));
  await bench.playground.control.waitFor(
    async () => ((await bench.playground.control.counters()).calls.getUpdates ?? 0) > 0,
  );
  const second = bench.api.getUpdates({ timeout: 30 });
  expect(await first).toBe(
    "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  );
  await say("for the second");
  expect(texts(await second)).toEqual(["for the second"]);
});

test("a poller whose connection is gone leaves no 409 and loses no update", async () => {
  const gone = new AbortController();
  const polling = bench.api.getUpdates({ timeout: 30 }, gone.signal as never).catch(() => "aborted");
  await bench.playground.control.waitFor(
    async () => ((await bench.playground.control.counters()).calls.getUpdates ?? 0) > 0,
  );
  gone.abort();
  await polling;
  await say("later");
  expect(texts(await bench.api.getUpdates({ timeout: 1 }))).toEqual(["later"]);
});

test("polling while a webhook is set is a conflict", async () => {
  await bench.api.setWebhook("http://127.0.0.1:9/hook");
  expect(await refusal(bench.api.getUpdates())).toBe(
    "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  );
});

test("a wrong token is unauthorized", async () => {
  expect(await refusal(new Api("123456:wrong", { apiRoot: bench.url }).getMe())).toBe("401 Unauthorized");
});

test("reactions come only when asked for, and allowed_updates sticks", async () => {
  const customer = bench.playground.control.customer();
  const message = await customer.says("hi");
  await drain(bench.api);
  await customer.reacts(message.message_id, "👍");
  expect(await bench.api.getUpdates()).toEqual([]);
  await bench.api.getUpdates({ allowed_updates: ["message_reaction"] });
  await customer.reacts(message.message_id, "🔥");
  await say("not asked for");
  const updates = await bench.api.getUpdates();
  expect(updates.map((u) => u.message_reaction?.new_reaction)).toEqual([[{ type: "emoji", emoji: "🔥" }]]);
  expect(updates[0]?.message_reaction?.old_reaction).toEqual([{ type: "emoji", emoji: "👍" }]);
});

test("what nobody fetched within a day is forgotten", async () => {
  await say("old");
  time += 24 * 3600 * 1000 + 1;
  await say("new");
  expect(texts(await bench.api.getUpdates())).toEqual(["new"]);
});

test("a restart keeps messages, confirmed offsets and unconfirmed updates", async () => {
  const folder = mkdtempSync(join(tmpdir(), "playground-"));
  try {
    const dataFile = join(folder, "not", "there", "yet", "world.json");
    const before = createPlayground({ dataFile });
    const api = new Api(before.token, { apiRoot: await before.listen() });
    await before.control.customer().says("confirmed");
    await before.control.customer().sends({ media: "photo" });
    const [first, photo] = await api.getUpdates();
    await api.getUpdates({ offset: (first?.update_id ?? 0) + 1 });
    await before.close();

    const after = createPlayground({ dataFile });
    const url = await after.listen();
    const again = new Api(after.token, { apiRoot: url });
    expect(await again.getUpdates()).toEqual([photo]);
    expect(await after.control.customer().transcript()).toHaveLength(2);
    const file = await again.getFile(photo?.message?.photo?.[0]?.file_id ?? "");
    const bytes = await fetch(`${url}/file/bot${after.token}/${file.file_path}`);
    expect((await bytes.arrayBuffer()).byteLength).toBe(file.file_size);
    await after.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("ids given before a crash are never given again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "playground-"));
  try {
    const dataFile = join(folder, "world.json");
    const before = createPlayground({ dataFile, now: () => time });
    await before.control.customer().says("written down");
    await before.close();
    const going = createPlayground({ dataFile, now: () => time });
    // The file as a kill would leave it: what comes next was never written.
    const left = readFileSync(dataFile);
    const lost = await going.control.customer().says("lost");
    const lostUpdate = (await going.control.counters()).lastUpdateId;
    await going.close();
    writeFileSync(dataFile, left);

    const after = createPlayground({ dataFile, now: () => time + 1 });
    const next = await after.control.customer().says("after the crash");
    expect(next.message_id).toBeGreaterThan(lost.message_id);
    expect((await after.control.counters()).lastUpdateId).toBeGreaterThan(lostUpdate);
    await after.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
