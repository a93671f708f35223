import { isDowngrade } from "../../desk/service.ts";
import type { IntentId } from "../../knowledge/types.ts";
import { normalise } from "../../nlu/normalise.ts";
import type { PlaceReading, Point } from "../../places/types.ts";
import { say } from "../answer.ts";
import { coverageReply } from "../coverage-reply.ts";
import { FAULTS } from "../follow.ts";
import { askWhere } from "../location.ts";
import { converse, sayTo, type Turn } from "../turn.ts";
import type { Content, Event, InlineButton, MessageRef } from "../types.ts";
import type { Utterance } from "../understand.ts";
import { asksForVisit } from "../visit.ts";
import type { Wish } from "../wish.ts";
import { hasWord, isOneOf } from "./lexicon.ts";
import { newRepair, type RepairAct, type RepairRequest } from "./request.ts";
import { readSlots, type Slots } from "./slots.ts";
import { askOn, corrected, currentRepair, goOn, isEnough, repairAct, withDone } from "./steps.ts";
import { stepButtons } from "./words.ts";

type Message = Extract<Event, { kind: "customer.message" }>;

/** Telegram keeps files; we keep so many of their names. */
const FILES_AT_MOST = 50;

/**
 * A message that may tell of a repair. `taken`: it did, and was answered. `aside`: something else was asked, and
 * the request goes on after the answer. A wish for a person is never taken (promise 1).
 */
export function hearRepair(
  turn: Turn,
  heard: Utterance,
  wishes: readonly Wish[],
  message: Message,
): "taken" | "aside" | "none" {
  if (message.forwarded || wishes.some(({ kind }) => kind === "human")) return "none";
  const request = currentRepair(turn);
  const slots = readSlots(heard.text, turn.mind.knowledge.repairLexicon);
  if (request === null) {
    if (!tellsAll(heard, slots) || !wishes.every(isOurs)) return "none";
    take(turn, newRepair(turn.at), heard, slots, message);
    return "taken";
  }
  const asking = request.stage === "asking";
  const act = asking ? actIn(turn, heard.text, request) : startIn(turn, heard.text, request);
  if (act !== undefined) {
    if (act === "register" || act === "start")
      converse(turn, { repair: withTime(turn, request, heard.text) });
    repairAct(turn, act, request.step, { ref: message.ref });
    return "taken";
  }
  if (wishes.some((wish) => wish.kind === "intent" && wish.intent === "human.cancel")) return "none";
  if (!answers(request, heard, slots, wishes)) return asking ? "aside" : "none";
  take(turn, request, heard, slots, message);
  return "taken";
}

/** 那约明天: the time they said. */
function withTime({ mind }: Turn, request: RepairRequest, text: string): RepairRequest {
  const { times, done } = mind.knowledge.repairLexicon;
  const isTime = request.when === null && !isOneOf(text, done) && hasWord(normalise(text), times);
  return isTime ? { ...request, when: text } : request;
}

/** A picture, a recording, a place on the map or a contact, without words; true where a request takes it. */
export function hearRepairFile(turn: Turn, { content, ref }: Message): boolean {
  const request = currentRepair(turn);
  if (request === null) return false;
  const words = sayTo(turn);
  if (content.kind === "contact") {
    const next = withDone({ ...request, phone: content.phone }, "contact");
    proceed(turn, next, [words("repair.got_phone", { phone: content.phone })], ref);
    return true;
  }
  if (request.files.length >= FILES_AT_MOST) return false;
  const last = request.files.at(-1)?.album;
  const kept: RepairRequest = { ...withFile(request, content, ref), stage: "asking" };
  // The parts of an album come one by one: one answer for all of them.
  if (content.kind === "media" && content.album !== null && content.album === last)
    converse(turn, { repair: kept });
  else if (request.ticket !== null) corrected(turn, kept, [words("repair.got_file")]);
  else if (content.kind === "location" && !request.done.includes("place")) askWhereIn(turn, kept, content);
  else askOn(turn, kept, words(request.step === "photos" ? "repair.got_file_more" : "repair.got_file"));
  return true;
}

/** A point on the map goes to the agents as it is; the county it is in is the customer's to confirm. */
function askWhereIn(turn: Turn, request: RepairRequest, point: Point): void {
  const asking: RepairRequest = { ...request, step: "place" };
  converse(turn, { repair: asking });
  const { text, choices } = askWhere(turn, turn.mind.places.near(point));
  say(turn, text, [...choices, ...stepButtons(turn, asking)]);
}

