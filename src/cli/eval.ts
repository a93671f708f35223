import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { formatFinding } from "../knowledge/findings.ts";
import { type MeasuringRow, readRows } from "../knowledge/jsonl.ts";
import {
  createClassifier,
  type Evaluation,
  type Figures,
  evaluate as measure,
  OUT_OF_SCOPE,
  type TrainedClassifier,
  trainModel,
} from "../nlu/engine/index.ts";
import type { Io } from "./io.ts";

/** What `eval` needs of other rooms. */
export interface EvalRooms {
  /** Makes the whole product's understanding of a fresh message: the intent that it would act on. */
  readonly understanding: (contentDir: string) => Promise<(text: string) => string>;
}

const USAGE = `usage: zhida eval <file.jsonl> [--json]
       zhida eval --train a.jsonl --test b.jsonl [--json]
  A line is {"text", "intent"}; "also" may list other intents that are right. Out of scope is "oos".`;

/** The figures that the data-set form prints, in this order. */
const FIGURES = [
  "n_train",
  "n_test",
  "accuracy",
  "top3",
  "threshold",
  "in_scope_at_threshold",
  "oos_recall",
  "oos_auroc",
  "train_s",
  "median_ms",
  "p99_ms",
  "rss_mb",
] as const satisfies readonly (keyof Figures)[];

const WARM_UP_ROWS = 100;
const CONFUSIONS_SHOWN = 20;

/** `zhida eval`: how well a measuring set is understood. Returns the exit code. */
export async function evaluate(argv: readonly string[], io: Io, rooms: EvalRooms): Promise<number> {
  const options = optionsOf(argv);
  if (typeof options === "string") {
    io.err(`${options}\n${USAGE}`);
    return 2;
  }
  const sets = await Promise.all(options.paths.map(readRows));
  const findings = sets.flatMap((set) => set.findings);
  for (const finding of findings) io.err(formatFinding(finding));
  const [first, second] = sets;
  if (findings.length > 0 || first === undefined) return 1;
  if (second !== undefined) {
    if (first.rows.every(({ intent }) => intent === OUT_OF_SCOPE)) {
      io.err(`${options.paths[0]} has no intent to learn: at least one row must not be ${OUT_OF_SCOPE}`);
      return 1;
    }
    printFigures(evaluateEngine(first.rows, second.rows), options.json, io);
    return 0;
  }
  const { contentDir } = readConfig({ CONTENT_DIR: io.env.CONTENT_DIR });
  printReport(evaluateProduct(first.rows, await rooms.understanding(contentDir)), options.json, io);
  return 0;
}

function optionsOf(
  argv: readonly string[],
): { readonly paths: readonly string[]; readonly json: boolean } | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        train: { type: "string" },
        test: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    const { train, test, json } = values;
    if (train !== undefined && test !== undefined && positionals.length === 0)
      return { paths: [train, test], json };
    if (train === undefined && test === undefined && positionals.length === 1)
      return { paths: positionals, json };
    return "give one file, or --train and --test";
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function evaluateEngine(train: readonly MeasuringRow[], test: readonly MeasuringRow[]): Figures {
  const begun = performance.now();
  const classifier = createClassifier(trainModel(train));
  const trainS = (performance.now() - begun) / 1000;
  // The first messages pay for compiling; those that a running bot answers don't.
  for (const { text } of test.slice(0, WARM_UP_ROWS)) classifier.classify(text);
  return measure(classifier, test, {
    nTrain: train.length,
    trainS,
    clockMs: () => performance.now(),
    rssMb: () => process.memoryUsage.rss() / 1e6,
  }).figures;
}

/** Shares are 0–1; null where no row is of the kind. */
interface ProductReport {
  readonly n: number;
  /** Rows whose intent, or one of `also`, is what the product would act on; out-of-scope rows count. */
  readonly accuracy: number;
  readonly intents: Evaluation["intents"];
  readonly confusions: Evaluation["confusions"];
  readonly out_of_scope: {
    readonly n: number;
    readonly recall: number | null;
    /** In-scope rows taken for out of scope. */
    readonly false_alarms: number | null;
  };
  readonly human: {
    readonly n: number;
    readonly recall: number | null;
    /** Other rows taken for a request for a person. */
    readonly false_alarms: number | null;
  };
}

