// Walks the desk's model (test/model) for millions of steps and writes what came of it.
// npx tsc -p . --noEmit false --outDir var/bench && nice node var/bench/bench/desk/model.js [--steps N] [--seed N] [--date YYYY-MM-DD] [--out FILE without ending]
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
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
/** Walks in one go: fast-check remembers the walks of a go. */
const WALKS = 1000;

const mind = tableMind(await loadMind(process.cwd()));
const done = { steps: 0, walks: 0, decisions: 0, tickets: 0, fired: 0, sent: 0 };
let broken: string | null = null;
const startedAt = Date.now();

for (let go = 0; done.steps < wanted && broken === null; go += 1) {
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
  if (result.failed) broken = fc.defaultReportMessage(result) ?? "failed";
  if (go % 5 === 0) console.log(`${done.steps} steps, ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

const seconds = Math.round((Date.now() - startedAt) / 1000);
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB`;
const versions = { node: process.versions.node, "fast-check": fc.__version };
const result = { date: values.date, machine, versions, seed, ...done, seconds, broken };
writeFileSync(`${values.out}.json`, `${JSON.stringify(result, null, 1)}\n`);
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
| time | ${count(seconds)} s, niced, on a machine shared with other work |
| machine | ${machine} |
| versions | Node ${versions.node}, fast-check ${versions["fast-check"]} |
| date | ${values.date} |

\`npx tsc -p . --noEmit false --outDir var/bench && nice node var/bench/bench/desk/model.js\` repeats it.
`;
}
