import { readFile } from "node:fs/promises";
import { z } from "zod";
import { error, type Finding, type Position, startOf } from "./findings.ts";

/** A line of a measuring set: `{"text": …, "intent": …}`. */
export interface MeasuringRow {
  readonly text: string;
  readonly intent: string;
  /** Other intents that are right as well. */
  readonly also: readonly string[];
  readonly at: Position;
}

const rowShape = z.object({
  text: z.string().min(1),
  intent: z.string().min(1),
  also: z.array(z.string()).default([]),
});

/** Reads a measuring set whole: all its rows, or what is wrong with every bad one. */
export async function readRows(
  path: string,
): Promise<{ readonly rows: readonly MeasuringRow[]; readonly findings: readonly Finding[] }> {
  let content: string;
  try {
    content = await readFile(path, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    const reason = code === "ENOENT" ? "there is no such file" : `can't be read (${code})`;
    const message = `${reason}: give the path of a JSON Lines file, a {"text","intent"} a line`;
    return { rows: [], findings: [error(startOf(path), "unreadable", message)] };
  }
  const rows: MeasuringRow[] = [];
  const findings: Finding[] = [];
  for (const [index, line] of content
    .replace(/^\uFEFF/u, "")
    .split("\n")
    .entries()) {
    if (line.trim() === "") continue;
    const at = { file: path, line: index + 1, column: 1 };
    const row = rowShape.safeParse(parseJson(line));
    if (row.success) rows.push({ ...row.data, at });
    else
      findings.push(error(at, "bad-row", `expected {"text": "…", "intent": "…"}: got ${line.slice(0, 60)}`));
  }
  if (rows.length === 0 && findings.length === 0)
    findings.push(error(startOf(path), "bad-row", 'the file is empty: expected a {"text","intent"} a line'));
  return { rows, findings };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
