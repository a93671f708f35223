// Writes the figures of nlu.json into nlu.md, between its two marks: node report.mjs [nlu.json nlu.md]
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const results = fileURLToPath(new URL("../results/", import.meta.url));
const [from = `${results}nlu.json`, into = `${results}nlu.md`] = process.argv.slice(2);
const { date, machine, versions, results: rows, inside } = JSON.parse(readFileSync(from, "utf8"));

const percent = (value) => (value === null || value === undefined ? "–" : (value * 100).toFixed(1));
const area = (value) => (value === null || value === undefined ? "–" : value.toFixed(4));
const plain = (value) => (value === null || value === undefined ? "–" : String(value));

/** Set, figure, how it's shown, the goal, what our study of the field had. */
const SUMMARY = [
  ["clinc150", "accuracy", "in-scope accuracy, %", percent, "≥ 94.0", "93.4"],
  ["clinc150", "oos_auroc", "out-of-scope AUROC", area, "≥ .970", ".967"],
  ["clinc150", "in_scope_at_threshold", "in scope at its own threshold, %", percent, "≥ 91.5", "91.3"],
  ["clinc150", "oos_recall", "out of scope refused there, %", percent, "≥ 84", "81.9"],
  ["banking77", "accuracy", "accuracy, %", percent, "≥ 92.5", "91.5"],
  ["banking77-10", "accuracy", "accuracy, %", percent, "≥ 79", "76.1"],
  ["smp2017-zh", "accuracy", "accuracy, %", percent, "≥ 92", "91.2"],
  ["hint3-curekart", "accuracy", "in-scope accuracy, %", percent, "≥ 86", "85.2"],
  ["hint3-curekart", "oos_auroc", "out-of-scope AUROC", area, "≥ .90", ".893"],
  ["clinc150", "train_s", "training, s", plain, "≤ 8", "7.5"],
  ["clinc150", "train_cpu_s", "training, s of CPU", plain, "", ""],
  ["clinc150", "median_ms", "a message, median ms", plain, "≤ 0.5", "0.45"],
  ["clinc150", "p99_ms", "a message, p99 ms", plain, "≤ 1.5", "1.0"],
  ["clinc150", "rss_mb", "memory of the process, MB", plain, "≤ 200", "57–191"],
];

const table = (header, lines) =>
  [header, header.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const systems = Object.keys(versions);
const found = (set, system) => rows.find((row) => row.set === set && row.system === system);
const [ours, ...peers] = systems;
const summary = table(
  ["set", "figure", "goal", ours, "study", ...peers],
  SUMMARY.map(([set, figure, name, show, goal, study]) => [
    set,
    name,
    goal,
    `**${show(found(set, ours)?.[figure])}**`,
    study,
    ...peers.map((system) => show(found(set, system)?.[figure])),
  ]),
);

const costs = table(
  ["set", "system", "test rows", "top 3, %", "train s", "of CPU", "median ms", "p99 ms", "MB"],
  rows.map((row) => [
    row.set,
    row.system,
    row.n_test,
    percent(row.top3),
    row.train_s,
    plain(row.train_cpu_s),
    row.median_ms,
    row.p99_ms,
    row.rss_mb,
  ]),
);

const { clinc150, growth, confusions } = inside;
const memory = table(
  ["part", "MB"],
  Object.entries(clinc150.megabytes).map(([part, size]) => [part, size]),
);
const growing = table(
  ["set", "examples", "train s", "of CPU", "median ms", "p99 ms"],
  Object.entries(growth).flatMap(([set, sizes]) =>
    sizes.map((size) => [set, size.examples, size.trainS, size.trainCpuS, size.medianMs, size.p99Ms]),
  ),
);
const slowest = table(
  ["ms", "letters", "message"],
  clinc150.slowest.map(({ ms, letters, text }) => [ms, letters, text]),
);
const confused = Object.entries(confusions)
  .map(([set, pairs]) => `- ${set}: ${pairs.map(([pair, count]) => `${pair} ${count}`).join(" · ")}`)
  .join("\n");

const named = Object.entries(versions)
  .map(([name, number]) => `${name} ${number}`)
  .join(", ");
const figures = `${date} · ${machine} · ${named}

${summary}

### What each costs

${costs}

fuse.js reads a sample of the test rows: a message takes it from a tenth of a second to some seconds.

### Inside: CLINC150, 15,000 examples, 150 intents

Each message at the best of ${clinc150.bestOf} times, so that what else the machine does isn't counted: median
${clinc150.medianMs} ms, p99 ${clinc150.p99Ms} ms. The slowest (texts: CLINC150, CC BY 3.0):

${slowest}

${memory}

The rest of the process is the runtime, its heap, and what training gave back but the allocator keeps.

### Growth: ten times the examples

${growing}

### Confused most, right intent → taken for (rows of the test set)

${confused}`;

const MARKS = ["<!-- figures: written by bench/nlu/report.mjs -->", "<!-- end of figures -->"];
const text = readFileSync(into, "utf8");
const [start, end] = MARKS.map((mark) => text.indexOf(mark));
if (start < 0 || end < start) throw new Error(`${into} must hold both marks: ${MARKS.join(" and ")}`);
writeFileSync(into, `${text.slice(0, start)}${MARKS[0]}\n\n${figures}\n\n${text.slice(end)}`);
