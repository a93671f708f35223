import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Checked, checkTranscript } from "../desk/transcript-check.ts";
import type { Flaw } from "../desk/transcript-seal.ts";
import type { Io } from "./io.ts";

const USAGE = `usage: zhida verify <file> [--key PUBLIC_KEY]
  Computes the hashes and the signature of an exported transcript (page or JSON) again. With --key it must also be
  signed with that key: ask whoever runs the bot for theirs, \`zhida export\` prints it.`;

const FLAWS: Readonly<Record<Exclude<Flaw, null>, string>> = {
  transcript:
    "what is in the record is not what was hashed. Which line was changed can't be told from the file",
  page: "the record in it is as it was hashed, but the page around it, which people read, was changed",
  signature:
    "the hashes are right, but not signed with the key that is named: whoever changed it hashed it again",
};

/** `zhida verify`: whether an exported transcript is as it was made. Returns the exit code: 0 only if it is. */
export async function verify(argv: readonly string[], io: Io): Promise<number> {
  const options = optionsOf(argv);
  if (typeof options === "string") {
    io.err(`${options}\n${USAGE}`);
    return 2;
  }
  const { path, key } = options;
  const content = await readFile(path, "utf8").catch((error: unknown) => {
    io.err(`${path} can't be read: ${error instanceof Error ? error.message : error}`);
    return undefined;
  });
  return content === undefined ? 1 : tell(path, checkTranscript(content), key, io);
}

function tell(path: string, checked: Checked, key: string | undefined, io: Io): number {
  if (checked.kind === "foreign") {
    io.err(`${path}: ${checked.why}`);
    return 1;
  }
  const { flaw, sha256, publicKey, exportedAt, lines, tickets } = checked;
  if (flaw !== null) {
    io.out(`altered  ${path}: ${FLAWS[flaw]}`);
    return 1;
  }
  if (key !== undefined && key !== publicKey) {
    io.out(
      `altered  ${path}: signed with ${publicKey}, not with ${key}: made, or made again, by somebody else`,
    );
    return 1;
  }
  io.out(`ok  ${path}: ${lines} lines and ${tickets} tickets as exported at ${exportedAt}`);
  io.out(`sha256 ${sha256}`);
  io.out(
    key === undefined
      ? `public key ${publicKey} (whose it is, this file can't prove: compare it with the operator's, or use --key)`
      : `public key ${publicKey}, the one you gave`,
  );
  return 0;
}

function optionsOf(argv: readonly string[]): { readonly path: string; readonly key?: string } | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { key: { type: "string" } },
    });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) return "name one file";
    return { path, ...(values.key === undefined ? {} : { key: values.key }) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
