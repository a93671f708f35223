import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CheckRooms, check } from "../../src/cli/check.ts";
import { examplesOf, han, intentYaml, SHAPES, writeContent } from "../knowledge/fixtures/content.ts";

const ROOMS: CheckRooms = {
  shapes: SHAPES,
  findDoubts: () => [],
  stepsThrough: async () => () => 1,
  today: "2026-11-23",
};

async function run(dir: string, argv: readonly string[] = [], rooms: Partial<CheckRooms> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    env: { CONTENT_DIR: dir },
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
  };
  const code = await check(argv, io, { ...ROOMS, ...rooms });
  return { code, out, err };
}

test("sound content passes with nothing to say", async () => {
  expect(await run(await writeContent())).toEqual({ code: 0, out: ["0 errors, 0 warnings"], err: [] });
});

test("an error is a line with its place, and exit code 1", async () => {
  const dir = await writeContent({ "intents/hours.yaml": intentYaml("hours", { buttons: ["prices"] }) });
  const { code, out } = await run(dir);
  expect(code).toBe(1);
  expect(out).toEqual([
    "intents/hours.yaml:67:11  unknown-button  no intent is called prices: a button names one of intents/*.yaml",
    "1 errors, 0 warnings",
  ]);
});

test("warnings alone pass", async () => {
  const dir = await writeContent({
    "intents/hours.yaml": intentYaml("hours", { zh: examplesOf("hours", 30, han) }),
  });
  const { code, out } = await run(dir);
  expect(code).toBe(0);
  expect(out.at(-1)).toBe("0 errors, 1 warnings");
});

test("--json is one object with the same findings", async () => {
  const dir = await writeContent({ "data/coverage.csv": "x\n" });
  const { code, out } = await run(dir, ["--json"]);
  expect(code).toBe(1);
  expect(out).toHaveLength(1);
  expect(JSON.parse(out[0] ?? "")).toEqual({
    findings: [
      {
        file: "data/coverage.csv",
        line: 1,
        column: 1,
        rule: "coverage-shape",
        severity: "error",
        message: "the first line must be code,province,prefecture,county,township,wording",
      },
    ],
    errors: 1,
    warnings: 0,
  });
});

test("near duplicates across intents are looked for", async () => {
  const zh = (intent: "hours" | "hotline", text: string) => [...examplesOf(intent, 39, han), text];
  const dir = await writeContent({
    "intents/hotline.yaml": intentYaml("hotline", { zh: zh("hotline", "请问你们的电话几点开始有人接") }),
    "intents/hours.yaml": intentYaml("hours", { zh: zh("hours", "请问你们的电话几点开始有人接听") }),
  });
  expect((await run(dir)).out).toEqual([
    expect.stringContaining("intents/hours.yaml:44:7  near-duplicate-across-intents  warning: "),
    "0 errors, 1 warnings",
  ]);
});

test("a fact of the guide past its review date is an error from that day on", async () => {
  const dir = await writeContent();
  expect((await run(dir, [], { today: "2027-05-22" })).code).toBe(0);
  const { code, out } = await run(dir, [], { today: "2027-05-23" });
  expect(code).toBe(1);
  expect(out[0]).toContain("data/downgrade/rights.yaml:6:17  stale-fact");
});

test("examples the engine gets wrong are counted by intent, and listed with --each", async () => {
  const dir = await writeContent();
  const findDoubts: CheckRooms["findDoubts"] = (examples) =>
    examples
      .filter(({ intent }) => intent === "hours")
      .slice(0, 20)
      .map((e) => ({ ...e, takenFor: "hotline" }));
  expect((await run(dir, [], { findDoubts })).out).toEqual([
    expect.stringContaining("intents/hours.yaml:1:1  misclassified-example  warning: 20 of 60 examples"),
    "0 errors, 1 warnings",
  ]);
  const { code, out } = await run(dir, ["--each"], { findDoubts });
  expect(code).toBe(0);
  expect(out).toHaveLength(21);
  expect(out[0]).toContain("intents/hours.yaml:5:7  misclassified-example  warning: ");
});

test("the engine isn't asked while an intent is broken", async () => {
  const dir = await writeContent({ "intents/hours.yaml": null });
  const findDoubts = () => {
    throw new Error("asked");
  };
  expect((await run(dir, [], { findDoubts })).out).toHaveLength(2);
});

test("--against finds examples copied from a measuring set", async () => {
  const dir = await writeContent({
    "intents/hours.yaml": intentYaml("hours", {
      zh: [...examplesOf("hours", 39, han), "周末还有人接电话吗"],
    }),
  });
  const dev = join(dir, "dev.jsonl");
  await writeFile(
    dev,
    '{"text":"你好","intent":"greeting"}\n\n{"text":"周末还有人接电话吗？","intent":"hours","also":[]}\n',
  );
  const { code, out } = await run(dir, ["--against", dev]);
  expect(code).toBe(1);
  expect(out).toEqual([
    `intents/hours.yaml:44:7  dev-overlap  "周末还有人接电话吗" is a copy of ${dev}:3 ("周末还有人接电话吗？"): write one of your own`,
    "1 errors, 0 warnings",
  ]);
});

test("a measuring set that can't be used is a finding", async () => {
  const dir = await writeContent();
  const dev = join(dir, "dev.jsonl");
  await writeFile(dev, '{"text":"你好","intent":"greeting"}\n{"text":"你好"}\n');
  expect(await run(dir, ["--against", dev, "--against", join(dir, "none.jsonl")])).toMatchObject({
    code: 1,
    out: [
      `${dev}:2:1  bad-row  expected {"text": "…", "intent": "…"}: got {"text":"你好"}`,
      expect.stringContaining(
        "none.jsonl:1:1  unreadable  there is no such file: give the path of a JSON Lines file",
      ),
      "2 errors, 0 warnings",
    ],
  });
});

test("a content directory that isn't there says what to set", async () => {
  const { code, out } = await run("/nowhere");
  expect(code).toBe(1);
  expect(out).toContain(
    "data:1:1  unreadable  /nowhere/data does not exist: CONTENT_DIR must name the directory that holds intents/ and data/",
  );
});

test("an unknown option shows the usage", async () => {
  const { code, err } = await run(await writeContent(), ["--fix"]);
  expect(code).toBe(2);
  expect(err.join("\n")).toContain("usage: zhida check");
});
