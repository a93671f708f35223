/**
 * Kills the built bot (`kill -9`) at random moments while customers and agents write, and counts what is missing,
 * what came twice, and tickets that are there twice.
 * Usage: npm run build && npx -p node@24 node bench/desk/kill.ts [kills] [seed] [seconds] > bench/results/desk-kill.json
 */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "grammy/types";
import { openStore } from "../../src/store/index.ts";
import { openScene, spawnZhida } from "../../test/e2e/bot.ts";
import { randomFrom } from "../../test/support/random.ts";
import { machine } from "./machine.ts";

const KILLS = Number(process.argv[2] ?? 200);
const SEED = Number(process.argv[3] ?? 20261123);
/** No further kill after this. */
const SECONDS = Number(process.argv[4] ?? 7200);
const CUSTOMERS = 24;
/** Only ask the bot, each time after another county, which the answer must name once. */
const ASKERS = 6;
const COUNTIES = readFileSync("data/coverage.csv", "utf8")
  .split("\n")
  .slice(1)
  .flatMap((row) => {
    const [, province = "", prefecture = "", county = "", township = ""] = row.split(",");
    return /[省区]$/u.test(province) && county !== "" && township === "" ? [`${prefecture}${county}`] : [];
  });
/** After it runs, a bot lives this long at most. */
const LONGEST_LIFE_MS = 700;
/** Some don't even live to say that they run. */
const KILLED_IN_START = 0.15;
const WRITE_EVERY_MS = 120;

const random = randomFrom(SEED);
const scene = await openScene();
const { control } = scene.playground;
const FIRST = 700300000;
for (let i = 0; i < CUSTOMERS + ASKERS; i += 1)
  await control.call("addPerson", { id: FIRST + i, role: "customer", first_name: `客户${i}` });

const environment = {
  BOT_TOKEN: scene.playground.token,
  TELEGRAM_API_ROOT: scene.url,
  STAFF_CHAT_ID: `${scene.playground.staffChatId}`,
  DATABASE_URL: scene.databaseUrl,
  PORT: "0",
};

let written = 0;
let open = true;
const asked = new Set<number>();
const fromCustomers: { token: string; customer: number }[] = [];
const fromAgents: { token: string; customer: number }[] = [];
const asks: { customer: number; county: string }[] = [];
const token = () => {
  written += 1;
  return `<${written}>`;
};

async function writeOnce(): Promise<void> {
  const pick = Math.floor(random() * (CUSTOMERS + ASKERS));
  const id = FIRST + pick;
  if (pick >= CUSTOMERS) {
    const before = asks.filter(({ customer }) => customer === id).length;
    const county = COUNTIES[before % COUNTIES.length] ?? "";
    asks.push({ customer: id, county });
    await control.customer(id).says(`/coverage ${county}`);
    return;
  }
  if (!asked.has(id)) {
    asked.add(id);
    await control.customer(id).says("转人工");
    return;
  }
  if (random() < 0.7) {
    const text = token();
    fromCustomers.push({ token: text, customer: id });
    await control.customer(id).says(`我的情况是这样 ${text}`);
    return;
  }
  const topics = (await control.staff.topics()).filter(({ name }) => name.includes(`客户${pick}`));
  const topic = topics.at(-1);
  if (topic === undefined || new RegExp(`客户${pick}\\d`, "u").test(topic.name)) return;
  const text = token();
  fromAgents.push({ token: text, customer: id });
  await control.agent().says(`好的 ${text}`, { topic: topic.threadId });
}

const writing = (async () => {
  while (open) {
    await writeOnce();
    await sleep(WRITE_EVERY_MS * 2 * random());
  }
})();

const started = Date.now();
let kills = 0;
let inStart = 0;
while (kills < KILLS && Date.now() - started < SECONDS * 1000) {
  const inTheStart = random() < KILLED_IN_START;
  const life = random() * (inTheStart ? 1200 : LONGEST_LIFE_MS);
  const bot = spawnZhida(["start"], environment);
  // A machine under load may take longer to start than we wait: killed all the same.
  if (!inTheStart) await bot.logs(/the bot runs/u).catch(() => {});
  await sleep(life);
  await bot.kill();
  if (inTheStart) inStart += 1;
  kills += 1;
  if (kills % 20 === 0)
    console.error(`${kills} kills, ${written} messages, ${((Date.now() - started) / 1000).toFixed(0)} s`);
}
open = false;
await writing;

