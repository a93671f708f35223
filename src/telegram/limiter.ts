/** Telegram's limits on sending: about 30 a second in all, 1 a second to a private chat, 20 a minute to a group. */
const OVERALL_PER_SECOND = 30;
const PRIVATE_EVERY_MS = 1000;
const GROUP_PER_MINUTE = 20;
const MINUTE_MS = 60_000;
/** Chats remembered before those that may be written to again are forgotten. */
const REMEMBERED = 1000;

export interface Limiter {
  /**
   * Epoch ms from which `messages` may be sent to this chat; at most `now` when they may be at once. More than a
   * window holds are never waited for: the window must be empty, and Telegram says the rest.
   */
  readyAt(chatId: number, now: number, messages?: number): number;
  /** Messages that a group still takes within this minute. */
  left(chatId: number, now: number): number;
  /** Chats that take nothing now, and when the first of them, or the bot as a whole, takes something again. */
  busy(now: number): { readonly chats: readonly number[]; readonly until: number };
  /** When the bot may send anything at all. */
  overallAt(now: number): number;
  spend(chatId: number, now: number, messages?: number): void;
  /** Telegram asked for silence: nothing to this chat before `until`. */
  pause(chatId: number, until: number): void;
  /** The chat is well again: no more waiting than Telegram's limits ask for. */
  resume(chatId: number): void;
}

/** Keeps sending within Telegram's limits, in memory: after a restart Telegram's own 429 corrects it. */
export function createLimiter(): Limiter {
  let overall: number[] = [];
  const spent = new Map<number, number[]>();
  const paused = new Map<number, number>();

  const within = (times: readonly number[], windowMs: number, now: number) =>
    times.filter((at) => at > now - windowMs);

  const overallAt = (now: number): number => {
    const recent = within(overall, 1000, now);
    return recent.length < OVERALL_PER_SECOND ? 0 : (recent.at(-OVERALL_PER_SECOND) ?? now) + 1000;
  };

  const chatAt = (chatId: number, now: number, messages: number): number => {
    const pause = paused.get(chatId) ?? 0;
    const times = spent.get(chatId) ?? [];
    if (chatId > 0) return Math.max(pause, (times.at(-1) ?? -PRIVATE_EVERY_MS) + PRIVATE_EVERY_MS);
    const recent = within(times, MINUTE_MS, now);
    const over = recent.length + Math.min(messages, GROUP_PER_MINUTE) - GROUP_PER_MINUTE;
    return over <= 0 ? pause : Math.max(pause, (recent[over - 1] ?? now) + MINUTE_MS);
  };

  const forgetOld = (now: number) => {
    for (const [id, times] of spent) if ((times.at(-1) ?? 0) <= now - MINUTE_MS) spent.delete(id);
    for (const [id, until] of paused) if (until <= now) paused.delete(id);
  };

  return {
    overallAt,
    readyAt: (chatId, now, messages = 1) => Math.max(overallAt(now), chatAt(chatId, now, messages)),
    left: (chatId, now) => GROUP_PER_MINUTE - within(spent.get(chatId) ?? [], MINUTE_MS, now).length,
    busy(now) {
      const chats: number[] = [];
      let until = overallAt(now) > now ? overallAt(now) : Number.POSITIVE_INFINITY;
      for (const chatId of new Set([...spent.keys(), ...paused.keys()])) {
        const at = chatAt(chatId, now, 1);
        if (at <= now) continue;
        chats.push(chatId);
        until = Math.min(until, at);
      }
      return { chats, until };
    },
    spend(chatId, now, messages = 1) {
      const each = Array<number>(messages).fill(now);
      overall = [...within(overall, 1000, now), ...each];
      // A private chat is written to once a second: only its last message counts.
      spent.set(chatId, chatId > 0 ? [now] : [...within(spent.get(chatId) ?? [], MINUTE_MS, now), ...each]);
      if (spent.size > REMEMBERED) forgetOld(now);
    },
    pause(chatId, until) {
      paused.set(chatId, Math.max(until, paused.get(chatId) ?? 0));
    },
    resume(chatId) {
      paused.delete(chatId);
    },
  };
}
