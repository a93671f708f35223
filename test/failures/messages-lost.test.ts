import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Customer } from "../../src/playground/control/control.ts";
import { spawnZhida } from "../e2e/bot.ts";
import { realMind } from "../support/mind.ts";
import { startTalk, textsTo } from "../support/talk.ts";
import { type Desk, openDesk, pause, times } from "./desk.ts";

// `shared/failures.md`, cases 1 to 12, in its words. The tests share one bot and come in an order that restarts it
// where a case needs that.

let desk: Desk;
let early: Customer;

beforeAll(async () => {
  desk = await openDesk();
  early = await desk.newCustomer("早到的");
  await early.says("转人工");
  await desk.start();
});
afterAll(() => desk.end());

test("1 the first message of a new customer isn't swallowed by the welcome", async () => {
  const mind = await realMind();
  expect(textsTo(startTalk(mind).says("电话多少")).join()).toContain("400-1865-909");
  const talk = startTalk(mind);
  talk.says("转人工，保险柜打不开了");
  expect(talk.ticket?.asked).toBe("转人工，保险柜打不开了");
  const linked = startTalk(mind);
  linked.types("start", "human");
  expect(linked.ticket?.status).toBe("waiting");
});

test("2 what was sent while the bot was down is handled at the start, not discarded", async () => {
  const { control } = desk;
  await control.waitFor(async () => JSON.stringify(await early.transcript()).includes("#1"));
  for (const method of ["deleteWebhook", "setWebhook"])
    for (const call of await control.calls(method)) expect(call.payload.drop_pending_updates).not.toBe(true);
});

