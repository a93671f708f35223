import type { TicketNumber } from "../../desk/types.ts";
import type { MessageRef } from "../types.ts";

/** What a technician needs to know, in the order it is asked for. Every step can be skipped. */
export const REPAIR_STEPS = ["place", "problem", "model", "photos", "contact"] as const;
export type RepairStep = (typeof REPAIR_STEPS)[number];

/** `register`: that's all, open the ticket. `edit`: put this step right. `stop`: no request after all. */
export const REPAIR_ACTS = ["start", "skip", "register", "edit", "stop"] as const;
export type RepairAct = (typeof REPAIR_ACTS)[number];

/** A repair as far as it was told; kept in the conversation, and shown on the card of its ticket. */
export interface RepairRequest {
  /** Epoch ms. */
  readonly startedAt: number;
  /** It won't open: whose it is will be checked on site. */
  readonly lockedOut: boolean;
  /** `offered`: an answer has named the possibility. `asking`: the customer is in it. `made`: all has been said. */
  readonly stage: "offered" | "asking" | "made";
  /** What is asked now. */
  readonly step: RepairStep;
  /** Answered or skipped: not asked again. */
  readonly done: readonly RepairStep[];
  /** In the customer's words, with the codes of what they can mean. */
  readonly place: { readonly text: string; readonly codes: readonly string[] } | null;
  readonly problem: string | null;
  readonly model: string | null;
  readonly phone: string | null;
  readonly when: string | null;
  /** Pictures, recordings and locations: they go to the agents with the ticket. */
  readonly files: readonly { readonly ref: MessageRef; readonly album: string | null }[];
  /** Null until a ticket holds it. */
  readonly ticket: TicketNumber | null;
}

export function newRepair(startedAt: number): RepairRequest {
  return {
    startedAt,
    lockedOut: false,
    stage: "offered",
    step: "place",
    done: [],
    place: null,
    problem: null,
    model: null,
    phone: null,
    when: null,
    files: [],
    ticket: null,
  };
}

/** The first step that nobody has answered or skipped; undefined when all are done. */
export function nextStep({ done }: RepairRequest): RepairStep | undefined {
  return REPAIR_STEPS.find((step) => !done.includes(step));
}

/** An unfinished request is picked up again within this time, ms; after it, it's a new one. */
const FRESH_MS = 24 * 3_600_000;

/** The request that a message now belongs to: not yet registered, and not of another day. */
export function openRepair(request: RepairRequest | null | undefined, at: number): RepairRequest | null {
  if (!request || request.ticket !== null || at - request.startedAt > FRESH_MS) return null;
  return request;
}
