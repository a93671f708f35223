import { z } from "zod";
import type { Telegram } from "./telegram.ts";

const what = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("error"),
    code: z.number().int(),
    description: z.string(),
    parameters: z.record(z.string(), z.number()).optional(),
  }),
  z.object({ kind: z.literal("retryAfter"), seconds: z.number().int().positive() }),
  z.object({ kind: z.literal("blocked") }),
  z.object({ kind: z.literal("threadNotFound") }),
  z.object({ kind: z.literal("migrated"), to: z.number().int() }),
  z.object({ kind: z.literal("serverError") }),
  z.object({ kind: z.literal("badGateway") }),
  z.object({ kind: z.literal("dropBefore") }),
  z.object({ kind: z.literal("dropAfter") }),
  /** Neither carried out nor answered before it is released. */
  z.object({ kind: z.literal("hold") }),
]);

/** A fault on demand, as tests order it. */
export const faultOrder = z.object({
  /** A method's name, or `*` for all but getUpdates, so that a general fault doesn't stop the polling. */
  method: z.string(),
  /** How many calls it hits. */
  times: z.union([z.number().int().positive(), z.literal("always")]).default(1),
  /** How many calls pass before it starts. */
  after: z.number().int().nonnegative().default(0),
  /** Only calls whose payload has this chat_id. */
  chat: z.number().int().optional(),
  fault: what,
});

export type FaultOrder = z.input<typeof faultOrder>;
export type FaultKind = z.output<typeof what>;

export interface Fault {
  method: string;
  left: number;
  after: number;
  chat: number | undefined;
  fault: FaultKind;
}

export function addFault(tg: Telegram, order: z.output<typeof faultOrder>): void {
  tg.faults.push({
    method: order.method.toLowerCase(),
    left: order.times === "always" ? Number.POSITIVE_INFINITY : order.times,
    after: order.after,
    chat: order.chat,
    fault: order.fault,
  });
}

/** The fault that hits this call, if any; it's used up once more by asking. */
export function takeFault(tg: Telegram, method: string, payload: Record<string, unknown>): FaultKind | null {
  const name = method.toLowerCase();
  for (const fault of tg.faults) {
    if (fault.method !== name && !(fault.method === "*" && name !== "getupdates")) continue;
    if (fault.chat !== undefined && Number(payload.chat_id) !== fault.chat) continue;
    if (fault.after > 0) {
      fault.after -= 1;
      continue;
    }
    fault.left -= 1;
    if (fault.left <= 0) tg.faults = tg.faults.filter((other) => other !== fault);
    return fault.fault;
  }
  return null;
}

/** Holds a call back until it is released; `gone` where its caller didn't wait so long. */
export function hold(tg: Telegram, caller: AbortSignal): Promise<"released" | "gone"> {
  return new Promise((resolve) => {
    const end = (how: "released" | "gone") => () => {
      tg.held.delete(letGo);
      caller.removeEventListener("abort", leave);
      resolve(how);
    };
    const [letGo, leave] = [end("released"), end("gone")];
    tg.held.add(letGo);
    caller.addEventListener("abort", leave);
    if (caller.aborted) leave();
  });
}

/** Lets the calls go that a fault holds. */
export function release(tg: Telegram): void {
  for (const letGo of [...tg.held]) letGo();
}

/** Ends all faults, and with them what they hold. */
export function clearFaults(tg: Telegram): void {
  tg.faults = [];
  release(tg);
}
