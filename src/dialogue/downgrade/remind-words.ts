import type { Deadline, LadderStep } from "../../knowledge/ladders.ts";
import type { Lang } from "../../knowledge/types.ts";
import { dateFormat } from "../../nlu/zone.ts";
import { sayTo, type Turn } from "../turn.ts";
import { providerName } from "./lexicon.ts";
import { deadlineDay, stepOf } from "./remind-ladder.ts";
import type { ReminderAbout } from "./reminder.ts";

/** A day and a time as a customer reads them, in the business's zone; the year where it isn't this one. */
export function momentWords(turn: Turn, at: number): string {
  return format(turn, at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function dayWords(turn: Turn, at: number): string {
  return format(turn, at, {});
}

function format(turn: Turn, at: number, clock: Intl.DateTimeFormatOptions): string {
  const { timeZone } = turn.mind.knowledge.business.agents;
  const { lang } = turn.conversation;
  const year = (ms: number) => dateFormat("en", { year: "numeric", timeZone }).format(ms);
  const parts = { month: MONTH[lang], day: "numeric", weekday: "short", timeZone } as const;
  const withYear = year(at) === year(turn.at) ? {} : ({ year: "numeric" } as const);
  return dateFormat(lang, { ...parts, ...withYear, ...clock }).format(at);
}

const MONTH = { zh: "long", en: "short" } as const satisfies Record<Lang, string>;

/** The zone's own name, 中国标准时间: whose clocks all times are by. */
export function zoneWords(turn: Turn): string {
  const { timeZone } = turn.mind.knowledge.business.agents;
  const parts = dateFormat(turn.conversation.lang, { timeZone, timeZoneName: "long" });
  return parts.formatToParts(turn.at).find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** 15 天, 5 个工作日. */
export function spanWords(turn: Turn, { days, unit }: Deadline): string {
  return sayTo(turn)(`remind.span.${unit}`, { days });
}

/** Who promised, in the customer's word for them. */
export function providerWords(turn: Turn, about: ReminderAbout): string {
  const known = about.kind === "own" ? undefined : about.case?.facts.provider;
  return known === undefined
    ? sayTo(turn)("remind.provider")
    : providerName(known, turn.conversation.lang, turn.mind.knowledge.downgradeLexicon);
}

export function stepWords(turn: Turn, step: LadderStep): string {
  return step.do[turn.conversation.lang];
}

/** What a reminder is about, in a line; what kind of time limit it is stands beside it. */
export function aboutWords(turn: Turn, about: ReminderAbout): string {
  const say = sayTo(turn);
  switch (about.kind) {
    case "callback":
      return say("remind.about.callback", {
        provider: providerWords(turn, about),
        by: momentWords(turn, about.by),
      });
    case "window":
      return say("remind.about.window", { provider: providerWords(turn, about) });
    case "charge":
      return say("remind.about.charge", { on: dayWords(turn, about.on) });
    case "rung": {
      const rung = rungWords(turn, about);
      return rung === undefined ? say("remind.about.bare") : say("remind.about.rung", rung);
    }
    case "own":
      return about.what === "" ? say("remind.about.bare") : say("remind.about.own", { what: about.what });
  }
}

/** What was promised or waited for, as the case log tells it: it stands in the letter, too. */
export function loggedWords(turn: Turn, about: ReminderAbout): string {
  const say = sayTo(turn);
  if (about.kind === "callback")
    return say("remind.log.callback", {
      provider: providerWords(turn, about),
      by: momentWords(turn, about.by),
    });
  const rung = about.kind === "rung" ? rungWords(turn, about) : undefined;
  return rung === undefined
    ? aboutWords(turn, about)
    : say("remind.log.rung", { step: rung.step, until: rung.until });
}

/** Undefined for a step that the ladders no longer have. */
export function rungWords(
  turn: Turn,
  about: Extract<ReminderAbout, { kind: "rung" }>,
):
  | { readonly step: string; readonly since: string; readonly until: string; readonly basis: string }
  | undefined {
  const step = stepOf(turn.mind.knowledge.ladders, about.sector, about.rung);
  if (step?.deadline == null) return undefined;
  const until = deadlineDay(step.deadline, about.since, turn.mind.knowledge.business.agents.timeZone);
  return {
    step: stepWords(turn, step),
    since: dayWords(turn, about.since),
    until: dayWords(turn, until.at),
    basis: sayTo(turn)(`remind.basis.${step.deadline.basis}`),
  };
}
