import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { databaseOf, readConfig } from "../config.ts";
import { isoIn } from "../desk/iso.ts";
import { DAY_MS, MONTH_DAYS } from "../desk/service.ts";
import { waitInWords } from "../dialogue/general/span.ts";
import type { Mind } from "../dialogue/mind.ts";
import { STAFF_LANG } from "../dialogue/turn.ts";
import { loadMind } from "../mind.ts";
import { reportOf } from "../report/figures.ts";
import { reportPage } from "../report/page.ts";
import { reportLines } from "../report/text.ts";
import type { ReportWords } from "../report/words.ts";
import { openStore } from "../store/index.ts";
import { pathOf } from "../store/sqlite.ts";
import type { Io } from "./io.ts";

const USAGE = `usage: zhida report [--out file.html]
  How people were served in the last 7 and 30 days, from the database of the bot (DATABASE_URL).
  --out  writes a page that prints, instead of text`;

/** `zhida report`: the desk's figures, with nobody's name or words in them. Returns the exit code. */
export async function report(argv: readonly string[], io: Io, at: number): Promise<number> {
  const options = optionsOf(argv);
  if (typeof options === "string") {
    io.err(`${options}\n${USAGE}`);
    return 2;
  }
  const { out } = options;
  const config = readConfig(io.env);
  const url = databaseOf(config);
  // Opening it would make an empty one.
  if (url.startsWith("file:") && !existsSync(pathOf(url))) {
    io.err(`there is no database at ${url} yet: start the bot first, or set DATABASE_URL to the bot's`);
    return 1;
  }
  const mind = await loadMind(config.contentDir);
  const store = await openStore({ url });
  try {
    const record = await store.transaction((tx) => tx.deskRecord(at - MONTH_DAYS * DAY_MS));
    const figures = reportOf(record, at, mind.knowledge.business.agents);
    if (out === undefined) for (const line of reportLines(figures, wordsOf(mind))) io.out(line);
    else {
      await writeFile(out, reportPage(figures, wordsOf(mind)));
      io.out(out);
    }
    return 0;
  } finally {
    await store.close();
  }
}

function optionsOf(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: { out: { type: "string" } } }).values;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/** The desk's own language, like everything else that those who run it read. */
function wordsOf({ knowledge, say }: Mind): ReportWords {
  const words = say(STAFF_LANG);
  const { timeZone } = knowledge.business.agents;
  return {
    lang: STAFF_LANG,
    say: words,
    service: knowledge.business.brand[STAFF_LANG],
    duration: (ms) => waitInWords(ms, words),
    moment: (at) => isoIn(timeZone)(at).slice(0, "2026-11-23T12:00".length).replace("T", " "),
    title: (intent) => knowledge.intents.get(intent)?.title[STAFF_LANG] ?? intent,
  };
}
