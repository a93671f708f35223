// What one engine is made of, where its time goes and what it confuses: node inside.mjs DATA > inside.json
// Build first (npm run build at the root). The texts quoted are CLINC150's (Larson et al. 2019, CC BY 3.0).
import { readdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { createClassifier, trainModel } from "../../dist/nlu/engine/index.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const [data = join(root, "../shared/data/nlu")] = process.argv.slice(2);
const read = (file) => readFileSync(join(data, file), "utf8").trim().split("\n").map(JSON.parse);
const round = (value, digits) => Number(value.toFixed(digits));
const QUOTED = 10;
const REPEATS = 5;

function timed(work) {
  const before = { at: performance.now(), cpu: process.cpuUsage() };
  const value = work();
  const { user, system } = process.cpuUsage(before.cpu);
  return {
    value,
    s: round((performance.now() - before.at) / 1000, 2),
    cpuS: round((user + system) / 1e6, 2),
  };
}

/** The best of some repeats: what the message costs, without what else the machine does meanwhile. */
function timesOf(classifier, rows) {
  const best = rows.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < REPEATS; turn++) {
    for (const [i, { text }] of rows.entries()) {
      const start = performance.now();
      classifier.classify(text);
      best[i] = Math.min(best[i], performance.now() - start);
    }
  }
  const sorted = [...best].sort((a, b) => a - b);
  return {
    best,
    medianMs: round(sorted[Math.floor(sorted.length / 2)], 3),
    p99Ms: round(sorted[Math.floor(sorted.length * 0.99)], 3),
  };
}

const bytesOf = (value) =>
  ArrayBuffer.isView(value)
    ? value.byteLength
    : typeof value === "object" && value !== null
      ? Object.values(value).reduce((sum, part) => sum + bytesOf(part), 0)
      : 0;
const megabytes = (value) => round(value / 1e6, 1);

function confusionsOf(classifier, rows) {
  const counts = new Map();
  for (const { text, intent } of rows) {
    const best = classifier.classify(text).ranked[0]?.intent;
    if (intent === "oos" || best === intent) continue;
    const pair = `${intent} → ${best}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, QUOTED);
}

function ownExamples() {
  return readdirSync(join(root, "intents")).flatMap((file) => {
    const { id, examples } = parse(readFileSync(join(root, "intents", file), "utf8"));
    return [...(examples.zh ?? []), ...(examples.en ?? [])].map((text) => ({
      text: String(text),
      intent: id,
    }));
  });
}

/** One in ten of each intent's examples: a tenth of the whole, with the same mixture. */
function tenthOf(examples) {
  const seen = new Map();
  return examples.filter(({ intent }) => {
    const n = seen.get(intent) ?? 0;
    seen.set(intent, n + 1);
    return n % 10 === 0;
  });
}

function growth(examples, rows) {
  return [tenthOf(examples), examples].map((some) => {
    const { value, s, cpuS } = timed(() => createClassifier(trainModel(some)));
    const { medianMs, p99Ms } = timesOf(value, rows);
    return { examples: some.length, trainS: s, trainCpuS: cpuS, medianMs, p99Ms };
  });
}

const clinc = { train: read("clinc150/train.jsonl"), test: read("clinc150/test.jsonl") };
const model = trainModel(clinc.train);
const classifier = createClassifier(model);
const times = timesOf(classifier, clinc.test);
const slowest = clinc.test
  .map(({ text }, i) => ({ text, ms: round(times.best[i], 3), letters: text.length }))
  .sort((a, b) => b.ms - a.ms)
  .slice(0, QUOTED);
const own = ownExamples();
const confusions = {};
for (const set of ["banking77", "smp2017-zh", "hint3-curekart"]) {
  const other = createClassifier(trainModel(read(`${set}/train.jsonl`)));
  confusions[set] = confusionsOf(other, read(`${set}/test.jsonl`));
}
process.stdout.write(
  `${JSON.stringify(
    {
      load: loadavg().map((load) => round(load, 1)),
      clinc150: {
        bestOf: REPEATS,
        medianMs: times.medianMs,
        p99Ms: times.p99Ms,
        slowest,
        megabytes: {
          "features, by name": megabytes(bytesOf(model.vocabulary)),
          "weights, a byte each": megabytes(bytesOf(model.committee)),
          "examples' pieces, by feature": megabytes(bytesOf(model.pieces)),
          "examples, as text": megabytes(bytesOf(model.texts)),
        },
      },
      growth: {
        "our own intents": growth(own, own.slice(0, 2_000)),
        clinc150: growth(clinc.train, clinc.test),
      },
      confusions: { clinc150: confusionsOf(classifier, clinc.test), ...confusions },
    },
    null,
    1,
  )}\n`,
);
