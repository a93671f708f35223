/** Telegram's limits on sending: about 30 a second in all, 1 a second to a private chat, 20 a minute to a group. */
const OVERALL_PER_SECOND = 30;
const PRIVATE_EVERY_MS = 1000;
const GROUP_PER_MINUTE = 20;

export interface Limiter {
  /** Epoch ms from which a message to this chat may be sent; at most `now` when it may be at once. */
  readyAt(chatId: number, now: number): number;
  spend(chatId: number, now: number): void;
  /** Telegram asked for silence: nothing to this chat before `until`. */
  pause(chatId: number, until: number): void;
}

/** Keeps sending within Telegram's limits, in memory: after a restart Telegram's own 429 corrects it. */
export function createLimiter(): Limiter {
  let overall: number[] = [];
  const spent = new Map<number, number[]>();
  const paused = new Map<number, number>();

  const within = (times: readonly number[], windowMs: number, now: number) =>
    times.filter((at) => at > now - windowMs);

  return {
    readyAt(chatId, now) {
      const ready = [paused.get(chatId) ?? 0];
      const recent = within(overall, 1000, now);
      if (recent.length >= OVERALL_PER_SECOND) ready.push((recent[0] ?? now) + 1000);
      const times = spent.get(chatId) ?? [];
      if (chatId > 0) ready.push((times.at(-1) ?? -PRIVATE_EVERY_MS) + PRIVATE_EVERY_MS);
      else if (times.length >= GROUP_PER_MINUTE) ready.push((times.at(-GROUP_PER_MINUTE) ?? 0) + 60_000);
      return Math.max(...ready);
    },
    spend(chatId, now) {
      overall = [...within(overall, 1000, now), now];
      const times = [...within(spent.get(chatId) ?? [], 60_000, now), now];
      spent.set(chatId, times);
      if (spent.size > 10_000)
        for (const [id, at] of spent) if ((at.at(-1) ?? 0) < now - 60_000) spent.delete(id);
    },
    pause(chatId, until) {
      paused.set(chatId, Math.max(until, paused.get(chatId) ?? 0));
    },
  };
}
