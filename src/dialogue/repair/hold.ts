import type { Ticket } from "../../desk/types.ts";
import { converse, sayTo, sayToStaff, type Turn, toTopic } from "../turn.ts";
import type { InlineButton } from "../types.ts";
import { openRepair, type RepairRequest } from "./request.ts";
import { editButtons, repairLines, staffFacts } from "./words.ts";

/** A ticket opens: what was told of a repair until now belongs to it, finished or not. */
export function holdRepair(turn: Turn, ticket: Ticket): void {
  const request = openRepair(turn.conversation.repair, turn.at);
  if (request === null || isEmpty(request)) return;
  converse(turn, { repair: { ...request, stage: "made", ticket: ticket.number } });
}

/** What the card says of it: nothing, where this ticket holds none. */
export function repairOnCard(turn: Turn, ticket: Ticket): string[] {
  const request = heldBy(turn, ticket);
  return request === null ? [] : [sayToStaff(turn)("desk.repair", { facts: staffFacts(turn, request) })];
}

/** Pictures and recordings from before the ticket follow the card. */
export function sendRepairFiles(turn: Turn, ticket: Ticket): void {
  for (const { ref, album } of heldBy(turn, ticket)?.files ?? [])
    toTopic(turn, "relay", { kind: "copy", origin: ref, replyTo: null, album });
}

/** What `/status` says of it, made or still being told. */
export function repairStatus(turn: Turn): string[] {
  const say = sayTo(turn);
  const { lang } = turn.conversation;
  const held = turn.ticket === null ? null : heldBy(turn, turn.ticket);
  if (held !== null) return [`${say("repair.status")}\n${repairLines(turn, held, lang)}`];
  const open = openRepair(turn.conversation.repair, turn.at);
  if (open === null || open.stage !== "asking") return [];
  return [`${say("repair.unfinished")}\n${repairLines(turn, open, lang)}`];
}

/** A button for each fact that the customer can still put right: as long as they wait. */
export function repairButtons(turn: Turn): readonly (readonly InlineButton[])[] {
  const isHeld = turn.ticket?.status === "waiting" && heldBy(turn, turn.ticket) !== null;
  return isHeld ? editButtons(turn) : [];
}

function heldBy(turn: Turn, ticket: Ticket): RepairRequest | null {
  const request = turn.conversation.repair ?? null;
  return request?.ticket === ticket.number ? request : null;
}

function isEmpty({ stage, place, problem, model, phone, when, files }: RepairRequest): boolean {
  const told = [place, problem, model, phone, when].some((fact) => fact !== null);
  return stage === "offered" && !told && files.length === 0;
}
