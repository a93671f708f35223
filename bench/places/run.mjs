/**
 * Measures the places room of the built program: what an index costs, how long a message takes, what it gets right.
 * Usage: npm run build && node --expose-gc bench/places/run.mjs [coverage.jsonl …]
 * Each file: lines {q, kind, expect: {status, codes, accept?}} as data/coverage/RULES.md has them, or {text} for false mentions.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

const root = join(import.meta.dirname, "../..");
const dist = process.env.DIST ?? join(root, "dist");
const { normalise } = await import(join(dist, "nlu/normalise.js"));
const { toneless } = await import(join(dist, "nlu/pinyin.js"));
const { createPlaces, parsePlacesData } = await import(join(dist, "places/index.js"));

// What the index costs, apart from the tables that normalising and pinyin load for everybody.
toneless(normalise("預熱"));
globalThis.gc?.();
const before = process.memoryUsage();
const started = performance.now();
const data = parsePlacesData((file) => readFileSync(join(root, "data/places", file), "utf8"));
const coverage = parse(readFileSync(join(root, "data/coverage.csv"), "utf8"), { columns: true });
const places = createPlaces(data, coverage, { normalise, toneless });
const buildMs = performance.now() - started;
globalThis.gc?.();
const heapMb = (process.memoryUsage().heapUsed - before.heapUsed) / 2 ** 20;
console.log(
  `index: ${buildMs.toFixed(0)} ms from the files on, ${heapMb.toFixed(1)} MB of heap${globalThis.gc ? "" : " (run with --expose-gc)"}`,
);

const cases = readFileSync(join(root, "test/places/cases.tsv"), "utf8").trim().split("\n").slice(1);
const own = cases.map((line) => {
  const [kind, q, status, codes = ""] = line.split("\t");
  return { kind, q, expect: { status, codes: codes.split(",").filter(Boolean), accept: [] } };
});
measure("test/places/cases.tsv", own);
for (const file of process.argv.slice(2)) {
  const lines = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  if (lines[0].expect === undefined) mentions(file, lines);
  else measure(file, lines);
}

function measure(name, lines) {
  for (const { q } of lines) places.read(q);
  const times = [];
  let right = 0;
  let falseYes = 0;
  for (const { q, expect } of lines) {
    const from = performance.now();
    const reading = places.read(q);
    times.push(performance.now() - from);
    const accepted = [expect.status, ...(expect.accept ?? [])];
    const named =
      reading.status !== expect.status ||
      reading.status === "ambiguous" ||
      expect.codes.every((c) => reading.codes.includes(c));
    if (accepted.includes(reading.status) && named) right++;
    if (reading.status === "covered" && !accepted.includes("covered")) falseYes++;
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(2);
  console.log(
    `${name}: ${right}/${lines.length} right (${((100 * right) / lines.length).toFixed(1)} %), ${falseYes} false yes; median ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  );
}

function mentions(name, lines) {
  const found = lines.filter(({ text }) => places.read(text).parts.length > 0).length;
  console.log(`${name}: places found in ${found} of ${lines.length} texts`);
}
