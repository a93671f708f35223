import { afterEach, expect, test } from "vitest";
import { StoreError } from "../../src/store/errors.ts";
import { UNLIMITED } from "../support/limits.ts";
import { type LocalDesk, type LocalOptions, openLocalDesk } from "../support/local.ts";

let desk: LocalDesk;
afterEach(() => desk.close());

async function open(options: LocalOptions = {}): Promise<LocalDesk> {
  desk = await openLocalDesk({ limiter: UNLIMITED, ...options });
  desk.run();
  return desk;
}

/** The first customer's ticket, served; gives its topic. */
async function served(): Promise<number> {
  const { control } = desk;
  await control.customer().says("转人工");
  const { threadId } = await control.staff.topic(/客户甲/u);
  await control.agent().sees(/工单 #1/u, { topic: threadId });
  await control.agent().says("您好", { topic: threadId });
  await control.customer().sees("您好");
  return threadId;
}

const toCustomer = async () =>
  (await desk.control.customer().transcript()).flatMap(({ message }) =>
    message.from?.is_bot === true ? [message.text ?? ""] : [],
  );
const inTopic = async (threadId: number) =>
  (await desk.control.staff.transcript(threadId)).map(({ message }) => message.text ?? message.caption ?? "");

const REFUSALS = [
  { kind: "retryAfter", seconds: 1 },
  { kind: "serverError" },
  { kind: "dropBefore" },
  { kind: "blocked" },
] as const;

test.each(REFUSALS)("a text over 4096 refused half-way goes on where it stopped: $kind", async (fault) => {
  const { control } = await open();
  const topic = await served();
  // With whose words they are it no longer fits into one message.
  const words = Array.from({ length: 819 }, (_, at) => `${1000 + at}。`).join("");
  await control.injectFault({ method: "sendMessage", chat: control.customer().id, after: 1, fault });
  await control.agent().says(words, { topic });
  await control.waitFor(
    async () => (await toCustomer()).join("").includes("1818。") || fault.kind === "blocked",
  );
  if (fault.kind === "blocked") {
    await control.agent().sees(/停用/u, { topic });
    await control.customer().says("我回来了");
    await control.customer().sees("1818。");
  }
  const got = (await toCustomer()).slice(-2);
  expect(got).toHaveLength(2);
  expect(got.join("").match(/\d+。/gu)?.join("")).toBe(words);
});

test("of a long text the rest that Telegram refuses for good is said in the topic, and sent again at a press", async () => {
  const { control } = await open();
  const topic = await served();
  const words = Array.from({ length: 819 }, (_, at) => `${1000 + at}。`).join("");
  const fault = { kind: "error", code: 400, description: "Bad Request: message is too strange" } as const;
  await control.injectFault({
    method: "sendMessage",
    chat: control.customer().id,
    after: 1,
    fault,
  });
  await control.agent().says(words, { topic });
  await control.agent().sees(/too strange/u, { topic });
  await control.agent().presses("重新发送", { topic });
  await control.customer().sees("1818。");
  const got = (await toCustomer()).slice(-2);
  expect(got.join("").match(/\d+。/gu)?.join("")).toBe(words);
});

test("what takes the place of a deleted topic begins with the card", async () => {
  const { control } = await open();
  const topic = await served();
  await control.staff.deleteTopic(topic);
  await control.customer().says("删了以后");
  const next = await control.waitFor(async () =>
    (await control.staff.topics()).find(
      ({ threadId, name }) => threadId !== topic && name.includes("客户甲"),
    ),
  );
  await control.agent().sees("删了以后", { topic: next.threadId });
  const shown = (await inTopic(next.threadId)).filter((text) => text !== "");
  expect(shown[0]).toMatch(/工单 #1 ·/u);
  expect(shown.filter((text) => /工单 #1 ·/u.test(text))).toHaveLength(1);
});

test("a deleted topic is not made anew only to show that its ticket is closed", async () => {
  const { control, store } = await open();
  const topic = await served();
  const { id } = control.customer();
  await control.agent().says("/close", { topic });
  await control.waitFor(async () => (await control.calls("closeForumTopic")).length > 0);
  await desk.settled();
  await control.staff.deleteTopic(topic);
  const to = { kind: "topic", customerId: id } as const;
  const title = { kind: "topic.title", title: "✅ #1" } as const;
  await store.transaction((tx) =>
    tx.enqueue(id, [{ kind: "send", to, lane: "notice", message: title }], desk.now()),
  );
  await desk.settled();
  expect(await control.calls("createForumTopic")).toHaveLength(1);
});

test("the group's new id in a refused send is followed, and the message sent there", async () => {
  const { control } = await open({ playground: { staffGroup: { kind: "group" } } });
  const customer = control.customer();
  await customer.says("转人工");
  await control.agent().sees(/工单 #1/u);
  // From the next poll on nothing comes in: only the refused send can tell that the group has moved.
  await control.injectFault({ method: "getUpdates", times: "always", fault: { kind: "hold" } });
  await customer.says("搬走以前");
  await control.agent().sees("搬走以前");
  const to = await control.staff.migrate();
  const said = { kind: "text", text: "搬走以后" } as const;
  const topic = { kind: "topic", customerId: customer.id } as const;
  await desk.store.transaction((tx) =>
    tx.enqueue(customer.id, [{ kind: "send", to: topic, lane: "relay", message: said }], desk.now()),
  );
  await control.agent().sees("搬走以后");
  expect(desk.staff.all().map(({ chatId }) => chatId)).toEqual([to]);
  await control.clearFaults();
});

test("of two groups the one with fewer open tickets takes the next customer", async () => {
  const groups = [-1001, -1002];
  const madeIn: number[] = [];
  let id = 100;
  const { control } = await open({
    staffChatIds: groups,
    api: async (call, method, payload, signal) => {
      const { chat_id: chat = 0 } = payload as { chat_id?: number };
      if (!groups.includes(chat)) return call(method, payload, signal);
      id += 1;
      if (method === "createForumTopic") madeIn.push(chat);
      const standing = { status: "administrator", can_manage_topics: true };
      const result = {
        type: "supergroup",
        is_forum: true,
        ...standing,
        message_id: id,
        message_thread_id: id,
      };
      return { ok: true, result: result as never };
    },
  });
  for (const at of [1, 2, 3, 4]) {
    const customer = 700_100_100 + at;
    await control.call("addPerson", { id: customer, role: "customer", first_name: `客户${at}` });
    await control.customer(customer).says("转人工");
    await control.waitFor(async () => madeIn.length === at);
    // The second one's ticket is over: their group has room.
    if (at === 2) {
      await control.customer(customer).says("/cancel");
      await control.waitFor(
        async () => (await desk.store.transaction((tx) => tx.counts())).ticketsClosed === 1,
      );
    }
  }
  const [first, second, third, fourth] = madeIn;
  expect(new Set([first, second]).size).toBe(2);
  expect(third).toBe(second);
  expect(new Set([third, fourth])).toEqual(new Set(groups));
});

test("thirty /start in a row are not answered thirty times, and the other answers come all the same", async () => {
  desk = await openLocalDesk();
  const customer = desk.control.customer();
  for (let at = 0; at < 30; at += 1) await customer.says("/start");
  await customer.says("客服电话多少");
  desk.run();
  await customer.sees(/400-1865-909/u);
  await desk.settled();
  const welcomes = (await toCustomer()).filter((text) => text.includes("机器人"));
  expect(welcomes.length).toBeGreaterThan(0);
  expect(welcomes.length).toBeLessThan(6);
});

test("a picture sent long before the request comes along with the ticket", async () => {
  const { control } = await open();
  const customer = control.customer();
  await customer.sends({ media: "photo", caption: "柜子的照片" });
  for (let at = 0; at < 8; at += 1) await customer.says(`第${at}个问题`);
  await customer.says("转人工");
  const { threadId } = await control.staff.topic(/客户甲/u);
  await control.agent().sees("柜子的照片", { topic: threadId });
});

test("a database that becomes read-only: people are told, nobody is lost, and health says so", async () => {
  let isReadOnly = false;
  const refuse = () => {
    throw new StoreError("unwritable", "can't write to zhida.db (attempt to write a readonly database)");
  };
  const { control } = await open({
    store: (kept) => ({
      ...kept,
      transaction: (work) => (isReadOnly ? Promise.reject().catch(refuse) : kept.transaction(work)),
    }),
  });
  const customer = control.customer();
  await customer.says("你好");
  await customer.sees(/机器人/u);
  isReadOnly = true;
  await customer.says("转人工");
  await customer.sees(/400-1865-909/u);
  await control.agent().sees(/客户甲.*转人工|转人工/u);
  await control.waitFor(async () => desk.vitals.trouble()?.includes("can't write") === true);
  isReadOnly = false;
  await customer.sees(/#1/u);
  await control.waitFor(async () => desk.vitals.trouble() === null);
  expect((await desk.store.transaction((tx) => tx.counts())).ticketsWaiting).toBe(1);
});
