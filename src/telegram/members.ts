import type { Api } from "grammy";
import type { Logger } from "pino";

/** How long an answer of Telegram's is good for, ms. */
const GOOD_FOR_MS = 600_000;
/** Nothing waits longer than this for the answer; while Telegram says nothing, the group's own door is trusted. */
const WAIT_MS = 2_000;
const TRUST_FOR_MS = 10_000;

/** Who is in a staff group. In a public one anybody can press its buttons. */
export interface Members {
  /** Undefined: not known now; `look` finds out. */
  standing(chatId: number, userId: number): "member" | "stranger" | undefined;
  look(chatId: number, userId: number): Promise<void>;
}

/** Raised within a transaction, where Telegram can't be asked. */
export class MembershipUnknown extends Error {
  override readonly name = "MembershipUnknown";
  readonly chatId: number;
  readonly userId: number;
  constructor(chatId: number, userId: number) {
    super(`whether ${userId} is in ${chatId} isn't known`);
    this.chatId = chatId;
    this.userId = userId;
  }
}

export function createMembers(rooms: { api: Api; log: Logger; now: () => number }): Members {
  const { api, log, now } = rooms;
  const known = new Map<string, { readonly standing: "member" | "stranger"; readonly until: number }>();
  const keyOf = (chatId: number, userId: number) => `${chatId}:${userId}`;

  async function ask(chatId: number, userId: number): Promise<"member" | "stranger"> {
    const { status } = await api.getChatMember(chatId, userId, AbortSignal.timeout(WAIT_MS) as never);
    return status === "left" || status === "kicked" ? "stranger" : "member";
  }

  return {
    standing(chatId, userId) {
      const entry = known.get(keyOf(chatId, userId));
      return entry !== undefined && entry.until > now() ? entry.standing : undefined;
    },
    async look(chatId, userId) {
      for (const [key, { until }] of known) if (until <= now()) known.delete(key);
      try {
        const standing = await ask(chatId, userId);
        known.set(keyOf(chatId, userId), { standing, until: now() + GOOD_FOR_MS });
      } catch (error) {
        log.warn({ err: error, chatId, userId }, "who pressed a button couldn't be checked");
        known.set(keyOf(chatId, userId), { standing: "member", until: now() + TRUST_FOR_MS });
      }
    },
  };
}
