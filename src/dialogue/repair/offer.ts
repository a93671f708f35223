import { isOpen } from "../../desk/tickets.ts";
import type { PlaceReading } from "../../places/types.ts";
import { converse, sayTo, type Turn } from "../turn.ts";
import type { InlineButton } from "../types.ts";
import { withSlots } from "./hear.ts";
import { newRepair, nextStep, openRepair, type RepairRequest } from "./request.ts";
import { readSlots } from "./slots.ts";
import { withDone } from "./steps.ts";
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
  const told = begun(turn, openRepair(last, turn.at) ?? newRepair(turn.at), heard);
  const before = placeBefore(turn, told);
  const request = before === null ? told : withDone({ ...told, place: before.place }, "place");
  const locked = request.lockedOut || intent === "locked_out";
  const step = nextStep(request) ?? "contact";
  const stage = heard === null || request.stage === "asking" ? "asking" : "offered";
  const next: RepairRequest = { ...request, lockedOut: locked, step, stage };
  converse(turn, { repair: next });
  const offer =
    request.problem === null
      ? words("repair.offer")
      : words("repair.offer_noted", { problem: request.problem });
  const where = before === null ? [] : [words("repair.place_before", { place: before.name })];
  return {
    text: [offer, ...where, words(`repair.ask.${step}`)].join("\n"),
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

/** Where they asked about before, if that's one county: they are told, and can put it right. */
function placeBefore({ conversation, mind }: Turn, request: RepairRequest) {
  const [code, ...others] = conversation.places;
  if (request.place !== null || request.done.includes("place")) return null;
  if (code === undefined || others.length > 0 || !isCounty(code)) return null;
  const unit = mind.places.byCode(code)?.parts[0]?.candidates[0];
  if (unit === undefined) return null;
  const name = conversation.lang === "zh" ? unit.full : unit.fullEn;
  return { name, place: { text: unit.full, codes: [code] } };
}

/** GB/T 2260: a prefecture's code ends in 00. */
function isCounty(code: string): boolean {
  return !code.endsWith("00");
}
