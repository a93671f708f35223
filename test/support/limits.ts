import type { Limiter } from "../../src/telegram/limiter.ts";

/** A Telegram without limits, to measure everything else. */
export const UNLIMITED: Limiter = {
  readyAt: () => 0,
  left: () => 20,
  busy: () => ({ chats: [], until: Number.POSITIVE_INFINITY }),
  overallAt: () => 0,
  spend: () => {},
  pause: () => {},
  resume: () => {},
};
