import { tooManyRequests } from "./errors.ts";
import type { Telegram } from "./telegram.ts";

/** Telegram's published sending limits: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits */
export interface RateLimits {
  overallPerSecond: number;
  perPrivateChatPerSecond: number;
  perGroupPerMinute: number;
}

export const TELEGRAM_RATE_LIMITS: RateLimits = {
  overallPerSecond: 30,
  perPrivateChatPerSecond: 1,
  perGroupPerMinute: 20,
};

const MINUTE_MS = 60_000;
/** All chats together are counted under an id that no chat has. */
const ALL_CHATS = 0;

/** Counts `messages` sent to a chat, or refuses with 429 and the seconds until one more fits. */
export function spendSending(tg: Telegram, chatId: number, messages: number): void {
  const { rateLimits } = tg;
  if (!rateLimits) return;
  const now = tg.now();
  const windows: [number, number, number][] = [
    [ALL_CHATS, rateLimits.overallPerSecond, 1_000],
    chatId < 0
      ? [chatId, rateLimits.perGroupPerMinute, MINUTE_MS]
      : [chatId, rateLimits.perPrivateChatPerSecond, 1_000],
  ];
  for (const [key, limit, windowMs] of windows) {
    const recent = (tg.sentAt.get(key) ?? []).filter((at) => at > now - windowMs);
    tg.sentAt.set(key, recent);
    const oldest = recent.at(-limit);
    if (oldest !== undefined)
      throw tooManyRequests(Math.max(1, Math.ceil((oldest + windowMs - now) / 1_000)));
  }
  for (const [key] of windows) tg.sentAt.get(key)?.push(...Array<number>(messages).fill(now));
}
