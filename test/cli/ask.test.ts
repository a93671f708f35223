import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ask } from "../../src/cli/ask.ts";

const CONTENT_DIR = fileURLToPath(new URL("../..", import.meta.url));

async function asked(argv: readonly string[], lines: readonly string[]): Promise<string[]> {
  const out: string[] = [];
  const io = {
    env: { CONTENT_DIR },
    out: (line: string) => out.push(line),
    err: (line: string) => out.push(line),
  };
  expect(await ask(argv, io, Readable.from(lines.map((line) => `${line}\n`)))).toBe(0);
  return out;
}

test("a session keeps its reminders; the next one begins without", async () => {
  const [, set, listed, , fresh] = await asked(
    ["--session"],
    ["移动客服说48小时内回电，让我等", "要", "/reminders", "", "你好", "/reminders"],
  );
  expect(set).toContain("记下了");
  expect(listed).toContain("您有 1 个提醒");
  expect(fresh).toContain("现在没有提醒");
});

test("a session keeps its case log", async () => {
  const replies = await asked(["--session"], ["记录：客服又劝我保留", "我的记录"]);
  expect(replies[1]).toContain("客服又劝我保留");
});
