import type { Ticket } from "./types.ts";

/** A customer is told of their place at most this often, ms. */
export const POSITION_EVERY_MS = 60_000;

/**
 * Whether a move in the queue is worth a message: to the front, or at least halfway there since the last word.
 * From 500 it takes eight messages, so a busy hour doesn't become a flood of them.
 */
export function movedMaterially(told: number, now: number): boolean {
  return now < told && (now === 1 || now * 2 <= told);
}

/** Whoever waits behind this customer has moved up. */
export function leftQueue(before: Ticket | null, after: Ticket | null): boolean {
  return before?.status === "waiting" && after?.status !== "waiting";
}