await scene.start();
const store = await openStore({
  url: scene.databaseUrl,
  botId: Number(scene.playground.token.split(":")[0]),
});
const giveUpAt = Date.now() + 900_000;
let counts = await store.transaction((tx) => tx.counts());
while (counts.inboxPending + counts.outboxPending > 0 && Date.now() < giveUpAt) {
  await sleep(1000);
  counts = await store.transaction((tx) => tx.counts());
}
const tickets = await store.transaction((tx) => tx.openTickets());
await store.close();

const textOf = (message: Message) => `${message.text ?? ""}${message.caption ?? ""}`;
const topics = await control.staff.topics();
const inGroup: string[] = [];
for (const { threadId } of topics)
  inGroup.push(...(await control.staff.transcript(threadId)).map(({ message }) => textOf(message)));
const inChat = new Map<number, Message[]>();
for (let i = 0; i < CUSTOMERS + ASKERS; i += 1) {
  const seen = await control.customer(FIRST + i).transcript();
  inChat.set(
    FIRST + i,
    seen.flatMap(({ message }) => (message.from?.is_bot ? [message] : [])),
  );
}
const timesIn = (texts: readonly string[], needle: string) =>
  texts.reduce((sum, text) => sum + text.split(needle).length - 1, 0);

/** Messages that bring nothing new: all that they say was said before. */
function repeatedMessages(texts: readonly string[]): number {
  const seen = new Set<string>();
  let repeated = 0;
  for (const text of texts) {
    const tokens = text.match(/<\d+>/gu) ?? [];
    // A card repeats the last words by design.
    if (tokens.length === 0 || text.includes("工单 #")) continue;
    if (tokens.every((each) => seen.has(each))) repeated += 1;
    for (const each of tokens) seen.add(each);
  }
  return repeated;
}

const relayed = fromCustomers.map(({ token: t }) => timesIn(inGroup, t));
const answered = fromAgents.map(({ token: t, customer }) =>
  timesIn((inChat.get(customer) ?? []).map(textOf), t),
);
const named = asks.map(
  ({ customer, county }) =>
    (inChat.get(customer) ?? []).filter((message) => textOf(message).includes(county)).length,
);
const cards = [...asked].map(
  (id) => inGroup.filter((t) => t.includes("工单 #") && t.includes(`（ID ${id}）`)).length,
);
const lost = (times: readonly number[]) => times.filter((n) => n === 0).length;
const doubled = (times: readonly number[]) => times.reduce((sum, n) => sum + Math.max(0, n - 1), 0);
const openBy = [...asked].map((id) => tickets.filter((ticket) => ticket.customerId === id).length);

await scene.end();
console.log(
  JSON.stringify(
    {
      ...machine(),
      seed: SEED,
      kills,
      killedWhileStarting: inStart,
      seconds: Math.round((Date.now() - started) / 1000),
      customersWhoAskedForAPerson: asked.size,
      tickets: {
        lost: lost(openBy),
        doubled: doubled(openBy),
        numbers: new Set(tickets.map((t) => t.number)).size,
      },
      cards: { lost: lost(cards), doubled: doubled(cards) },
      topics: { made: topics.length, tooMany: Math.max(0, topics.length - asked.size) },
      fromCustomers: {
        written: relayed.length,
        messages: inGroup.filter((text) => /<\d+>/u.test(text)).length,
        lost: lost(relayed),
        doubledMessages: repeatedMessages(inGroup),
      },
      fromAgents: { written: answered.length, lost: lost(answered), doubled: doubled(answered) },
      answers: { asked: named.length, lost: lost(named), doubled: doubled(named) },
      left: counts,
    },
    null,
    2,
  ),
);
process.exit(0);
