import type { Lang } from "../../knowledge/types.ts";
import { humanButton } from "../handoff.ts";
import { STAFF_LANG, sayTo, type Turn } from "../turn.ts";
import type { InlineButton } from "../types.ts";
import { REPAIR_STEPS, type RepairAct, type RepairRequest, type RepairStep } from "./request.ts";

type Rows = readonly (readonly InlineButton[])[];

/** A button each for what can be put right; two a row. */
export function editButtons(turn: Turn): Rows {
  const say = sayTo(turn);
  const buttons = REPAIR_STEPS.map((step) => button(say(`repair.edit.${step}`), "edit", step));
  return [buttons.slice(0, 2), buttons.slice(2, 4), buttons.slice(4)];
}

/** Under every question: skip it, finish, leave it, or a person at once (promise 1). */
export function stepButtons(turn: Turn, request: RepairRequest): Rows {
  const { step, ticket } = request;
  const say = sayTo(turn);
  if (ticket !== null) return [[button(say("repair.button.keep"), "stop", step)], [humanButton(turn)]];
  const stop = button(say("repair.button.stop"), "stop", step);
  return [...firstButtons(turn, request), [stop, humanButton(turn)]];
}

/** Under the first question, which stands beneath an answer with buttons of its own. */
export function firstButtons(turn: Turn, { step }: RepairRequest): Rows {
  const say = sayTo(turn);
  const skip = button(say("repair.button.skip"), "skip", step);
  return [[skip, button(say("repair.button.register"), "register", step)]];
}

export function startButton(turn: Turn, step: RepairStep): InlineButton {
  return button(sayTo(turn)("repair.button.start"), "start", step);
}

/** All that was told, a line each; what wasn't is said to be missing. */
export function repairLines(turn: Turn, request: RepairRequest, lang: Lang): string {
  const say = turn.mind.say(lang);
  const { problem, model, phone, when, files } = request;
  const missing = say("repair.missing");
  const contact = [phone, when].filter((fact) => fact !== null).join(say("repair.join"));
  return [
    say("repair.line.place", { value: placeWords(turn, request, lang) ?? missing }),
    say("repair.line.problem", { value: problem ?? missing }),
    say("repair.line.model", { value: model ?? missing }),
    say("repair.line.photos", {
      value: files.length === 0 ? missing : say("repair.files", { count: files.length }),
    }),
    say("repair.line.contact", { value: contact === "" ? say("repair.here") : contact }),
  ].join("\n");
}

/** What an agent reads of it, on the card and after a correction. */
export function staffFacts(turn: Turn, request: RepairRequest): string {
  const locked = request.lockedOut ? [turn.mind.say(STAFF_LANG)("desk.repair_locked")] : [];
  return [repairLines(turn, request, STAFF_LANG), ...locked].join("\n");
}

/** The place with what the published list says of it; never more than that (promise 3). */
function placeWords(turn: Turn, { place }: RepairRequest, lang: Lang): string | null {
  if (place === null) return null;
  const say = turn.mind.say(lang);
  const units = place.codes.flatMap((code) => turn.mind.places.byCode(code)?.parts[0]?.candidates[0] ?? []);
  const [unit] = units;
  if (unit === undefined || units.length > 1) return place.text;
  return say(`repair.place.${unit.status}`, { place: lang === "zh" ? unit.full : unit.fullEn });
}

function button(label: string, act: RepairAct, step: RepairStep): InlineButton {
  return { label, button: { kind: "repair", act, step } };
}

/** The strings of `data/strings/repair.yaml` with the parameters each needs. */
export const REPAIR_STRINGS = {
  "repair.trapped": [],
  "repair.offer": [],
  "repair.offer_noted": ["problem"],
  "repair.noted": [],
  "repair.ask.place": [],
  "repair.ask.problem": [],
  "repair.ask.model": [],
  "repair.ask.photos": [],
  "repair.ask.contact": [],
  "repair.place_kept": ["place"],
  "repair.place_before": ["place"],
  "repair.got_file": [],
  "repair.got_file_more": [],
  "repair.got_phone": ["phone"],
  "repair.stopped": [],
  "repair.unchanged": [],
  "repair.made": [],
  "repair.corrected": [],
  "repair.status": [],
  "repair.unfinished": [],
  "repair.correct": [],
  "repair.ownership": [],
  "repair.hotline": [],
  "repair.line.place": ["value"],
  "repair.line.problem": ["value"],
  "repair.line.model": ["value"],
  "repair.line.photos": ["value"],
  "repair.line.contact": ["value"],
  "repair.missing": [],
  "repair.files": ["count"],
  "repair.here": [],
  "repair.place.covered": ["place"],
  "repair.place.partly": ["place"],
  "repair.place.not_listed": ["place"],
  "repair.join": [],
  "repair.button.start": [],
  "repair.button.skip": [],
  "repair.button.register": [],
  "repair.button.stop": [],
  "repair.button.keep": [],
  "repair.edit.place": [],
  "repair.edit.problem": [],
  "repair.edit.model": [],
  "repair.edit.photos": [],
  "repair.edit.contact": [],
  "desk.repair": ["facts"],
  "desk.repair_corrected": ["facts"],
  "desk.repair_locked": [],
} as const satisfies Record<string, readonly string[]>;
