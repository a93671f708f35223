import { isOpen } from "../../desk/tickets.ts";
import type { PlaceReading } from "../../places/types.ts";
import { converse, sayTo, type Turn } from "../turn.ts";
import type { InlineButton } from "../types.ts";
import { withSlots } from "./hear.ts";
import { newRepair, nextStep, openRepair, type RepairRequest } from "./request.ts";
import { readSlots } from "./slots.ts";
import { editButtons, firstButtons, repairLines, startButton } from "./words.ts";

interface Offer {
  readonly text: string;
  readonly inline: readonly (readonly InlineButton[])[];
}

/**
 * What stands under an answer about repairs: that it can be booked here, and the first question. Somebody who only
 * asked may pass over it; by the keyboard or /repair they are in it at once.
 * @param heard the customer's words and the places in them; null where a button or a command asked
 */
export function offerRepair(
  turn: Turn,
  intent: "repair" | "locked_out",
  heard: { readonly text: string; readonly places: PlaceReading | null } | null,
): Offer {
  const words = sayTo(turn);
  const last = turn.conversation.repair ?? null;
  if (last !== null && last.ticket !== null && isOpen(turn.ticket) && last.ticket === turn.ticket.number) {
    const lines = repairLines(turn, last, turn.conversation.lang);
    return { text: `${words("repair.status")}\n${lines}`, inline: editButtons(turn) };
  }
  const request = begun(turn, openRepair(last, turn.at) ?? newRepair(turn.at), heard);
  const locked = request.lockedOut || intent === "locked_out";
  const step = nextStep(request) ?? "contact";
  const stage = heard === null || request.stage === "asking" ? "asking" : "offered";
  const next: RepairRequest = { ...request, lockedOut: locked, step, stage };
  converse(turn, { repair: next });
  const offer =
    request.problem === null
      ? words("repair.offer")
      : words("repair.offer_noted", { problem: request.problem });
  return {
    text: `${offer}\n${words(`repair.ask.${step}`)}`,
    inline: stage === "asking" ? firstButtons(turn, next) : [[startButton(turn, step)]],
  };
}

function begun(
  turn: Turn,
  request: RepairRequest,
  heard: { readonly text: string; readonly places: PlaceReading | null } | null,
): RepairRequest {
  if (heard === null) return request;
  const next = withSlots(request, readSlots(heard.text, turn.mind.knowledge.repairLexicon));
  const parts = heard.places?.parts ?? [];
  if (parts.length === 0) return next;
  const codes = parts.flatMap((part) => part.candidates.map((place) => place.code)).slice(0, 8);
  const place = { text: parts.map((part) => part.text).join("、"), codes };
  const clear = parts.every((part) => part.status === "covered" || part.status === "not_listed");
  return { ...next, place, done: clear ? [...next.done, "place"] : next.done };
}
