/**
 * Each fault of the local Telegram on each method that a conversation at the desk uses, alone and in all pairs, one
 * after the other: what everybody got in the end is held against the same conversation without faults. Telegram, the
 * store, the worker and the sender are the real ones, in one process on a simulated clock.
 * Usage: npx -p node@24 node bench/desk/faults.ts [seconds] [seed] > bench/results/desk-faults.json
 */
import { mock } from "node:test";
import type { Message } from "grammy/types";
import { loadMind } from "../../src/mind.ts";
import type { FaultKind } from "../../src/playground/faults.ts";
import { openLocalDesk } from "../../test/support/local.ts";
import { randomFrom } from "../../test/support/random.ts";
import { UNLIMITED } from "./limits.ts";
import { machine } from "./machine.ts";

/** Conversations at once, each with a Telegram and a bot of its own, all on one simulated clock. */
const WORLDS = 8;
/** The clock moves this far at a time, and everything that can go on does. */
const TICK_MS = 20;
const TURNS = 12;
/** No new conversation is begun after this; the pairs come in a random order, so that what was run is a sample. */
const SECONDS = Number(process.argv[2] ?? 7200);
const SEED = Number(process.argv[3] ?? 20261123);
const FAULTS: readonly FaultKind[] = [
  { kind: "retryAfter", seconds: 1 },
  { kind: "serverError" },
  { kind: "badGateway" },
  { kind: "dropBefore" },
  { kind: "dropAfter" },
  { kind: "delay", ms: 300 },
  { kind: "threadNotFound" },
  { kind: "blocked" },
];
const METHODS = [
  "getUpdates",
  "sendMessage",
  "sendContact",
  "copyMessage",
  "copyMessages",
  "editMessageText",
  "setMessageReaction",
  "answerCallbackQuery",
  "createForumTopic",
  "editForumTopic",
  "closeForumTopic",
  "reopenForumTopic",
];
/** Where Telegram could say so: a thread is missing where one is named, a customer blocks where one is written to. */
const IN_THREADS = new Set([
  "sendMessage",
  "copyMessage",
  "copyMessages",
  "editForumTopic",
  "closeForumTopic",
  "reopenForumTopic",
]);
const TO_CUSTOMERS = new Set(["sendMessage", "sendContact", "copyMessage"]);

interface Case {
  readonly method: string;
  readonly faults: readonly FaultKind[];
}
const fits = (method: string, { kind }: FaultKind) =>
  kind === "threadNotFound" ? IN_THREADS.has(method) : kind === "blocked" ? TO_CUSTOMERS.has(method) : true;
const here = (method: string) => FAULTS.filter((fault) => fits(method, fault));
const alone = METHODS.flatMap((method) => here(method).map((fault): Case => ({ method, faults: [fault] })));
const random = randomFrom(SEED);
const pairs = METHODS.flatMap((method) =>
  here(method).flatMap((one) => here(method).map((two): Case => ({ method, faults: [one, two] }))),
)
  .map((pair) => ({ pair, order: random() }))
  .sort((a, b) => a.order - b.order)
  .map(({ pair }) => pair);
const cases = [...alone, ...pairs];

