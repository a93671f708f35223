import { GrammyError, HttpError } from "grammy";

/** What a failed call means and what to do about it. */
export type Failure =
  /** Telegram asks for silence; nothing was wrong with the message. */
  | { readonly kind: "later"; readonly retryAfterMs: number }
  /** The network or Telegram itself failed: it may have arrived, and is sent again. Better twice than never. */
  | { readonly kind: "again" }
  /** What was asked for is so already, or its time is over: as good as done. */
  | { readonly kind: "moot" }
  | { readonly kind: "topic_gone" }
  | { readonly kind: "topic_closed" }
  | { readonly kind: "migrated"; readonly to: number }
  /** The other end can't be reached at all now: a customer who blocked the bot, a group that put it out. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** The token is no longer good. */
  | { readonly kind: "unauthorized" }
  /** Telegram will never accept this one. */
  | { readonly kind: "refused"; readonly reason: string };

const TOPIC_GONE = /message thread not found|TOPIC_DELETED|TOPIC_ID_INVALID/iu;
const TOPIC_CLOSED = /TOPIC_CLOSED/iu;
const MOOT =
  /message is not modified|TOPIC_NOT_MODIFIED|query is too old|QUERY_ID_INVALID|message to (edit|delete) not found|message can't be edited|REACTION_INVALID|message to react not found/iu;
const UNREACHABLE =
  /chat not found|not enough rights|CHAT_WRITE_FORBIDDEN|have no rights to send|CHAT_ADMIN_REQUIRED|group chat was deactivated|the chat is not a forum|PEER_ID_INVALID|bot is not a member|need administrator rights/iu;

/** Reads a Bot API failure by its code and, where codes are shared, by Telegram's wording. */
export function readFailure(error: unknown): Failure {
  if (error instanceof HttpError) return { kind: "again" };
  if (!(error instanceof GrammyError)) throw error;
  const { error_code: code, description, parameters } = error;
  if (code === 429) return { kind: "later", retryAfterMs: (parameters.retry_after ?? 1) * 1000 };
  if (code >= 500) return { kind: "again" };
  if (code === 401) return { kind: "unauthorized" };
  if (parameters.migrate_to_chat_id !== undefined)
    return { kind: "migrated", to: parameters.migrate_to_chat_id };
  if (code === 403) return { kind: "unreachable", reason: description };
  if (TOPIC_GONE.test(description)) return { kind: "topic_gone" };
  if (TOPIC_CLOSED.test(description)) return { kind: "topic_closed" };
  if (MOOT.test(description)) return { kind: "moot" };
  if (UNREACHABLE.test(description)) return { kind: "unreachable", reason: description };
  return { kind: "refused", reason: description };
}

/** Longest pause between two tries, ms. */
const LONGEST = 300_000;

/** 1 s, 2 s, 4 s … five minutes. */
export function backoffMs(attempts: number): number {
  return Math.min(LONGEST, 1000 * 2 ** Math.min(attempts, 10));
}
