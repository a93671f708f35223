import type { PendingUpdate, WebhookSettings } from "./state.ts";
import type { Telegram } from "./telegram.ts";
import { forgetExpired, forgetUpdate } from "./updates.ts";

export interface WebhookTiming {
  /** First wait after a failure; it doubles up to `longestMs`. */
  retryMs: number;
  longestMs: number;
  answerWithinMs: number;
}

export const WEBHOOK_TIMING: WebhookTiming = { retryMs: 1_000, longestMs: 60_000, answerWithinMs: 60_000 };

export interface WebhookDelivery {
  kick(): void;
  stop(): void;
}

/** A method call in the answer to a webhook: https://core.telegram.org/bots/api#making-requests-when-getting-updates */
export type AnswerCall = (method: string, payload: Record<string, unknown>) => Promise<void>;

/**
 * Posts updates to the webhook: chats side by side, one chat strictly in order, so an update that fails
 * holds back its chat and no other. A 2xx confirms.
 */
export function createWebhookDelivery(
  tg: Telegram,
  timing: WebhookTiming,
  onAnswer: AnswerCall,
): WebhookDelivery {
  const busy = new Set<number>();
  const sleeping = new Set<NodeJS.Timeout>();
  let stopped = false;

  const kick = (): void => {
    const { webhook } = tg.world;
    if (stopped || !webhook) return;
    forgetExpired(tg);
    for (const pending of tg.world.queue) {
      if (busy.size >= webhook.maxConnections) return;
      if (busy.has(pending.lane)) continue;
      busy.add(pending.lane);
      void deliver(webhook, pending, timing.retryMs);
    }
  };

  const free = (lane: number): void => {
    busy.delete(lane);
    kick();
  };

  const deliver = async (webhook: WebhookSettings, pending: PendingUpdate, waitMs: number): Promise<void> => {
    if (stopped) return;
    // The settings object is replaced by setWebhook and deleteWebhook: deliver only to the current one.
    if (tg.world.webhook !== webhook || !tg.world.queue.includes(pending)) return free(pending.lane);
    const failure = await post(webhook, pending);
    if (stopped) return;
    if (failure === null) {
      forgetUpdate(tg, pending.update.update_id);
      return free(pending.lane);
    }
    webhook.lastErrorAt = tg.now();
    webhook.lastError = failure;
    tg.dirty();
    const timer = setTimeout(() => {
      sleeping.delete(timer);
      void deliver(webhook, pending, Math.min(waitMs * 2, timing.longestMs));
    }, waitMs);
    sleeping.add(timer);
  };

  const post = async (webhook: WebhookSettings, { update }: PendingUpdate): Promise<string | null> => {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (webhook.secret) headers["x-telegram-bot-api-secret-token"] = webhook.secret;
    try {
      const response = await fetch(webhook.url, {
        method: "POST",
        headers,
        body: JSON.stringify(update),
        signal: AbortSignal.timeout(timing.answerWithinMs),
        redirect: "manual",
      });
      const text = await response.text();
      if (!response.ok) return `Wrong response from the webhook: ${response.status} ${response.statusText}`;
      await runAnswer(text);
      return null;
    } catch (error) {
      return error instanceof Error && error.name === "TimeoutError"
        ? "Read timeout expired"
        : "Connection refused";
    }
  };

  const runAnswer = async (text: string): Promise<void> => {
    const call = parseAnswer(text);
    if (call) await onAnswer(call.method, call.payload);
  };

  return {
    kick,
    stop() {
      stopped = true;
      for (const timer of sleeping) clearTimeout(timer);
    },
  };
}

function parseAnswer(text: string): { method: string; payload: Record<string, unknown> } | null {
  if (!text.startsWith("{")) return null;
  try {
    const { method, ...payload } = JSON.parse(text) as Record<string, unknown>;
    return typeof method === "string" ? { method, payload } : null;
  } catch {
    // Telegram ignores a body that isn't a call.
    return null;
  }
}

/** Only this machine: nothing a playground holds may leave it. */
export function isLocalUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
