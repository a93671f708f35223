import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { checkDoubtfulIntents, checkDoubts, type Doubt } from "../knowledge/doubts.ts";
import { checkStale } from "../knowledge/downgrade.ts";
import { checkNearDuplicates, checkOverlap } from "../knowledge/examples.ts";
import { type Finding, formatFinding, sortFindings } from "../knowledge/findings.ts";
import type { Example } from "../knowledge/intents.ts";
import { readRows } from "../knowledge/jsonl.ts";
import { checkParity, type ParityWay } from "../knowledge/parity.ts";
import { type ContentShapes, type ReadResult, readKnowledge } from "../knowledge/read.ts";
import { INTENT_IDS, type Knowledge } from "../knowledge/types.ts";
import type { Io } from "./io.ts";

/** What `check` needs of other rooms. */
export interface CheckRooms {
  readonly shapes: ContentShapes;
  /** The examples that an engine trained on the others gets wrong. */
  readonly findDoubts: (examples: readonly Example[]) => readonly Doubt[];
  /** The fewest steps of a way through the conversation that this knowledge makes. */
  readonly stepsThrough: (knowledge: Knowledge) => Promise<(way: ParityWay) => number | undefined>;
  /** ISO date. */
  readonly today: string;
}

const USAGE = `usage: zhida check [--json] [--each] [--against measuring-set.jsonl]...
  --each     list every example that cross-validation gets wrong, not only their number
  --against  no example may be a copy of a row of this file`;

/** `zhida check`: every finding about intents/ and data/. Returns the exit code: 1 if one is an error. */
export async function check(argv: readonly string[], io: Io, rooms: CheckRooms): Promise<number> {
  const options = optionsOf(argv);
  if (typeof options === "string") {
    io.err(`${options}\n${USAGE}`);
    return 2;
  }
  const { contentDir } = readConfig({ CONTENT_DIR: io.env.CONTENT_DIR });
  const read = await readKnowledge(contentDir, rooms.shapes);
  const findings = sortFindings([
    ...read.findings,
    ...checkStale(read.facts, rooms.today),
    ...checkNearDuplicates(read.files, read.examples),
    ...doubtful(read, rooms, options.each),
    ...(await unequal(read, rooms)),
    ...(await overlapping(read.examples, options.against)),
  ]);
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const warnings = findings.length - errors;
  if (options.json) io.out(JSON.stringify({ findings, errors, warnings }));
  else
    for (const line of [...findings.map(formatFinding), `${errors} errors, ${warnings} warnings`])
      io.out(line);
  return errors > 0 ? 1 : 0;
}

function optionsOf(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        json: { type: "boolean", default: false },
        each: { type: "boolean", default: false },
        against: { type: "string", multiple: true, default: [] },
      },
    });
    return values;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function doubtful(read: ReadResult, rooms: CheckRooms, each: boolean): Finding[] {
  // An engine trained on half of the intents doubts everything: wait until they can all be read.
  const readable = new Set(read.examples.map(({ intent }) => intent));
  if (readable.size < INTENT_IDS.length) return [];
  const rule = each ? checkDoubts : checkDoubtfulIntents;
  return rule(read.files, read.examples, rooms.findDoubts(read.examples));
}

/** Content with errors makes no conversation to walk through. */
async function unequal(read: ReadResult, rooms: CheckRooms): Promise<readonly Finding[]> {
  return read.knowledge === undefined
    ? []
    : checkParity(read.files, await rooms.stepsThrough(read.knowledge));
}

async function overlapping(examples: readonly Example[], paths: readonly string[]): Promise<Finding[]> {
  const sets = await Promise.all(paths.map(readRows));
  return sets.flatMap(({ rows, findings }) => [...findings, ...checkOverlap(examples, rows)]);
}
