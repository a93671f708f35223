/**
 * Measures the human-request detector of the built program: what it hears, what it mishears, how long a message takes once warm.
 * Usage: npm run build && node bench/human/run.mjs <file.jsonl …>
 * Each file: lines {"text" (or "q"), "intent"?, "also"?}. Lines of the intent `human` count for recall, all others
 * that don't also allow `human` for false alarms. Messages that aren't heard, or misheard, are printed.
 */
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../..");
const dist = process.env.DIST ?? join(root, "dist");
const { humanLexiconSchema } = await import(join(dist, "nlu/human/lexicon.js"));
const { createHumanDetector } = await import(join(dist, "nlu/human/detector.js"));
const ROUNDS = 5;

const started = performance.now();
const lexicon = humanLexiconSchema.parse(parse(readFileSync(join(root, "data/lexicon/human.yaml"), "utf8")));
const detector = createHumanDetector(lexicon);
console.log(`lexicon read and compiled in ${(performance.now() - started).toFixed(0)} ms`);
console.log("| set | messages | asked | heard | others | request | maybe | cancel | median ms | p99 ms |");
console.log("|---|---|---|---|---|---|---|---|---|---|");

const wrong = [];
for (const file of process.argv.slice(2)) {
  const rows = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const count = { asked: 0, heard: 0, others: 0, request: 0, maybe: 0, cancel: 0, none: 0 };
  const times = [];
  for (const { text, q } of rows) detector.detect(text ?? q);
  for (const { text: plain, q, intent, also = [] } of rows) {
    const text = plain ?? q;
    for (let i = 0; i < ROUNDS; i++) {
      const start = performance.now();
      detector.detect(text);
      times.push(performance.now() - start);
    }
    const { kind, why } = detector.detect(text);
    if (intent === "human") {
      count.asked++;
      if (kind === "request") count.heard++;
      else wrong.push(`missed  ${kind}  ${text}  (${why})`);
    } else if (!also.includes("human")) {
      count.others++;
      if (intent !== "human.cancel" || kind !== "cancel") count[kind]++;
      if (kind === "request") wrong.push(`false  ${text}  (${why})`);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share) => (times[Math.floor(times.length * share)] ?? 0).toFixed(3);
  const name = join(basename(dirname(file)), basename(file));
  console.log(
    `| ${name} | ${rows.length} | ${count.asked} | ${count.heard} | ${count.others} | ${count.request} | ${count.maybe} | ${count.cancel} | ${at(0.5)} | ${at(0.99)} |`,
  );
}
for (const line of wrong) console.log(line);