/**
 * Measures what the product does with each row. A row that allows several intents counts as the one that was
 * chosen, if that is among them.
 */
function evaluateProduct(
  given: readonly MeasuringRow[],
  understand: (text: string) => string,
): ProductReport {
  const taken = new Map(given.map(({ text }) => [text, understand(text)]));
  const rows = given.map(({ text, intent, also }) => {
    const chosen = taken.get(text) ?? OUT_OF_SCOPE;
    return { text, chosen, intent: also.includes(chosen) ? chosen : intent };
  });
  const { figures, intents, confusions } = measure(classifierOf(taken), rows, UNTIMED);
  const human = rows.filter(({ intent }) => intent === "human");
  const others = rows.filter(({ intent }) => intent !== "human");
  const share = (part: typeof rows, holds: (row: (typeof rows)[number]) => boolean) =>
    part.length === 0 ? null : part.filter(holds).length / part.length;
  return {
    n: rows.length,
    accuracy: share(rows, ({ chosen, intent }) => chosen === intent) ?? 0,
    intents,
    confusions,
    out_of_scope: {
      n: rows.filter(({ intent }) => intent === OUT_OF_SCOPE).length,
      recall: figures.oos_recall,
      false_alarms: figures.false_alarms,
    },
    human: {
      n: human.length,
      recall: share(human, ({ chosen }) => chosen === "human"),
      false_alarms: share(others, ({ chosen }) => chosen === "human"),
    },
  };
}

const UNTIMED = { nTrain: 0, trainS: 0, clockMs: () => 0, rssMb: () => 0 };

/** What was chosen, in the form that the engine's own figures are counted from. */
function classifierOf(taken: ReadonlyMap<string, string>): TrainedClassifier {
  return {
    threshold: 0,
    classify(text) {
      const intent = taken.get(text) ?? OUT_OF_SCOPE;
      const inScope = intent !== OUT_OF_SCOPE;
      const why = () => ({ nearest: [], words: [], runnersUp: [] });
      return { ranked: [{ intent, confidence: 1 }], inScope, scope: inScope ? 1 : 0, why };
    },
  };
}

function printFigures(figures: Figures, json: boolean, io: Io): void {
  const chosen = Object.fromEntries(FIGURES.map((name) => [name, rounded(figures[name])]));
  if (json) io.out(JSON.stringify(chosen));
  else for (const name of FIGURES) io.out(`${name.padEnd(22)} ${chosen[name] ?? "–"}`);
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10_000) / 10_000;
}

function printReport(report: ProductReport, json: boolean, io: Io): void {
  if (json) {
    io.out(JSON.stringify(report, (_, value) => (typeof value === "number" ? rounded(value) : value)));
    return;
  }
  const { n, accuracy, out_of_scope, human } = report;
  io.out(`accuracy        ${percent(accuracy)} of ${n}`);
  io.out(
    `out of scope    recall ${percent(out_of_scope.recall)} of ${out_of_scope.n}, false alarms ${percent(out_of_scope.false_alarms)}`,
  );
  io.out(
    `human requests  recall ${percent(human.recall)} of ${human.n}, false alarms ${percent(human.false_alarms)}`,
  );
  io.out("");
  io.out(
    `${"intent".padEnd(28)}${["rows", "precision", "recall", "F1"].map((name) => name.padStart(10)).join("")}`,
  );
  for (const { intent, rows, precision, recall, f1 } of report.intents)
    io.out(
      intent.padEnd(28) +
        [String(rows), ...[precision, recall, f1].map(percent)].map((cell) => cell.padStart(10)).join(""),
    );
  if (report.confusions.length > 0) io.out("\ntaken for another");
  for (const { intent, takenFor, rows } of report.confusions.slice(0, CONFUSIONS_SHOWN))
    io.out(`${String(rows).padStart(5)}  ${intent} → ${takenFor}`);
}

function percent(share: number | null): string {
  return share === null ? "–" : `${(share * 100).toFixed(1)}%`;
}
