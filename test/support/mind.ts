import { fileURLToPath } from "node:url";
import type { Mind } from "../../src/dialogue/mind.ts";
import { loadMind } from "../../src/mind.ts";

let loaded: Promise<Mind> | undefined;

/** The real content, read once a test file. */
export function realMind(): Promise<Mind> {
  loaded ??= loadMind(fileURLToPath(new URL("../..", import.meta.url)));
  return loaded;
}