test("4 a failure doesn't mark the update processed: it is tried again, and then the ticket is there", async () => {
  desk.sql("create trigger broken before insert on tickets begin select raise(abort, 'disk full'); end");
  const customer = await desk.newCustomer("再试的");
  await customer.says("转人工");
  await desk.bot().logs(/update failed/u);
  desk.sql("drop trigger broken");
  await customer.sees(/#\d+/u);
  await desk.control.staff.topic("再试的");
});

test("5 an automatic answer doesn't hide the message from the staff", async () => {
  const mind = await realMind();
  const talk = startTalk(mind);
  talk.says("电话多少");
  // Answered before the ticket: the card shows what was asked and what the bot said.
  const [card] = textsTo(talk.says("转人工"), "topic");
  expect(card).toContain("电话多少");
  expect(card).toContain("400-1865-909");
  // Answered while waiting: the topic gets both.
  const shown = textsTo(talk.says("收费吗"), "topic");
  expect(shown.some((text) => text.includes("收费吗"))).toBe(true);
  expect(shown.length).toBeGreaterThanOrEqual(2);
});

test("6 Telegram's 429 delays a message and drops none", async () => {
  const { control } = desk;
  const { customer, topic } = await desk.newTicket("限速的");
  await control.injectFault({
    method: "sendMessage",
    chat: desk.playground.staffChatId,
    fault: { kind: "retryAfter", seconds: 1 },
  });
  await customer.says("第一句等一等");
  await customer.says("第二句也等一等");
  await control.waitFor(async () => (await desk.topicTexts(topic)).join().includes("第二句也等一等"));
  const texts = (await desk.topicTexts(topic)).join("\n");
  expect(texts.indexOf("第一句等一等")).toBeGreaterThan(-1);
  expect(texts.indexOf("第一句等一等")).toBeLessThan(texts.indexOf("第二句也等一等"));
});

test("7 a failing job is tried again: a gateway's page, a server error, a connection refused", async () => {
  const kinds = ["badGateway", "serverError", "dropBefore"] as const;
  await Promise.all(
    kinds.map(async (kind) => {
      const customer = await desk.newCustomer(kind);
      await desk.control.injectFault({ method: "sendMessage", chat: customer.id, fault: { kind } });
      await customer.says("电话多少");
      await customer.sees(/400-1865-909/u);
    }),
  );
});

test("3 what was acknowledged survives kill -9, an album that was still being collected too", async () => {
  const { control } = desk;
  const { customer, topic } = await desk.newTicket("相册的");
  // Should it be on its way already: what dies with the process hasn't arrived.
  await control.injectFault({ method: "copyMessages", fault: { kind: "hold" } });
  await customer.sends({ album: [1, 2, 3].map((n) => ({ media: "photo", caption: `第${n}张` })) });
  // The next poll has confirmed it: Telegram won't send it again.
  await control.waitFor(async () => (await control.counters()).pendingUpdates === 0);
  await desk.restart();
  await control.waitFor(async () => times(await desk.topicTexts(topic), "第3张") > 0);
  const photos = (await control.staff.transcript(topic)).filter(({ message }) => message.photo !== undefined);
  expect(photos.map(({ message }) => message.caption)).toEqual(["第1张", "第2张", "第3张"]);
  await control.clearFaults();
});

test("8 customers who write in the same moment aren't mixed up", async () => {
  const names = ["同时甲", "同时乙", "同时丙"];
  const customers = await Promise.all(names.map((name) => desk.newCustomer(name)));
  await Promise.all(customers.map((customer, at) => customer.says(`转人工，我是${names[at]}`)));
  await Promise.all(customers.map((customer) => customer.sees(/#\d+/u)));
  for (const [at, name] of names.entries()) {
    const topic = await desk.topicWith(`我是${name}`, name);
    const texts = (await desk.topicTexts(topic)).join();
    for (const other of names) if (other !== name) expect(texts).not.toContain(other);
    await desk.control.agent().says(`给${name}的`, { topic });
    await customers[at]?.sees(`给${name}的`);
  }
  for (const [at, customer] of customers.entries())
    for (const other of names)
      if (other !== names[at])
        expect(JSON.stringify(await customer.transcript())).not.toContain(`给${other}的`);
});

test("9 after a restart a reply still finds what it answers, on both sides", async () => {
  const { control } = desk;
  // A new minute of Telegram's twenty to a group.
  await desk.restart();
  const { customer, topic } = await desk.newTicket("隔夜的");
  const asked = await customer.says("门锁卡住了");
  const inTopic = await control.agent().sees("门锁卡住了", { topic });
  await desk.settled(customer);
  await desk.restart();
  await control.agent().says("先别硬拧", { topic, replyTo: inTopic.message_id });
  const answer = await customer.sees("先别硬拧");
  await desk.settled(customer);
  expect(answer.reply_to_message?.message_id).toBe(asked.message_id);
  await customer.says("好的照做", { replyTo: answer.message_id });
  const back = await control.agent().sees("好的照做", { topic });
  expect(back.reply_to_message?.text).toContain("先别硬拧");
});

test("10 the agent's reply reaches the customer, and opens no new ticket", async () => {
  const { control } = desk;
  const { customer, topic } = await desk.newTicket("有回音的");
  const [number] = /#\d+/u.exec((await desk.topicTexts(topic)).join()) ?? [];
  await control.agent().says("您好，请说", { topic });
  await customer.sees("您好，请说");
  await customer.says("/status");
  await customer.sees(new RegExp(`${number}(?!\\d)`, "u"));
  expect(await desk.topicsOf("有回音的")).toEqual([topic]);
  const said = JSON.stringify(await customer.transcript());
  expect(new Set(said.match(/#\d+/gu))).toEqual(new Set([number]));
});

test("11 a webhook that Telegram retries makes one ticket and one answer", async () => {
  const hook = await openDesk();
  const door = await openDoor();
  try {
    const secret = "webhook-secret-of-this-test";
    const url = `${door.url}/telegram`;
    const bot = await hook.start({ WEBHOOK_URL: url, WEBHOOK_SECRET: secret });
    door.leadsTo(/http:\/\/127\.0\.0\.1:(\d+)/u.exec(bot.log())?.[1]);
    const customer = await hook.newCustomer("网钩的");
    await customer.starts();
    const update = {
      update_id: 99_000_001,
      message: {
        message_id: 4_000_001,
        date: 1_800_000_000,
        chat: { id: customer.id, type: "private", first_name: "网钩的" },
        from: { id: customer.id, is_bot: false, first_name: "网钩的", language_code: "zh-hans" },
        text: "转人工",
      },
    };
    const post = () =>
      fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
        body: JSON.stringify(update),
      });
    // Nothing can be sent, and yet the webhook is answered: a slow handler is what makes Telegram retry.
    await hook.control.injectFault({ method: "sendMessage", times: "always", fault: { kind: "hold" } });
    const answers = await Promise.all(Array.from({ length: 6 }, post));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    await hook.control.waitFor(async () => (await hook.control.counters()).heldCalls > 0);
    expect(JSON.stringify(await customer.transcript())).not.toContain("#1");
    await hook.control.clearFaults();
    await customer.sees(/#1/u);
    await post();
    await customer.says("/status");
    await customer.sees(/#1.*第 1 位/su);
    const opened = (await customer.transcript()).filter(({ message }) =>
      message.text?.includes("已为您转人工"),
    );
    expect(opened).toHaveLength(1);
    expect(await hook.topicsOf("网钩的")).toHaveLength(1);
  } finally {
    await hook.end();
    await door.close();
  }
});

test("12 a second poller with the token is told so in one line, and doesn't spin", async () => {
  const folder = mkdtempSync(join(tmpdir(), "zhida-409-"));
  try {
    const second = spawnZhida(["start"], {
      BOT_TOKEN: desk.playground.token,
      TELEGRAM_API_ROOT: desk.url,
      STAFF_CHAT_ID: `${desk.playground.staffChatId}`,
      DATABASE_URL: `file:${join(folder, "second.db")}`,
      PORT: "0",
    });
    await second.logs(/409\).*stop it/u);
    const before = (await desk.control.counters()).calls.getUpdates ?? 0;
    await pause(1000);
    const after = (await desk.control.counters()).calls.getUpdates ?? 0;
    await second.kill();
    // Each waits twice as long as the time before: two that spin ask hundreds of times.
    expect(after - before).toBeLessThan(20);
    expect(second.log().match(/409\)/gu)).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** An address that is there before the bot has one, and leads to it: no port is chosen by hand. */
async function openDoor() {
  let port = 0;
  const server = createServer(
    (socket) => void pipeline(socket, connect(port, "127.0.0.1"), socket, () => {}),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    leadsTo: (to: string | undefined) => {
      port = Number(to);
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
