import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { readKnowledge } from "../../src/knowledge/read.ts";
import type { Knowledge } from "../../src/knowledge/types.ts";
import { watchKnowledge } from "../../src/knowledge/watch.ts";
import { intentYaml, linesOf, SHAPES, writeContent } from "./fixtures/content.ts";

// Files are written synchronously: what a file looks like half-way is seen by nobody in this process.

async function watched() {
  const dir = await writeContent();
  const { knowledge: current } = await readKnowledge(dir, SHAPES);
  if (current === undefined) throw new Error("the fixture is broken");
  const changes: Knowledge[] = [];
  const refusals: string[][] = [];
  const start = async (use: (knowledge: Knowledge) => void | Promise<void> = () => {}) => {
    const watching = await watchKnowledge(dir, {
      shapes: SHAPES,
      current,
      onChange: async (knowledge) => {
        await use(knowledge);
        changes.push(knowledge);
      },
      onRefused: (findings) => refusals.push(linesOf(findings)),
      onBroken: (cause) => {
        throw cause;
      },
      debounceMs: 300,
    });
    onTestFinished(() => watching.close());
    return watching;
  };
  return { dir, current, changes, refusals, start };
}

const soon = (assertion: () => void) => vi.waitFor(assertion, { timeout: 180_000, interval: 20 });
const answer = (knowledge: Knowledge | undefined) => knowledge?.intents.get("hours")?.answer.en;
const withAnswer = (en: string) => intentYaml("hours", { answer: `{ zh: 全天, en: ${en} }` });

test("a sound change is handed out, and what was in use stays as it was", async () => {
  const { dir, current, changes, refusals, start } = await watched();
  await start();
  writeFileSync(join(dir, "intents/hours.yaml"), withAnswer("Always"));
  await soon(() => expect(changes.map(answer)).toEqual(["Always"]));
  expect(changes[0]?.version).not.toBe(current.version);
  expect(answer(current)).toBe("Call {hotline}");
  expect(refusals).toEqual([]);
});

test("a wrong change is refused with its findings, and the next sound one is taken", async () => {
  const { dir, changes, refusals, start } = await watched();
  await start();
  writeFileSync(join(dir, "intents/hours.yaml"), withAnswer('"Call {boss}"'));
  await soon(() => expect(refusals).toHaveLength(1));
  expect(refusals[0]).toEqual([expect.stringContaining("intents/hours.yaml:66:23  unknown-placeholder")]);
  expect(changes).toEqual([]);
  writeFileSync(join(dir, "intents/hours.yaml"), withAnswer("Always"));
  await soon(() => expect(changes.map(answer)).toEqual(["Always"]));
});

test("files that change together are taken together", async () => {
  const { dir, changes, refusals, start } = await watched();
  await start();
  // The first alone would be refused: an answer may use no commitment that doesn't exist.
  writeFileSync(join(dir, "intents/hours.yaml"), withAnswer('"We do {commitment_visit}"'));
  // However slow the machine: of two timers the longer one, which waits for quiet, can't come first.
  await sleep(20);
  const business = readText(dir, "data/business.yaml").replace("id: parts", "id: visit");
  writeFileSync(join(dir, "data/business.yaml"), business);
  await soon(() => expect(changes.map(answer)).toEqual(["We do {commitment_visit}"]));
  expect(refusals).toEqual([]);
});

test("a mistake taken back changes nothing", async () => {
  const { dir, changes, refusals, start } = await watched();
  await start();
  const sound = readText(dir, "data/coverage.csv");
  writeFileSync(join(dir, "data/coverage.csv"), "broken\n");
  await soon(() => expect(refusals).toHaveLength(1));
  writeFileSync(join(dir, "data/coverage.csv"), sound);
  writeFileSync(join(dir, "data/strings/.touched"), "");
  rmSync(join(dir, "data/strings/chat.yaml"));
  await soon(() => expect(refusals).toHaveLength(2));
  expect(changes).toEqual([]);
});

test("a file replaced by renaming, as editors and git do, is seen", async () => {
  const { dir, changes, start } = await watched();
  await start();
  writeFileSync(join(dir, "hours.new"), withAnswer("Always"));
  renameSync(join(dir, "hours.new"), join(dir, "intents/hours.yaml"));
  await soon(() => expect(changes.map(answer)).toEqual(["Always"]));
});

test("what changed between the first reading and the watch is seen", async () => {
  const { dir, changes, start } = await watched();
  writeFileSync(join(dir, "intents/hours.yaml"), withAnswer("Always"));
  await start();
  await soon(() => expect(changes.map(answer)).toEqual(["Always"]));
});

test("a change that can't be put to use is refused, and the next one is tried", async () => {
  const { dir, changes, refusals, start } = await watched();
  await start((knowledge) => {
    if (answer(knowledge) === "Never") throw new Error("no model");
  });
  writeFileSync(join(dir, "intents/hours.yaml"), withAnswer("Never"));
  await soon(() =>
    expect(refusals).toEqual([["data:1:1  unusable  every rule holds, yet it can't be used: no model"]]),
  );
  writeFileSync(join(dir, "intents/hours.yaml"), withAnswer("Always"));
  await soon(() => expect(changes.map(answer)).toEqual(["Always"]));
});

test("a change waits until the one before it is in use", async () => {
  const { dir, changes, start } = await watched();
  const begun: (string | undefined)[] = [];
  let release = () => {};
  await start(async (knowledge) => {
    begun.push(answer(knowledge));
    if (answer(knowledge) !== "First") return;
    await new Promise<void>((resolve) => {
      release = resolve;
    });
  });
  writeFileSync(join(dir, "intents/hours.yaml"), withAnswer("First"));
  await soon(() => expect(begun).toEqual(["First"]));
  writeFileSync(join(dir, "intents/hours.yaml"), withAnswer("Second"));
  await sleep(1000);
  expect(begun).toEqual(["First"]);
  release();
  await soon(() => expect(changes.map(answer)).toEqual(["First", "Second"]));
});

test("after closing, nothing is handed out any more", async () => {
  const { dir, changes, refusals, start } = await watched();
  const watching = await start();
  writeFileSync(join(dir, "intents/hours.yaml"), withAnswer("Always"));
  await watching.close();
  await sleep(500);
  expect([changes, refusals]).toEqual([[], []]);
});

const readText = (dir: string, file: string) => readFileSync(join(dir, file), "utf8");
