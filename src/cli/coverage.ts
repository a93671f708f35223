import { readFile } from "node:fs/promises";
import { readConfig } from "../config.ts";
import { loadMind } from "../mind.ts";
import { normalise } from "../nlu/normalise.ts";
import { createCoverageImporter } from "../places/index.ts";
import type { Io } from "./io.ts";

const USAGE = `usage: zhida coverage import <file>
  Reads areas out of a published list (text or CSV), prints them as data/coverage.csv has them, and says on standard
  error what it couldn't resolve, with line numbers and suggestions. It replaces the list only where all is resolved:
  zhida coverage import list.txt > new.csv && mv new.csv data/coverage.csv`;

const COLUMNS = ["code", "province", "prefecture", "county", "township", "wording"] as const;

/** `zhida coverage import`: a customer-supplied list becomes rows. Returns the exit code: 1 if something is unresolved. */
export async function coverage(argv: readonly string[], io: Io): Promise<number> {
  const [verb, path, ...more] = argv;
  if (verb !== "import" || path === undefined || more.length > 0) {
    io.err(USAGE);
    return 2;
  }
  const text = await readFile(path).then(textOf, (error: unknown) => {
    io.err(`${path} can't be read: ${error instanceof Error ? error.message : error}`);
    return undefined;
  });
  if (text === undefined) return 1;
  if (text === NOT_TEXT) {
    io.err(`${path} is no text: save the sheet or document as CSV or plain text first`);
    return 1;
  }
  const { contentDir } = readConfig({ CONTENT_DIR: io.env.CONTENT_DIR });
  const { knowledge } = await loadMind(contentDir);
  const { rows, mentions, unresolved } = createCoverageImporter(knowledge.places, normalise)(text);
  if (rows.length === 0 && unresolved.length === 0) {
    io.err(
      `${path} names no areas: a line is read where at least half of its items are areas, as 漳州市漳浦县、黔东南岑巩县`,
    );
    return 1;
  }
  for (const cells of [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))])
    io.out(cells.map(quoted).join(","));
  for (const { line, text: item, suggestions } of unresolved) {
    const meant = suggestions.length > 0 ? `: did you mean ${suggestions.join(" or ")}?` : "";
    io.err(`${path}:${line}  unresolved  "${item}" is no area that is known beyond doubt${meant}`);
  }
  io.err(`${rows.length} areas from ${mentions} mentions, ${unresolved.length} unresolved`);
  return unresolved.length > 0 ? 1 : 0;
}

const NOT_TEXT = Symbol("not text");

/** A list as people save it: UTF-8, UTF-16 with its mark, or, where it can't be UTF-8, GB 18030. */
function textOf(bytes: Uint8Array): string | typeof NOT_TEXT {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  // An .xlsx is full of them.
  if (bytes.includes(0)) return NOT_TEXT;
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not in this encoding: the next one.
    }
  }
  return NOT_TEXT;
}

function quoted(cell: string): string {
  return /[",\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