const mind = await loadMind(process.cwd());

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function openWorld() {
  const desk = await openLocalDesk({ mind, limiter: UNLIMITED });
  const { playground, store } = desk;
  desk.run();

  /** All is handled and sent, or waits for somebody to come back. */
  async function calm(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      await sleep(40);
      const { pending, at, waiting } = await store.transaction(async (tx) => ({
        pending: await tx.counts(),
        at: (await tx.nextDueAt()) ?? Number.POSITIVE_INFINITY,
        waiting: (await playground.control.counters()).pendingUpdates,
      }));
      const sending = pending.outboxPending > 0 && at < Date.now() + 20_000;
      const busy = pending.inboxPending > 0 || sending || waiting > 0;
      quiet = busy ? 0 : quiet + 1;
    }
  }

  let nextCustomer = 700400000;
  async function converse({ method, faults }: Case) {
    const { control } = playground;
    nextCustomer += 1;
    const id = nextCustomer;
    await control.call("addPerson", { id, role: "customer", first_name: `客户${id}` });
    for (const fault of faults) {
      const chat =
        fault.kind === "blocked"
          ? { chat: id }
          : fault.kind === "threadNotFound"
            ? { chat: playground.staffChatId }
            : {};
      await control.injectFault({ method, times: 1, ...chat, fault });
    }
    const customer = control.customer(id);
    const agent = control.agent();
    const topic = async () =>
      (await control.staff.topics()).filter(({ name }) => name.includes(`${id}`)).at(-1)?.threadId ?? 0;
    const step = async (act: () => Promise<unknown>) => {
      await act();
      await calm();
    };
    let said = 0;
    await step(() => customer.says("/hotline"));
    await step(() => customer.says("转人工"));
    await step(async () => agent.presses("接单", { topic: await topic() }));
    await step(async () => agent.says("甲一", { topic: await topic() }));
    await step(async () => {
      said = (await customer.says("丙一")).message_id;
    });
    await step(() => customer.sends({ media: "photo", caption: "丙二" }));
    await step(() =>
      customer.sends({ album: [1, 2].map((n) => ({ media: "photo" as const, caption: `丙三之${n}` })) }),
    );
    await sleep(800);
    await calm();
    await step(() => customer.edits(said, "丙一改"));
    await step(() => customer.reacts(said, "👍"));
    await step(async () => agent.sends({ media: "photo", caption: "甲二" }, { topic: await topic() }));
    await step(async () => agent.says("/close", { topic: await topic() }));
    await step(() => customer.says("转人工"));
    await step(() => customer.says("丙四"));
    await step(async () => agent.says("/close", { topic: await topic() }));
    await control.clearFaults();
    const plain = (text: string) =>
      /工单 #\d+ ·/u.test(text)
        ? "card"
        : text
            .replaceAll(/#\d+/gu, "#")
            .replaceAll(`${id}`, "客户")
            .replaceAll(/\d+ ?分钟|\d\d:\d\d/gu, "…");
    const seenBy = (messages: readonly { readonly message: Message }[]) =>
      messages.flatMap(({ message }) => {
        if (message.from?.is_bot !== true) return [];
        const text = message.text ?? message.caption ?? (message.contact ? "contact" : "");
        return text === "" ? [] : [plain(text)];
      });
    const inGroup: string[] = [];
    for (const { threadId, name } of await control.staff.topics())
      if (name.includes(`${id}`)) inGroup.push(...seenBy(await control.staff.transcript(threadId)));
    return { customer: seenBy(await customer.transcript()), group: inGroup };
  }

  return {
    converse,
    close: () => desk.close(),
  };
}

/** What is in `all` more often than in `other`. */
function beyond(all: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return all.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const realNow = Date.now.bind(Date);
const started = realNow();
mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: started });
let walking = true;
const clock = (async () => {
  while (walking) {
    mock.timers.tick(TICK_MS);
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
})();
const queue = [...cases];
const outcomes: { name: string; missing: string[]; repeated: string[]; other: string[] }[] = [];
let baseline: { customer: string[]; group: string[] } | undefined;
await Promise.all(
  Array.from({ length: WORLDS }, async () => {
    const world = await openWorld();
    const without = await world.converse({ method: "getUpdates", faults: [] });
    baseline ??= without;
    for (
      let next = queue.shift();
      next !== undefined && realNow() - started < SECONDS * 1000;
      next = queue.shift()
    ) {
      const got = await world.converse(next);
      const all = [...got.customer, ...got.group];
      const wanted = [...without.customer, ...without.group];
      const extra = beyond(all, wanted);
      const name = `${next.method}: ${next.faults.map(({ kind }) => kind).join(", ")}`;
      const outcome = {
        name,
        missing: beyond(wanted, all),
        repeated: extra.filter((text) => wanted.includes(text)),
        other: extra.filter((text) => !wanted.includes(text)),
      };
      outcomes.push(outcome);
      if (outcome.missing.length > 0) console.error(JSON.stringify(outcome));
      if (outcomes.length % 50 === 0) console.error(`${outcomes.length}/${cases.length}`);
    }
    await world.close();
  }),
);

walking = false;
await clock;

const dropped = (name: string) => name.includes("dropAfter");
console.log(
  JSON.stringify(
    {
      ...machine(),
      seconds: Math.round((realNow() - started) / 1000),
      seed: SEED,
      cases: { alone: alone.length, pairs: pairs.length, run: outcomes.length },
      messagesWithoutFaults: { customer: baseline?.customer.length, group: baseline?.group.length },
      casesWithSomethingMissing: outcomes.filter(({ missing }) => missing.length > 0),
      casesWithRepeats: {
        connectionDroppedAfterItArrived: outcomes.filter((o) => o.repeated.length > 0 && dropped(o.name))
          .length,
        others: outcomes.filter((o) => o.repeated.length > 0 && !dropped(o.name)),
      },
      saidBesides: [...new Set(outcomes.flatMap(({ other }) => other))],
    },
    null,
    2,
  ),
);
process.exit(0);
