import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";

const folder = mkdtempSync(join(tmpdir(), "zhida-crash-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const newFile = () => `file:${join(folder, `${++files}.db`)}`;
const childFile = fileURLToPath(new URL("child.mjs", import.meta.url));

const start = (action: string, url: string) =>
  spawn(process.execPath, [childFile, action, url], { stdio: ["ignore", "pipe", "inherit"] });

/** Kills the process when it has said so many lines; returns all it said. */
async function killAfter(child: ChildProcess, count: number): Promise<readonly string[]> {
  const said: string[] = [];
  if (!child.stdout) throw new Error("the child has no output");
  for await (const text of createInterface(child.stdout)) {
    said.push(text);
    if (said.length === count) child.kill("SIGKILL");
  }
  return said;
}

async function stateOf(url: string) {
  const store = await openStore({ url });
  const state = await store.transaction(async (tx) => ({
    handled: Number((await tx.setting("handled")) ?? 0),
    lines: (await tx.transcript(7)).map(({ text }) => Number(text)),
    counts: await tx.counts(),
  }));
  await store.close();
  return state;
}

test("a process killed in the middle of a transaction leaves nothing of it", async () => {
  const url = newFile();
  expect(await killAfter(start("stop halfway", url), 1)).toEqual(["halfway"]);
  expect(await stateOf(url)).toMatchObject({
    handled: 0,
    lines: [],
    counts: { inboxPending: 0, outboxPending: 0 },
  });
});

test("killed at any moment, again and again, what was confirmed is there, whole and once", async () => {
  const url = newFile();
  for (const count of [1, 2, 5, 40, 3, 17, 90, 8]) {
    const said = await killAfter(start("handle", url), count);
    const { handled, lines, counts } = await stateOf(url);
    expect(handled).toBeGreaterThanOrEqual(Number(said.at(-1)));
    expect(lines).toEqual(Array.from({ length: handled }, (_, i) => i + 1));
    expect(counts).toMatchObject({ inboxPending: 0, outboxPending: 3 * handled });
  }
});

test("several processes may open the same new file at once", async () => {
  const url = newFile();
  const children = Array.from({ length: 4 }, () => start("open", url));
  const exits = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0]));
  expect(exits).toEqual([0, 0, 0, 0]);
  expect((await stateOf(url)).counts.inboxPending).toBe(4);
});

test.skipIf(process.platform === "win32")(
  "a full disk is named, and what was stored before stays",
  async () => {
    const url = newFile();
    const limited = `ulimit -f 2000; exec "${process.execPath}" "${childFile}" "fill the disk" "${url}"`;
    const child = spawn("sh", ["-c", limited], { stdio: ["ignore", "pipe", "inherit"] });
    const [said] = await killAfter(child, 1);
    expect(said).toMatch(/^StoreError full [1-9]\d*$/u);
    const { handled, counts } = await stateOf(url);
    expect(said).toBe(`StoreError full ${handled}`);
    expect(counts.outboxPending).toBe(3 * handled);
  },
);
