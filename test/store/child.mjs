// A process of its own for crash.test.ts: node child.mjs <what to do> <database address>
import { openStore } from "../../dist/store/index.js";

const [, , action, url] = process.argv;
const NOW = 1_800_000_000_000;
const conversation = {
  lang: "zh",
  langPinned: false,
  awaiting: null,
  misses: 0,
  asked: null,
  lastIntent: null,
  places: [],
};

/** One update with all that follows from it: a line, three messages, a setting. */
async function handle(tx, n, text = `${n}`) {
  await tx.receiveUpdates([{ updateId: n, queue: "7", payload: "{}", receivedAt: NOW }]);
  const update = await tx.nextUpdate(NOW);
  await tx.snapshot(7, 5);
  const line = { at: NOW, speaker: "customer", name: null, kind: "text", text, ticket: null, ref: null };
  const send = {
    kind: "send",
    to: { kind: "customer", customerId: 7 },
    lane: "answer",
    message: { kind: "text", text },
  };
  await tx.apply(
    {
      state: { customer: { id: 7, name: "c", username: null, blocked: false }, conversation, ticket: null },
      lines: [line],
      effects: [send, send, send],
      reading: null,
    },
    NOW,
  );
  await tx.saveSetting("handled", `${n}`);
  await tx.finishUpdate(update.updateId, NOW);
}

const say = (text) => process.stdout.write(`${text}\n`);
const store = await openStore({ url });
const handled = Number((await store.transaction((tx) => tx.setting("handled"))) ?? 0);

switch (action) {
  case "open":
    await store.transaction((tx) =>
      tx.receiveUpdates([{ updateId: process.pid, queue: "7", payload: "{}", receivedAt: NOW }]),
    );
    await store.close();
    break;
  case "stop halfway":
    await store.transaction(async (tx) => {
      await handle(tx, handled + 1);
      say("halfway");
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });
    break;
  case "handle":
    for (let n = handled + 1; ; n++) {
      await store.transaction((tx) => handle(tx, n));
      say(n);
    }
  case "fill the disk":
    try {
      for (let n = handled + 1; n < 10_000; n++)
        await store.transaction((tx) => handle(tx, n, "x".repeat(20_000)));
    } catch (error) {
      say(`${error.name} ${error.code} ${await store.transaction((tx) => tx.setting("handled"))}`);
    }
}
