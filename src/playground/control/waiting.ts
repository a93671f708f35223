import type { Message } from "grammy/types";
import type { Stored } from "../state.ts";
import { visibleText } from "./acts.ts";
import type { Link, Pattern } from "./control.ts";

/** A message of a transcript, with the sequence number of its last change and its reactions. */
export type Seen = Stored;

/** Only a test that fails waits so long, and a machine with much else to do is slow. */
const PATIENCE_MS = 180_000;

/** Tries now and after every change of the world, until it succeeds or time is up. */
export async function poll<T>(
  link: Link,
  attempt: () => Promise<T | null | undefined | false>,
  what: string | (() => Promise<string>),
  timeoutMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const seq = await link.changed(-1, 0);
    const result = await attempt();
    if (result !== null && result !== undefined && result !== false) return result;
    const left = deadline - Date.now();
    if (left <= 0) break;
    // Also look again without a change: what's awaited may be outside the world, such as a store.
    await link.changed(seq, Math.min(left, 100));
  }
  throw new Error(`waited ${timeoutMs} ms in vain for ${typeof what === "string" ? what : await what()}`);
}

interface Place {
  chat: number | "staff";
  topic: number | null;
  except: number;
  since: number;
}

const fits = (pattern: Pattern, message: Message): boolean => {
  if (typeof pattern === "function") return pattern(message);
  const text = visibleText(message);
  return typeof pattern === "string" ? text.includes(pattern) : pattern.test(text);
};

/** Waits for someone else's message, changed after `since`, that fits. */
export async function sees(link: Link, place: Place, pattern: Pattern, timeoutMs?: number): Promise<Message> {
  const { chat, topic } = place;
  const attempt = async () => {
    const all = await link.call("transcript", { chat, topic });
    return all.find(
      ({ message, seq }) => seq > place.since && message.from?.id !== place.except && fits(pattern, message),
    )?.message;
  };
  const what = async () => {
    const all = await link.call("transcript", { chat, topic });
    const lines = all.slice(-12).map(({ message, seq }) => {
      const old = seq > place.since ? " " : "·";
      return `  ${old} ${message.from?.first_name ?? "?"}: ${visibleText(message).replaceAll("\n", " ⏎ ")}`;
    });
    return `${pattern} in ${chat}${topic === null ? "" : ` topic ${topic}`}; the last messages (· = from before):\n${lines.join("\n")}`;
  };
  return poll(link, attempt, what, timeoutMs);
}