/** A place picked from the buttons under a name with namesakes; true where a request takes it. */
export function hearRepairPlace(turn: Turn, reading: PlaceReading): boolean {
  const request = currentRepair(turn);
  if (request === null || request.step !== "place") return false;
  if (request.stage === "offered" && request.place === null) return false;
  const { next, said } = withPlace(turn, withDone(request, "place"), reading, "");
  proceed(turn, next, said === null ? [] : [said.text], null);
  return true;
}

/**
 * Takes the facts of a message: nothing is asked twice. A second problem is told beside the first, unless it was
 * the question.
 */
export function withSlots(request: RepairRequest, slots: Slots): RepairRequest {
  let next: RepairRequest = { ...request, lockedOut: request.lockedOut || slots.lockedOut };
  const isAsked = request.stage === "asking" && request.step === "problem";
  if (slots.problem !== null) {
    const further = !isAsked && request.done.includes("problem");
    next = further ? withMore(next, slots.problem) : { ...next, problem: slots.problem };
    if (!slots.vague || isAsked) next = withDone(next, "problem");
  }
  if (slots.model !== null) next = withDone({ ...next, model: slots.model }, "model");
  if (slots.phone !== null) next = withDone({ ...next, phone: slots.phone }, "contact");
  if (slots.when !== null) next = withDone({ ...next, when: slots.when }, "contact");
  return next;
}

/** What else is wrong, beside what was told. */
function withMore(request: RepairRequest, problem: string): RepairRequest {
  return { ...request, problem: [request.problem, problem].filter(Boolean).join("，") };
}

function take(turn: Turn, before: RepairRequest, heard: Utterance, slots: Slots, message: Message): void {
  const asked = before.stage === "asking" ? before.step : null;
  let next = withSlots(before, slots);
  let said: { text: string; choices: readonly (readonly InlineButton[])[] } | null = null;
  const words: string[] = [];
  if (heard.places.parts.length > 0) ({ next, said } = withPlace(turn, next, heard.places, heard.text));
  const { rest } = slots;
  // Words under a picture say what is on it, and go to the agents with it.
  const isCaption = message.content.kind !== "text";
  const told = slots.problem ?? slots.model ?? slots.phone ?? slots.when;
  let more = false;
  const untold = rest !== "" && told === null && !isCaption;
  switch (asked) {
    case "place":
      if (said !== null || !untold) break;
      if (tellsOfFault(heard) && next.problem?.includes(rest) !== true) {
        next = withMore(next, rest);
        more = true;
        break;
      }
      next = withDone({ ...next, place: { text: rest, codes: [] } }, "place");
      words.push(sayTo(turn)("repair.place_kept", { place: rest }));
      break;
    case "problem":
      if (slots.problem === null && rest !== "") next = withDone({ ...next, problem: rest }, "problem");
      break;
    case "model":
      if (slots.model === null && untold)
        next = withDone(isUnknown(turn, rest) ? next : { ...next, model: rest }, "model");
      break;
    case "photos":
      if (untold) next = withMore(next, rest);
      next = withDone(next, "photos");
      break;
    case "contact":
      if (untold) next = withDone({ ...next, when: rest }, "contact");
      break;
    case null:
  }
  if (isCaption) next = withDone(withFile(next, message.content, message.ref), "photos");
  // Said twice and still nothing new to this question: it is left open rather than asked for ever.
  const stuck =
    asked !== null &&
    !next.done.includes(asked) &&
    said === null &&
    next.done.length === before.done.length &&
    !more;
  if (stuck && asked !== null) next = withDone(next, asked);
  if (said !== null && said.choices.length > 0) {
    const waits: RepairRequest = { ...next, stage: "asking", step: "place" };
    const options = said.choices.flat().map(({ button }) => button);
    converse(turn, { repair: waits, awaiting: { kind: "choice", options } });
    say(turn, said.text, [...said.choices, ...stepButtons(turn, waits)]);
    return;
  }
  if (said !== null) words.unshift(said.text);
  const ends = next.ticket !== null || isEnough(next);
  // Booked, they read it with what was noted.
  if (next.lockedOut && !before.lockedOut && !ends)
    words.push([sayTo(turn)("repair.ownership"), sayTo(turn)("repair.hotline")].join("\n"));
  proceed(turn, next, words.length > 0 || ends ? words : [sayTo(turn)("repair.noted")], message.ref);
}

/** 型号不知道, "i don't know the model": the answer, though there's none. */
function isUnknown({ mind }: Turn, text: string): boolean {
  return hasWord(normalise(text), mind.knowledge.repairLexicon.skip);
}

/** “没有备用钥匙” after “您在哪个县”: no place, more of what is wrong. */
function tellsOfFault({ ranked: [best], inScope }: Utterance): boolean {
  return best !== undefined && inScope && best.confidence >= SURE && FAULTS.has(best.intent);
}

