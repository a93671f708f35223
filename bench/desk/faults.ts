/**
 * Each fault of the local Telegram on each method that a conversation at the desk uses: alone, in all pairs on one
 * method one after the other, and in all pairs on two methods. What everybody can read in the end, and in which
 * order, is held against the same conversation without faults. The playground, the store, the worker and the sender
 * are the real ones, in one process on a simulated clock.
 * Usage: npx -p node@24 node bench/desk/faults.ts [seconds] [seed] > bench/results/desk-faults.json
 */
import { mock } from "node:test";
import { loadMind } from "../../src/mind.ts";
import type { FaultKind } from "../../src/playground/faults.ts";
import { randomFrom } from "../../test/support/random.ts";
import { CARD, openConversations, type Planned, type Seen } from "./conversation.ts";
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
  { kind: "hold" },
  { kind: "threadNotFound" },
  { kind: "blocked" },
];
const METHODS = [
  "getUpdates",
  "getChatMember",
  "sendMessage",
  "sendContact",
  "sendDocument",
  "copyMessage",
  "copyMessages",
  "editMessageText",
  "editMessageReplyMarkup",
  "deleteMessage",
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
const TO_CUSTOMERS = new Set(["sendMessage", "sendContact", "sendDocument", "copyMessage"]);

const fits = (method: string, { kind }: FaultKind) =>
  kind === "threadNotFound" ? IN_THREADS.has(method) : kind === "blocked" ? TO_CUSTOMERS.has(method) : true;
const planned = METHODS.flatMap((method) =>
  FAULTS.filter((fault) => fits(method, fault)).map((fault): Planned => ({ method, fault })),
);

type Case = readonly Planned[];
const random = randomFrom(SEED);
const shuffled = (all: readonly Case[]): readonly Case[] =>
  all
    .map((each) => ({ each, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ each }) => each);
const alone = planned.map((one): Case => [one]);
const onOneMethod = shuffled(
  planned.flatMap((one) => planned.flatMap((two): Case[] => (two.method === one.method ? [[one, two]] : []))),
);
const onTwoMethods = shuffled(
  planned.flatMap((one, at) =>
    planned.slice(at + 1).flatMap((two): Case[] => (two.method === one.method ? [] : [[one, two]])),
  ),
);

const mind = await loadMind(process.cwd());
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

/** What is in `all` more often than in `other`. */
function beyond(all: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return all.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** What was wanted, as it came: without repeats, and without what was said besides. */
const asCame = (got: readonly string[], wanted: readonly string[]) =>
  beyond(got, beyond(got, wanted)).join("\n");

interface Outcome {
  readonly name: string;
  readonly missing: readonly string[];
  readonly repeated: readonly string[];
  readonly other: readonly string[];
  readonly order: "kept" | "changed";
}

function compare(faults: Case, got: Seen, wanted: Seen): Outcome {
  // Of a topic that Telegram says is deleted nobody can see the state.
  const isDeleted = faults.some(({ fault }) => fault.kind === "threadNotFound");
  const all = [...got.customer, ...got.group, isDeleted ? wanted.topic : got.topic];
  const should = [...wanted.customer, ...wanted.group, wanted.topic];
  const extra = beyond(all, should);
  const missing = beyond(should, all);
  // A topic made in a deleted one's place begins with the card: it is said again, and stands elsewhere.
  const isCounted = (line: string) => !isDeleted || line !== CARD;
  const inOrder = (["customer", "group"] as const).every((who) => {
    const should = wanted[who].filter(isCounted);
    return asCame(got[who].filter(isCounted), should) === should.join("\n");
  });
  return {
    name: faults.map(({ method, fault }) => `${method} ${fault.kind}`).join(", "),
    missing,
    repeated: extra.filter((text) => should.includes(text) && isCounted(text)),
    other: extra.filter((text) => !should.includes(text)),
    order: missing.length > 0 || inOrder ? "kept" : "changed",
  };
}

const dropped = ({ name }: Outcome) => name.includes("dropAfter");
const gone = ({ name }: Outcome) => name.includes("blocked");

const queue = [...alone, ...onOneMethod, ...onTwoMethods];
const outcomes: Outcome[] = [];
let baseline: Seen | undefined;
await Promise.all(
  Array.from({ length: WORLDS }, async () => {
    const world = await openConversations(mind);
    const without = await world.converse([]);
    baseline ??= without;
    const isTime = () => realNow() - started < SECONDS * 1000;
    for (let next = queue.shift(); next !== undefined && isTime(); next = queue.shift()) {
      const outcome = compare(next, await world.converse(next), without);
      outcomes.push(outcome);
      if (outcome.missing.length > 0 || (outcome.order === "changed" && !gone(outcome)))
        console.error(JSON.stringify(outcome));
      if (outcomes.length % 200 === 0) console.error(`${outcomes.length} conversations`);
    }
    await world.close();
  }),
);
walking = false;
await clock;

const outOfOrder = outcomes.filter(({ order }) => order === "changed");
const repeats = outcomes.filter(({ repeated }) => repeated.length > 0);
console.log(
  JSON.stringify(
    {
      ...machine(),
      seconds: Math.round((realNow() - started) / 1000),
      seed: SEED,
      cases: {
        alone: alone.length,
        pairsOnOneMethod: onOneMethod.length,
        pairsOnTwoMethods: onTwoMethods.length,
        run: outcomes.length,
      },
      linesWithoutFaults: { customer: baseline?.customer.length, group: baseline?.group.length },
      casesWithSomethingMissing: outcomes.filter(({ missing }) => missing.length > 0),
      casesOutOfOrder: {
        // What waits for a customer who was gone comes the urgent first.
        customerGone: outOfOrder.filter(gone).length,
        others: outOfOrder.filter((outcome) => !gone(outcome)),
      },
      casesWithRepeats: {
        connectionDroppedAfterItArrived: repeats.filter(dropped).length,
        others: repeats.filter((outcome) => !dropped(outcome)),
      },
      saidBesides: [...new Set(outcomes.flatMap(({ other }) => other))],
    },
    null,
    2,
  ),
);
process.exit(0);
