import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { evaluate } from "../../src/cli/eval.ts";

interface Row {
  readonly text: string;
  readonly intent: string;
  readonly also?: readonly string[];
}

async function fileOf(rows: readonly (Row | string)[]): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "zhida-eval-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const path = join(dir, "rows.jsonl");
  await writeFile(
    path,
    rows.map((row) => `${typeof row === "string" ? row : JSON.stringify(row)}\n`).join(""),
  );
  return path;
}

/** Understands what the table says; everything else is out of scope. */
async function run(argv: readonly string[], table: Readonly<Record<string, string>> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    env: { CONTENT_DIR: "/content" },
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
  };
  const asked: string[] = [];
  const understanding = async (contentDir: string) => {
    asked.push(contentDir);
    return (text: string) => table[text] ?? "oos";
  };
  const code = await evaluate(argv, io, { understanding });
  return { code, out, err, asked };
}

const TABLE = { a: "hours", b: "hours", c: "human", d: "oos", e: "human", f: "hours" };
const ROWS: readonly Row[] = [
  { text: "a", intent: "hours" },
  { text: "b", intent: "hotline", also: ["hours"] },
  { text: "c", intent: "human" },
  { text: "d", intent: "human" },
  { text: "e", intent: "hotline" },
  { text: "f", intent: "oos" },
  { text: "g", intent: "oos" },
];

async function report() {
  const { code, out, asked } = await run([await fileOf(ROWS), "--json"], TABLE);
  expect(code).toBe(0);
  expect(asked).toEqual(["/content"]);
  return JSON.parse(out.join("\n"));
}

test("accuracy counts every row, and a label of `also` as right", async () => {
  // a, b, c and g of seven.
  expect(await report()).toMatchObject({ n: 7, accuracy: 0.5714 });
});

test("each intent has its precision, recall and F1", async () => {
  const { intents } = await report();
  const of = (name: string) => intents.find(({ intent }: { intent: string }) => intent === name);
  // hours was chosen for a, b and f; f is out of scope.
  expect(of("hours")).toEqual({ intent: "hours", rows: 2, precision: 0.6667, recall: 1, f1: 0.8 });
  expect(of("hotline")).toEqual({ intent: "hotline", rows: 1, precision: null, recall: 0, f1: 0 });
});

test("the confusions are told with their direction", async () => {
  const { confusions } = await report();
  expect(confusions).toHaveLength(3);
  expect(confusions).toContainEqual({ intent: "hotline", takenFor: "human", rows: 1 });
  expect(confusions).toContainEqual({ intent: "human", takenFor: "oos", rows: 1 });
  expect(confusions).toContainEqual({ intent: "oos", takenFor: "hours", rows: 1 });
});

test("out of scope has its recall, and its false alarms among the others", async () => {
  expect((await report()).out_of_scope).toEqual({ n: 2, recall: 0.5, false_alarms: 0.2 });
});

test("requests for a person have their recall, and their false alarms among the others", async () => {
  expect((await report()).human).toEqual({ n: 2, recall: 0.5, false_alarms: 0.2 });
});

test("a set without out-of-scope rows says so instead of claiming a share", async () => {
  const { out } = await run([await fileOf([{ text: "a", intent: "hours" }]), "--json"], TABLE);
  expect(JSON.parse(out[0] ?? "")).toMatchObject({
    out_of_scope: { n: 0, recall: null, false_alarms: 0 },
    human: { n: 0, recall: null, false_alarms: 0 },
  });
});

test("without --json it is a table to read", async () => {
  const { out } = await run([await fileOf(ROWS)], TABLE);
  expect(out.slice(0, 3)).toEqual([
    "accuracy        57.1% of 7",
    "out of scope    recall 50.0% of 2, false alarms 20.0%",
    "human requests  recall 50.0% of 2, false alarms 20.0%",
  ]);
  expect(out).toContain("hours                                2     66.7%    100.0%     80.0%");
  expect(out).toContain("    1  human → oos");
});

test("--train and --test give exactly the fixed figures, in order", async () => {
  const train = ["open", "hours", "closing", "weekend"].flatMap((word) => [
    { text: `what are your ${word} times`, intent: "hours" },
    { text: `${word} time please`, intent: "hours" },
    { text: `phone number for ${word}`, intent: "hotline" },
    { text: `call number ${word}`, intent: "hotline" },
  ]);
  const rows = [
    { text: "what are your opening times", intent: "hours" },
    { text: "phone number please", intent: "hotline" },
    { text: "zzz qqq xxx", intent: "oos" },
  ];
  const { code, out, asked } = await run([
    "--train",
    await fileOf(train),
    "--test",
    await fileOf(rows),
    "--json",
  ]);
  expect(code).toBe(0);
  expect(asked).toEqual([]);
  expect(out).toHaveLength(1);
  const figures = JSON.parse(out[0] ?? "");
  expect(Object.keys(figures).join(" ")).toBe(
    "n_train n_test accuracy top3 threshold in_scope_at_threshold oos_recall oos_auroc train_s median_ms p99_ms rss_mb",
  );
  expect(figures).toMatchObject({ n_train: 16, n_test: 3, accuracy: 1, top3: 1, oos_auroc: 1 });
  expect(figures.rss_mb).toBeGreaterThan(10);
});

test("a training set with nothing in scope is refused in a line", async () => {
  const train = await fileOf([{ text: "a", intent: "oos" }]);
  const { code, err } = await run(["--train", train, "--test", train]);
  expect(code).toBe(1);
  expect(err).toEqual([`${train} has no intent to learn: at least one row must not be oos`]);
});

test("every bad line is named with its place, and nothing is measured", async () => {
  const path = await fileOf([
    '{"text":"a","intent":"hours"}',
    "not json",
    "",
    '{"text":"","intent":"hours"}',
    '{"intent":"hours"}',
  ]);
  const { code, out, err, asked } = await run([path]);
  expect(code).toBe(1);
  expect(err.map((line) => line.slice(path.length))).toEqual([
    ':2:1  bad-row  expected {"text": "…", "intent": "…"}: got not json',
    expect.stringMatching(/^:4:1 {2}bad-row/u),
    expect.stringMatching(/^:5:1 {2}bad-row/u),
  ]);
  expect([out, asked]).toEqual([[], []]);
});

test("a file that isn't there or is empty is named", async () => {
  expect((await run(["none.jsonl"])).err).toEqual([
    expect.stringContaining("none.jsonl:1:1  unreadable  there is no such file"),
  ]);
  const { code, err } = await run([await fileOf([])]);
  expect(code).toBe(1);
  expect(err).toEqual([expect.stringContaining(":1:1  bad-row  the file is empty")]);
});

test.each([
  [[]],
  [["--train", "a.jsonl"]],
  [["a.jsonl", "b.jsonl"]],
  [["a.jsonl", "--train", "b.jsonl", "--test", "c.jsonl"]],
  [["--jsno", "a.jsonl"]],
])("%j shows the usage", async (argv) => {
  const { code, err } = await run(argv);
  expect(code).toBe(2);
  expect(err.join("\n")).toContain("usage: zhida eval");
});
