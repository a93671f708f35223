import type { Message, Update } from "grammy/types";
import { type ApiError, conflict } from "./errors.ts";
import type { GroupChat } from "./state.ts";
import type { Telegram } from "./telegram.ts";

/** Telegram forgets what nobody fetched for a day: https://core.telegram.org/bots/api#getting-updates */
const KEPT_FOR_MS = 24 * 3600 * 1000;
const LONGEST_POLL_S = 50;

/** Kinds a bot gets only when it names them: https://core.telegram.org/bots/api#getupdates */
const ON_REQUEST_ONLY = new Set(["chat_member", "message_reaction", "message_reaction_count"]);

export type UpdateBody = Omit<Update, "update_id">;

function isAllowed(tg: Telegram, kind: string): boolean {
  const { allowedUpdates } = tg.world;
  return allowedUpdates ? allowedUpdates.includes(kind) : !ON_REQUEST_ONLY.has(kind);
}

/** Queues an update for the bot, if it asked for this kind. `lane` is the chat. */
export function queueUpdate(tg: Telegram, lane: number, body: UpdateBody): void {
  const kind = Object.keys(body)[0];
  if (kind === undefined || !isAllowed(tg, kind)) return;
  tg.world.counters.update += 1;
  const update: Update = { update_id: tg.world.counters.update, ...structuredClone(body) };
  tg.world.queue.push({ update, lane, at: tg.now() });
  tg.dirty();
  tg.poll?.wake();
  tg.kickWebhook();
}

/** Whether the bot may read this message of a group: https://core.telegram.org/bots/features#privacy-mode */
export function botMayRead(tg: Telegram, group: GroupChat, message: Message): boolean {
  const { bot } = tg.world;
  const status = group.members[bot.id]?.status ?? "left";
  if (status === "left" || status === "kicked") return false;
  if (bot.can_read_all_group_messages || status === "administrator" || status === "creator") return true;
  if (isService(message)) return true;
  if (message.reply_to_message?.from?.id === bot.id) return true;
  const text = message.text ?? message.caption ?? "";
  const command = /^\/\w+(?:@(\w+))?/.exec(text);
  if (!command) return false;
  return command[1] === undefined || command[1].toLowerCase() === bot.username.toLowerCase();
}

function isService(message: Message): boolean {
  return (
    message.new_chat_members !== undefined ||
    message.left_chat_member !== undefined ||
    message.pinned_message !== undefined ||
    message.migrate_to_chat_id !== undefined ||
    message.migrate_from_chat_id !== undefined ||
    message.forum_topic_created !== undefined ||
    message.forum_topic_edited !== undefined ||
    message.forum_topic_closed !== undefined ||
    message.forum_topic_reopened !== undefined
  );
}

function forget(tg: Telegram, keep: (id: number, at: number) => boolean): void {
  const before = tg.world.queue.length;
  tg.world.queue = tg.world.queue.filter(({ update, at }) => keep(update.update_id, at));
  if (tg.world.queue.length !== before) tg.dirty();
}

/** Drops what is too old to be delivered. */
export function forgetExpired(tg: Telegram): void {
  const oldest = tg.now() - KEPT_FOR_MS;
  forget(tg, (_, at) => at >= oldest);
}

/** Removes one delivered update (webhook). */
export function forgetUpdate(tg: Telegram, id: number): void {
  forget(tg, (other) => other !== id);
}

export function dropPending(tg: Telegram): void {
  tg.world.queue = [];
  tg.dirty();
}

/** Empty lists mean the default kinds; absent keeps what was set before. */
export function setAllowedUpdates(tg: Telegram, allowed: string[] | undefined): void {
  if (allowed === undefined) return;
  tg.world.allowedUpdates = allowed.length === 0 ? null : allowed;
  tg.dirty();
}

/** Ends a waiting long poll, as Telegram does when another request takes its place. */
export function endPoll(tg: Telegram, error: ApiError): void {
  tg.poll?.fail(error);
}

export interface PollRequest {
  offset?: number | undefined;
  limit?: number | undefined;
  timeout?: number | undefined;
  allowed_updates?: string[] | undefined;
}

/**
 * getUpdates: an offset confirms everything below it; a negative one keeps only the last ones. With a
 * timeout it waits. A second request ends the first with 409. `signal` is the client going away.
 */
export async function pollUpdates(
  tg: Telegram,
  request: PollRequest,
  signal: AbortSignal,
): Promise<Update[]> {
  if (tg.world.webhook) {
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  endPoll(
    tg,
    conflict("terminated by other getUpdates request; make sure that only one bot instance is running"),
  );
  setAllowedUpdates(tg, request.allowed_updates);
  const limit = Math.min(Math.max(request.limit ?? 100, 1), 100);
  const timeoutS = Math.min(Math.max(request.timeout ?? 0, 0), LONGEST_POLL_S);
  confirm(tg, request.offset ?? 0);
  if (timeoutS > 0 && nextBatch(tg, limit).length === 0) await waitForUpdates(tg, timeoutS * 1000, signal);
  return nextBatch(tg, limit);
}

function confirm(tg: Telegram, offset: number): void {
  forgetExpired(tg);
  const { queue } = tg.world;
  const floor = offset < 0 ? (queue.at(Math.max(offset, -queue.length))?.update.update_id ?? 0) : offset;
  forget(tg, (id) => id >= floor);
}

const nextBatch = (tg: Telegram, limit: number): Update[] =>
  tg.world.queue.slice(0, limit).map(({ update }) => update);

function waitForUpdates(tg: Telegram, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", poll.wake);
      if (tg.poll === poll) tg.poll = null;
      finish();
    };
    const poll = { wake: () => settle(resolve), fail: (error: ApiError) => settle(() => reject(error)) };
    const timer = setTimeout(poll.wake, ms);
    if (signal.aborted) return settle(resolve);
    signal.addEventListener("abort", poll.wake);
    tg.poll = poll;
  });
}