const SURE = 0.5;

function proceed(
  turn: Turn,
  request: RepairRequest,
  before: readonly string[],
  ref: MessageRef | null,
): void {
  if (request.ticket !== null) corrected(turn, request, before);
  else goOn(turn, request, before, { ref });
}

/** Takes the places, and what the list says of them. A name with namesakes is asked about before anything else. */
function withPlace(turn: Turn, request: RepairRequest, reading: PlaceReading, text: string) {
  const { lang } = turn.conversation;
  const reply = coverageReply(reading, { lang, say: sayTo(turn) });
  const choices = reply.choices.map(({ code, label }) => [
    { label, button: { kind: "place" as const, code } },
  ]);
  const codes = reading.parts.flatMap((part) => part.candidates.map((place) => place.code)).slice(0, 8);
  const named = reading.parts.map((part) => part.text).filter((name) => name !== "");
  converse(turn, { places: codes, lastIntent: "coverage" });
  const place = { text: named.join("、") || text, codes };
  const next = choices.length > 0 ? { ...request, place } : withDone({ ...request, place }, "place");
  return { next, said: { text: reply.text, choices } };
}

function withFile(request: RepairRequest, content: Content, ref: MessageRef): RepairRequest {
  const album = content.kind === "media" ? content.album : null;
  return { ...request, files: [...request.files, { ref, album }].slice(0, FILES_AT_MOST) };
}

/** 跳过, 就这些, 算了: the whole message is one of the flow's own words. */
function actIn(turn: Turn, text: string, { problem }: RepairRequest): RepairAct | undefined {
  const { skip, done, stop } = turn.mind.knowledge.repairLexicon;
  if (isOneOf(text, stop)) return "stop";
  if (isOneOf(text, done)) return "register";
  if (isOneOf(text, skip)) return "skip";
  // Before anything is told, it only says that they go on.
  if (asksForVisit(text, turn.mind)) return problem === null ? "start" : "register";
  return undefined;
}

/** 那给我派个师傅, once the fault is told and noted: what is missing is asked for, not offered once more. */
function startIn({ mind }: Turn, text: string, { stage, problem }: RepairRequest): RepairAct | undefined {
  return stage === "offered" && problem !== null && asksForVisit(text, mind) ? "start" : undefined;
}

/** Where, what and when in one breath: a request without having been asked for one. */
function tellsAll(heard: Utterance, slots: Slots): boolean {
  return heard.places.parts.length > 0 && slots.problem !== null && (slots.phone ?? slots.when) !== null;
}

/** Whether a message is about the request, and not a question of its own. */
function answers(request: RepairRequest, heard: Utterance, slots: Slots, wishes: readonly Wish[]): boolean {
  const [wish] = wishes;
  const asked = request.stage === "asking" ? request.step : null;
  if (wish?.kind === "coverage") {
    // 鼓楼能修不, once it's known where the safe is: asked for somebody else, and no correction.
    const isElsewhere = asked !== "place" && request.done.includes("place") && asks(heard, slots);
    return heard.places.parts.length > 0 && !isElsewhere;
  }
  const tells = (slots.problem ?? slots.model ?? slots.phone ?? slots.when) !== null;
  if (asked === "problem" && slots.problem !== null) return true;
  if (asked === "contact" && (slots.phone ?? slots.when) !== null) return true;
  if (slots.isQuestion) return false;
  if (wishes.length > 1) return wishes.every(isOurs);
  if (wish?.kind === "intent" && isSomethingElse(wish)) return false;
  if (asked === null) return tells && wishes.every(isOurs);
  return true;
}

function asks({ text }: Utterance, { isQuestion }: Slots): boolean {
  return isQuestion || /[不没無]\s*$/u.test(text);
}

/** Said in passing, or plainly about something else, whatever was asked. */
function isSomethingElse({ intent, confidence }: Extract<Wish, { kind: "intent" }>): boolean {
  return SMALL_TALK.has(intent) || (isDowngrade(intent) && confidence >= SURE);
}

const SMALL_TALK: ReadonlySet<IntentId> = new Set<IntentId>([
  "greeting",
  "thanks",
  "goodbye",
  "bot_identity",
  "hotline",
  "privacy",
  "agent_allocation",
]);

/** Intents in whose words a repair is told. */
const OURS: ReadonlySet<IntentId> = new Set<IntentId>([
  "repair",
  "locked_out",
  "coverage",
  "parts",
  "hours",
  "technicians",
  "oos",
]);

function isOurs(wish: Wish): boolean {
  return (
    wish.kind === "coverage" || wish.kind === "unsure" || (wish.kind === "intent" && OURS.has(wish.intent))
  );
}
