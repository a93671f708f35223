import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { databaseOf, readConfig } from "../config.ts";
import { loadMind } from "../mind.ts";
import { openStore } from "../store/index.ts";
import { sealKey, transcriptFiles } from "../telegram/transcript.ts";
import type { Io } from "./io.ts";

const USAGE = `usage: zhida export --chat ID [--out folder]
  Writes a customer's transcript as a page and as JSON, as /export sends it. ID is their Telegram id, as the card in
  the staff group has it; the files go into the folder, or where you are.`;

/** `zhida export`: a customer's transcript from the store. Returns the exit code. */
export async function exportTranscript(argv: readonly string[], io: Io, now: number): Promise<number> {
  const options = optionsOf(argv);
  if (typeof options === "string") {
    io.err(`${options}\n${USAGE}`);
    return 2;
  }
  const { chat, out } = options;
  const config = readConfig(io.env);
  const mind = await loadMind(config.contentDir);
  const store = await openStore({ url: databaseOf(config) });
  try {
    const { record, key } = await store.transaction(async (tx) => ({
      record: await tx.customerRecord(chat),
      key: await sealKey(tx),
    }));
    if (record.lines.length === 0 && record.tickets.length === 0) {
      io.err(
        `nothing is stored of the customer ${chat}: check the id, and that DATABASE_URL is the bot's own`,
      );
      return 1;
    }
    const { page, json, sha256, publicKey } = transcriptFiles(record, { at: now, mind, key });
    await mkdir(out, { recursive: true });
    for (const { name, content } of [page, json]) {
      const path = join(out, name);
      await writeFile(path, content);
      io.out(path);
    }
    io.out(`sha256 ${sha256}`);
    io.out(`public key ${publicKey}`);
    return 0;
  } finally {
    await store.close();
  }
}

function optionsOf(argv: readonly string[]): { readonly chat: number; readonly out: string } | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { chat: { type: "string" }, out: { type: "string", default: "." } },
    });
    const { chat, out } = values;
    if (chat === undefined) return "--chat is missing";
    if (!/^\d{1,16}$/u.test(chat)) return `--chat ${chat} is no customer's id: it is a number like 123456789`;
    return { chat: Number(chat), out };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
