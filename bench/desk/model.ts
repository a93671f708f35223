// Walks the desk's model (test/model) for millions of steps and writes what came of it.
// npx tsc -p . --noEmit false --outDir var/bench && nice node var/bench/bench/desk/model.js [--steps N] [--seed N] [--date YYYY-MM-DD] [--out FILE without ending]
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import fc from "fast-check";
import { loadMind } from "../../src/mind.ts";
import { checkLaws } from "../../test/model/laws.ts";
import { tableMind } from "../../test/model/mind.ts";
import { takeWalk, walk } from "../../test/model/steps.ts";
import { newWorld } from "../../test/model/world.ts";

const { values } = parseArgs({
  options: {
    steps: { type: "string", default: "10000000" },
    seed: { type: "string", default: "20261123" },
    date: { type: "string", default: new Date().toISOString().slice(0, 10) },
    out: { type: "string", default: "bench/results/desk-model" },
  },
});
const wanted = Number(values.steps);
const seed = Number(values.seed);
const walkers = cpus().length;
/** Walks in one go, each go with a seed of its own: fast-check remembers the walks of a go. */
const WALKS = 1000;

interface Walked {
  readonly steps: number;
  readonly walks: number;
  readonly decisions: number;
  readonly tickets: number;
  readonly fired: number;
  readonly sent: number;
  /** The law that was broken, with the steps that broke it. */
  readonly broken: string | null;
}

/** Every `walkers`th go from `first` on, until enough steps are taken. */
async function walkOn(first: number): Promise<Walked> {
  const mind = tableMind(await loadMind(process.cwd()));
  const done = { steps: 0, walks: 0, decisions: 0, tickets: 0, fired: 0, sent: 0 };
  for (let go = first; done.steps < wanted / walkers; go += walkers) {
    const result = fc.check(
      fc.property(walk, (steps) => {
        const world = newWorld(mind, (committed) => {
          done.decisions += 1;
          checkLaws(committed);
        });
        takeWalk(world, steps);
        done.steps += steps.length;
        done.walks += 1;
        done.tickets += world.tickets.size;
        done.fired += world.promises.reduce((sum, { fired }) => sum + fired, 0);
        for (const sent of world.sent.values()) done.sent += sent.length;
      }),
      { seed: seed + go, numRuns: WALKS, interruptAfterTimeLimit: 600_000 },
    );
    if (result.failed) return { ...done, broken: fc.defaultReportMessage(result) ?? "failed" };
    if (go % 10 === 0) console.log(`${done.steps} steps of ${wanted / walkers}`);
  }
  return { ...done, broken: null };
}

if (isMainThread) await main();
else parentPort?.postMessage(await walkOn(Number(workerData)));

async function main(): Promise<void> {
  const startedAt = Date.now();
  const parts = await Promise.all(
    Array.from(
      { length: walkers },
      (_, at) =>
        new Promise<Walked>((resolve, reject) => {
          const walker = new Worker(new URL(import.meta.url), {
            workerData: at,
            argv: process.argv.slice(2),
          });
          walker.once("message", resolve);
          walker.once("error", reject);
        }),
    ),
  );
  const sum = (of: (part: Walked) => number) => parts.reduce((total, part) => total + of(part), 0);
  const done = {
    steps: sum(({ steps }) => steps),
    walks: sum(({ walks }) => walks),
    decisions: sum(({ decisions }) => decisions),
    tickets: sum(({ tickets }) => tickets),
    fired: sum(({ fired }) => fired),
    sent: sum(({ sent }) => sent),
  };
  const broken = parts.find((part) => part.broken !== null)?.broken ?? null;
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB`;
  const versions = { node: process.versions.node, "fast-check": fc.__version };
  const result = { date: values.date, machine, versions, seed, ...done, seconds, broken };
  writeFileSync(`${values.out}.json`, `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(`${values.out}.md`, report());
  console.log(broken ?? `no law broken in ${done.steps} steps`);
  process.exitCode = broken === null ? 0 : 1;

  function report(): string {
    const count = (n: number) => n.toLocaleString("en-US");
    return `# The desk's model, walked

Random customers, agents, Telegram faults, restarts and clock jumps over the pure core, in a world in memory that
keeps what the store keeps (\`test/model\`). The laws in \`test/model/laws.ts\` are checked after every commit.

| | |
|---|---|
| steps | ${count(done.steps)} in ${count(done.walks)} walks |
| decisions checked | ${count(done.decisions)} |
| tickets opened | ${count(done.tickets)} |
| promises that came due | ${count(done.fired)} |
| messages delivered | ${count(done.sent)} |
| laws broken | ${broken === null ? "0" : `1: ${broken}`} |
| seed | ${seed}, one more for each ${count(WALKS)} walks |
| time | ${count(seconds)} s with ${walkers} threads, niced, on a machine shared with other work |
| machine | ${machine} |
| versions | Node ${versions.node}, fast-check ${versions["fast-check"]} |
| date | ${values.date} |

\`npx tsc -p . --noEmit false --outDir var/bench && nice node var/bench/bench/desk/model.js\` repeats it.
`;
  }
}
