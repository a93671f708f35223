// node run.mjs [--data DIR] [--systems a,b] [--sets a,b] [--date YYYY-MM-DD] [--out FILE without ending]
// Build first (npm run build at the root), and `npm install` here for the peers. Writes FILE.json; report.mjs writes its
// figures into nlu.md.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SETS, SYSTEMS } from "./systems.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const { values } = parseArgs({
  options: {
    data: { type: "string", default: resolve(root, "../shared/data/nlu") },
    systems: { type: "string", default: Object.keys(SYSTEMS).join(",") },
    sets: { type: "string", default: Object.keys(SETS).join(",") },
    date: { type: "string", default: new Date().toISOString().slice(0, 10) },
    out: { type: "string", default: join(root, "bench/results/nlu") },
  },
});

const version = (name) =>
  JSON.parse(
    readFileSync(
      name ? join(here, "node_modules", name, "package.json") : join(root, "package.json"),
      "utf8",
    ),
  ).version;

const results = [];
for (const set of values.sets.split(",")) {
  for (const system of values.systems.split(",")) {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(here, "one.mjs"), system, set, values.data],
      {
        encoding: "utf8",
        maxBuffer: 1 << 28,
        timeout: 20 * 60_000,
      },
    );
    const line = stdout.split("\n").find((found) => found.startsWith("RESULT "));
    if (line === undefined) {
      console.error(`${system} on ${set} gave no result: ${stderr.split("\n").slice(-5).join(" ")}`);
      continue;
    }
    const result = JSON.parse(line.slice("RESULT ".length));
    results.push(result);
    console.log(JSON.stringify(result));
  }
}

const { stdout: inside } = spawnSync(process.execPath, [join(here, "inside.mjs"), values.data], {
  encoding: "utf8",
  maxBuffer: 1 << 28,
});
const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.versions.node}`;
const versions = Object.fromEntries(
  values.systems.split(",").map((name) => [name, version(SYSTEMS[name].package)]),
);
writeFileSync(
  `${values.out}.json`,
  `${JSON.stringify({ date: values.date, machine, versions, results, inside: JSON.parse(inside) }, null, 1)}\n`,
);
