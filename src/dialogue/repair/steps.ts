import { isOpen } from "../../desk/tickets.ts";
import { handoff, humanButton, withdrawButton } from "../handoff.ts";
import { converse, sayTo, sayToStaff, type Turn, tell, tellTopic } from "../turn.ts";
import type { MessageRef } from "../types.ts";
import {
  newRepair,
  nextStep,
  openRepair,
  REPAIR_STEPS,
  type RepairAct,
  type RepairRequest,
  type RepairStep,
} from "./request.ts";
import { editButtons, repairLines, staffFacts, stepButtons } from "./words.ts";

interface From {
  readonly ref: MessageRef | null;
}

/** The request that what the customer says next may belong to: being made, or being put right while they wait. */
export function currentRepair(turn: Turn): RepairRequest | null {
  const request = turn.conversation.repair ?? null;
  if (request === null || request.stage === "made") return null;
  if (request.ticket === null) return openRepair(request, turn.at);
  return turn.ticket?.status === "waiting" && turn.ticket.number === request.ticket ? request : null;
}

/** A button of the flow was pressed, or said in words. */
export function repairAct(turn: Turn, act: RepairAct, step: RepairStep, from: From): void {
  const request = currentRepair(turn);
  switch (act) {
    case "start":
      ask(turn, { ...(request ?? newRepair(turn.at)), stage: "asking" }, []);
      return;
    case "skip":
      // A button of an earlier question skips that one, and asks what is open now.
      if (request !== null) goOn(turn, withDone(request, step), [], from);
      else noLonger(turn);
      return;
    case "register":
      if (request !== null && request.ticket === null) register(turn, request, from);
      else noLonger(turn);
      return;
    case "stop":
      if (!stopRepair(turn)) noLonger(turn);
      return;
    case "edit":
      edit(turn, step);
  }
}

/** Goes to the next question, or makes the request when there is none left or enough is known to act on. */
export function goOn(turn: Turn, request: RepairRequest, before: readonly string[], from: From): void {
  const step = nextStep(request);
  if (step === undefined || isEnough(request)) register(turn, request, from, before);
  else ask(turn, { ...request, stage: "asking", step }, before);
}

/** Where, what and how to reach them: the rest can be told while they wait. */
export function isEnough({ place, problem, phone, when, done }: RepairRequest): boolean {
  const known = place !== null && problem !== null && (phone ?? when) !== null;
  return known || REPAIR_STEPS.every((step) => done.includes(step));
}

/** Asks for one thing, under what is to be said of the last. */
function ask(turn: Turn, request: RepairRequest, before: readonly string[]): void {
  converse(turn, { repair: request, awaiting: null, misses: 0 });
  askAfter(turn, request, [...before, sayTo(turn)(`repair.ask.${request.step}`)]);
}

/** The agents needn't read the questions: what the customer answers reaches them. */
function askAfter(turn: Turn, request: RepairRequest, parts: readonly string[]): void {
  const marked = turn.ticket?.status === "waiting" ? [sayTo(turn)("automatic"), ...parts] : parts;
  tell(turn, "answer", marked.join("\n\n"), { inline: stepButtons(turn, request) });
}

/** A file came: thanks, and the question that is still open. */
export function askOn(turn: Turn, request: RepairRequest, got: string): void {
  converse(turn, { repair: request });
  const words = sayTo(turn);
  const open = request.step === "photos" ? [] : [words(`repair.ask.${request.step}`)];
  askAfter(turn, request, [got, ...open]);
}

/** After a question in between: the request goes on where it was. */
export function askAgain(turn: Turn): void {
  const request = currentRepair(turn);
  if (request === null || request.stage !== "asking" || turn.ticket !== turn.snapshot.ticket) return;
  askAfter(turn, request, [sayTo(turn)(`repair.ask.${request.step}`)]);
}

export function withDone(request: RepairRequest, step: RepairStep): RepairRequest {
  return request.done.includes(step) ? request : { ...request, done: [...request.done, step] };
}

/** Everything told so far goes to a person: a ticket of its own, or the one they already wait with. */
function register(turn: Turn, request: RepairRequest, { ref }: From, before: readonly string[] = []): void {
  const words = sayTo(turn);
  converse(turn, { repair: { ...request, stage: "made" }, awaiting: null });
  if (isOpen(turn.ticket)) {
    const made: RepairRequest = { ...request, stage: "made", ticket: turn.ticket.number };
    converse(turn, { repair: made });
    tellTopic(turn, "human", sayToStaff(turn)("desk.repair", { facts: staffFacts(turn, made) }));
    showRepair(turn, made, words("repair.made"));
    return;
  }
  handoff(turn, {
    reason: "repair",
    asked: request.problem ?? request.place?.text ?? words("command.repair"),
    ref,
    because: [...before, summary(turn, request, words("repair.made"))].join("\n\n"),
  });
}

/** A fact was put right while the ticket waits: both sides see what it says now. */
export function corrected(turn: Turn, request: RepairRequest, before: readonly string[]): void {
  const made: RepairRequest = { ...request, stage: "made" };
  converse(turn, { repair: made });
  tellTopic(turn, "relay", sayToStaff(turn)("desk.repair_corrected", { facts: staffFacts(turn, made) }));
  showRepair(turn, made, [...before, sayTo(turn)("repair.corrected")].join("\n\n"));
}

function showRepair(turn: Turn, request: RepairRequest, heading: string): void {
  const inline = [...editButtons(turn), [withdrawButton(turn)]];
  tell(turn, "answer", summary(turn, request, heading), { inline });
}

function summary(turn: Turn, request: RepairRequest, heading: string): string {
  const words = sayTo(turn);
  const locked = request.lockedOut ? [words("repair.ownership")] : [];
  const lines = repairLines(turn, request, turn.conversation.lang);
  return [heading, lines, words("repair.correct"), ...locked].join("\n");
}

function edit(turn: Turn, step: RepairStep): void {
  const request = turn.conversation.repair;
  if (!request || request.ticket === null || request.ticket !== turn.ticket?.number) {
    noLonger(turn);
    return;
  }
  if (turn.ticket.status === "serving") {
    const { number, agent } = turn.ticket;
    tell(turn, "answer", sayTo(turn)("ticket.status_serving", { number, agent: agent?.name ?? "" }));
    return;
  }
  if (turn.ticket.status === "closed") noLonger(turn);
  else ask(turn, { ...request, stage: "asking", step }, []);
}

/** Leaves the flow; true where there was one to leave. */
export function stopRepair(turn: Turn): boolean {
  const request = currentRepair(turn);
  if (request === null || request.stage !== "asking") return false;
  const kept = request.ticket !== null;
  converse(turn, { repair: kept ? { ...request, stage: "made" } : null, awaiting: null });
  tell(turn, "answer", sayTo(turn)(kept ? "repair.unchanged" : "repair.stopped"), {
    inline: [[humanButton(turn)]],
  });
  return true;
}

/** The button's request is over, or was never made here. */
function noLonger(turn: Turn): void {
  tell(turn, "answer", sayTo(turn)("button.expired"), { inline: [[humanButton(turn)]] });
}
