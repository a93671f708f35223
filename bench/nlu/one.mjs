// One system on one set, in a process of its own so that its memory is its own: node one.mjs SYSTEM SET DATA
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SETS, SYSTEMS } from "./systems.mjs";

const [systemName, setName, data] = process.argv.slice(2);
const system = SYSTEMS[systemName];
const [trainFile, testFile] = SETS[setName];
const read = (file) =>
  readFileSync(join(data, file), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const train = read(trainFile);
const all = read(testFile);
const every = Math.max(1, Math.ceil(all.length / (system.rows ?? Number.POSITIVE_INFINITY)));
const test = all.filter((_, i) => i % every === 0);

const before = performance.now();
const cpuBefore = process.cpuUsage();
const { rank, threshold } = await system.train(train);
const trainS = (performance.now() - before) / 1000;
const cpu = process.cpuUsage(cpuBefore);

const rows = [];
const times = [];
for (const { text, intent } of test) {
  const start = performance.now();
  const { ranked, scope, inScope } = await rank(text);
  times.push(performance.now() - start);
  const best = ranked[0];
  rows.push({
    intent,
    right: best?.intent === intent,
    top3: ranked.some((guess) => guess.intent === intent),
    score: scope ?? best?.score ?? 0,
    accepted: inScope ?? true,
  });
}
times.sort((a, b) => a - b);
const inside = rows.filter(({ intent }) => intent !== "oos");
const outside = rows.filter(({ intent }) => intent === "oos");
const share = (some, holds) => (some.length === 0 ? null : some.filter(holds).length / some.length);
const round = (value, digits) => (value === null ? null : Number(value.toFixed(digits)));

/** Chance that an in-scope row scores above an out-of-scope one; equal scores count half. */
function areaUnderRoc() {
  if (outside.length === 0) return null;
  let wins = 0;
  for (const a of inside)
    for (const b of outside) wins += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
  return wins / (inside.length * outside.length);
}

const result = {
  system: systemName,
  set: setName,
  n_train: train.length,
  n_test: test.length,
  sampled: test.length < all.length,
  accuracy: round(
    share(inside, ({ right }) => right),
    4,
  ),
  top3: round(
    share(inside, ({ top3 }) => top3),
    4,
  ),
  threshold: round(threshold ?? null, 4),
  in_scope_at_threshold:
    threshold === undefined
      ? null
      : round(
          share(inside, ({ right, accepted }) => right && accepted),
          4,
        ),
  oos_recall:
    threshold === undefined
      ? null
      : round(
          share(outside, ({ accepted }) => !accepted),
          4,
        ),
  oos_auroc: round(areaUnderRoc(), 4),
  train_s: round(trainS, 2),
  train_cpu_s: round((cpu.user + cpu.system) / 1e6, 2),
  median_ms: round(times[Math.floor(times.length / 2)] ?? 0, 3),
  p99_ms: round(times[Math.floor(times.length * 0.99)] ?? 0, 3),
  rss_mb: Math.round(process.memoryUsage.rss() / 1e6),
};
process.stdout.write(`\nRESULT ${JSON.stringify(result)}\n`);
// fastText's WebAssembly and natural keep handles open.
process.exit(0);
