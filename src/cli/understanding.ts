import { freshSnapshot } from "../dialogue/after.ts";
import { decide } from "../dialogue/decide.ts";
import type { DeskPolicy } from "../dialogue/mind.ts";
import { loadMind } from "../mind.ts";
import { eventOf } from "./terminal.ts";

/** The whole product's understanding of a fresh message: the intent that it would act on. */
export async function understanding(contentDir: string): Promise<(text: string) => string> {
  const mind = await loadMind(contentDir);
  const policy: DeskPolicy = { firstReplyMs: 180_000, escalateEveryMs: 180_000, onCall: [], staff: "ready" };
  return (text) => decide(freshSnapshot(), eventOf(text), 0, mind, policy).reading?.intent ?? "oos";
}
