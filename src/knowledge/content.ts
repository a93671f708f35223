import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { error, type Finding, startOf } from "./findings.ts";

/** The directories of a content tree. */
export const CONTENT_ROOTS = ["intents", "data"] as const;

/** The text of every content file, by its path from the content directory (`intents/hours.yaml`). */
export type ContentFiles = ReadonlyMap<string, string>;

export interface Content {
  readonly files: ContentFiles;
  /** What could not be read. */
  readonly findings: readonly Finding[];
}

/** Reads the whole content tree as text. What can't be read is a finding, never a throw. */
export async function readContent(contentDir: string): Promise<Content> {
  const files = new Map<string, string>();
  const findings: Finding[] = [];
  for (const root of CONTENT_ROOTS) await readTree(contentDir, root, files, findings);
  return { files: new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1))), findings };
}

/** SHA-256 over names and texts: equal versions are equal content, whatever machine read it. */
export function versionOf(files: ContentFiles): string {
  const hash = createHash("sha256");
  // The lengths keep a text from running into the next name: no two trees hash the same bytes.
  for (const [name, text] of files) hash.update(`${name}\0${Buffer.byteLength(text)}\0`).update(text);
  return hash.digest("hex");
}

async function readTree(
  contentDir: string,
  path: string,
  files: Map<string, string>,
  findings: Finding[],
): Promise<void> {
  try {
    // stat, not the directory entry: mounted configuration is often a tree of symbolic links.
    if ((await stat(join(contentDir, path))).isDirectory()) {
      for (const name of (await readdir(join(contentDir, path))).toSorted())
        if (!isScratch(name)) await readTree(contentDir, `${path}/${name}`, files, findings);
      return;
    }
    const text = decode(await readFile(join(contentDir, path)));
    if (text === undefined)
      findings.push(error(startOf(path), "not-utf8", "not UTF-8: save the file as UTF-8"));
    else files.set(path, text);
  } catch (cause) {
    findings.push(error(startOf(path), "unreadable", reasonFor(cause, contentDir, path)));
  }
}

/** Hidden files, and what editors leave beside a file while it is being written. */
function isScratch(name: string): boolean {
  return name.startsWith(".") || name.endsWith("~") || /\.(swp|tmp)$/u.test(name);
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    return undefined;
  }
}

function reasonFor(cause: unknown, contentDir: string, path: string): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  const where = join(contentDir, path);
  if (code === "ENOENT")
    return `${where} does not exist: CONTENT_DIR must name the directory that holds intents/ and data/`;
  if (code === "EACCES") return `${where} may not be read: give the user who runs zhida the right to read it`;
  return `${where} can't be read (${code}): check the file system`;
}
