import type { ApiError } from "./errors.ts";
import type { Fault } from "./faults.ts";
import type { FileBytes } from "./files.ts";
import type { RateLimits } from "./limits.ts";
import type { CallbackState, Stored, World } from "./state.ts";

/** What the page and waiting tests are told. `seq` grows by one with each change. */
export type Change =
  | { kind: "message"; seq: number; chatId: number; stored: Stored }
  | { kind: "gone"; seq: number; chatId: number; messageIds: number[] }
  | { kind: "chat"; seq: number; chatId: number }
  | { kind: "typing"; seq: number; chatId: number; threadId: number | null; action: string }
  | { kind: "answer"; seq: number; callback: CallbackState }
  | { kind: "people"; seq: number }
  | { kind: "commands"; seq: number };

type Unnumbered<C> = C extends Change ? Omit<C, "seq"> : never;

/** One request to the Bot API, kept for tests and for the curious. Never holds the token. */
export interface CallRecord {
  id: number;
  at: number;
  method: string;
  payload: Record<string, unknown>;
  outcome:
    | { kind: "ok"; result: unknown }
    | { kind: "error"; code: number; description: string }
    | { kind: "dropped"; applied: "applied" | "not applied" }
    | { kind: "pending" };
}

/** A long poll that is waiting for updates. */
interface Poll {
  wake(): void;
  fail(error: ApiError): void;
}

/** The running local Telegram: the world, and what isn't worth keeping across a restart. */
export interface Telegram {
  world: World;
  now(): number;
  bytes: FileBytes;
  closedTopics: "bot-refused" | "admins-write";
  rateLimits: RateLimits | null;
  /** Times of messages sent, by chat id; `0` stands for all chats together. */
  sentAt: Map<number, number[]>;
  faults: Fault[];
  /** Lets each call go that a fault holds. */
  held: Set<() => void>;
  calls: CallRecord[];
  callCounts: Record<string, number>;
  poll: Poll | null;
  listeners: Set<(change: Change) => void>;
  /** Called when an update was queued or the webhook changed. */
  kickWebhook(): void;
  /** Called after each change of the world; the owner decides when to write it down. */
  dirty(): void;
}

/** Numbers a change and tells everyone who listens. Returns its sequence number. */
export function announce(tg: Telegram, change: Unnumbered<Change>): number {
  tg.world.counters.seq += 1;
  const seq = tg.world.counters.seq;
  const numbered: Change = { ...change, seq };
  if (numbered.kind === "message") numbered.stored.seq = seq;
  tg.dirty();
  for (const listener of [...tg.listeners]) listener(numbered);
  return seq;
}
