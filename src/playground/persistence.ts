import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { World } from "./state.ts";

const WRITE_AFTER_MS = 50;

/** Only the frame is checked: the file is ours, and an edited one is its editor's doing. */
const frame = z.looseObject({
  version: z.literal(1),
  chats: z.record(z.string(), z.looseObject({ kind: z.string() })),
  counters: z.looseObject({ seq: z.number() }),
});

export function readWorld(file: string): World | null {
  if (!existsSync(file)) return null;
  const parsed = frame.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) throw new Error(`${file} isn't a playground's world: ${parsed.error.message}`);
  return parsed.data as unknown as World;
}

export interface WorldFile {
  /** Writes soon, many changes at once. */
  touch(): void;
  /** Writes now. */
  flush(): void;
}

/** Keeps the world in a JSON file, replaced whole, so that a crash leaves the old or the new one. */
export function keepWorld(file: string, world: World): WorldFile {
  let timer: NodeJS.Timeout | null = null;
  mkdirSync(dirname(file), { recursive: true });
  const write = () => {
    timer = null;
    writeFileSync(`${file}.new`, JSON.stringify(world));
    renameSync(`${file}.new`, file);
  };
  return {
    touch() {
      timer ??= setTimeout(write, WRITE_AFTER_MS);
    },
    flush() {
      if (timer) clearTimeout(timer);
      write();
    },
  };
}
