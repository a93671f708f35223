import { readFile } from "node:fs/promises";
import { readConfig } from "../config.ts";
import { loadMind } from "../mind.ts";
import { normalise } from "../nlu/normalise.ts";
import { createCoverageImporter } from "../places/index.ts";
import type { Io } from "./io.ts";

const USAGE = `usage: zhida coverage import <file>
  Reads areas out of a published list (text or CSV), prints them as data/coverage.csv has them, and says on standard
  error what it couldn't resolve, with line numbers and suggestions. Write it where it belongs:
  zhida coverage import list.txt > data/coverage.csv`;

const COLUMNS = ["code", "province", "prefecture", "county", "township", "wording"] as const;

/** `zhida coverage import`: a customer-supplied list becomes rows. Returns the exit code: 1 if something is unresolved. */
export async function coverage(argv: readonly string[], io: Io): Promise<number> {
  const [verb, path, ...more] = argv;
  if (verb !== "import" || path === undefined || more.length > 0) {
    io.err(USAGE);
    return 2;
  }
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    io.err(`${path} can't be read: ${error instanceof Error ? error.message : error}`);
    return undefined;
  });
  if (text === undefined) return 1;
  const { contentDir } = readConfig({ CONTENT_DIR: io.env.CONTENT_DIR });
  const { knowledge } = await loadMind(contentDir);
  const { rows, mentions, unresolved } = createCoverageImporter(knowledge.places, normalise)(text);
  for (const cells of [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))])
    io.out(cells.map(quoted).join(","));
  for (const { line, text: item, suggestions } of unresolved) {
    const meant = suggestions.length > 0 ? `: did you mean ${suggestions.join(" or ")}?` : "";
    io.err(`${path}:${line}  unresolved  "${item}" is no area that is known beyond doubt${meant}`);
  }
  io.err(`${rows.length} areas from ${mentions} mentions, ${unresolved.length} unresolved`);
  return unresolved.length > 0 ? 1 : 0;
}

function quoted(cell: string): string {
  return /[",\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
