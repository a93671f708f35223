import type { Say } from "../strings.ts";

const MINUTE_MS = 60_000;

/** How long something took, as finely as people care: 45 s, 12 min, 3 h 5 min. */
export function inWords(ms: number, say: Say): string {
  if (ms < MINUTE_MS) return say("general.span.s", { seconds: Math.max(0, Math.round(ms / 1000)) });
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 60) return say("general.span.m", { minutes });
  return say("general.span.h", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** Below this, seconds still matter to who waits, ms. */
const FINE_MS = 10 * MINUTE_MS;

/** How long somebody waited, never made shorter than it was: 45 s, 1 min 32 s, 12 min. */
export function waitInWords(ms: number, say: Say): string {
  const fine = Math.ceil(ms / 1000) * 1000;
  if (fine >= FINE_MS) return inWords(Math.ceil(ms / MINUTE_MS) * MINUTE_MS, say);
  const seconds = (fine % MINUTE_MS) / 1000;
  if (fine < MINUTE_MS || seconds === 0) return inWords(fine, say);
  return say("general.span.ms", { minutes: Math.floor(fine / MINUTE_MS), seconds });
}
