import type { Say } from "../strings.ts";

const MINUTE_MS = 60_000;

/** How long something took, as finely as people care: 45 s, 12 min, 3 h 5 min. */
export function inWords(ms: number, say: Say): string {
  if (ms < MINUTE_MS) return say("general.span.s", { seconds: Math.max(0, Math.round(ms / 1000)) });
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 60) return say("general.span.m", { minutes });
  return say("general.span.h", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
