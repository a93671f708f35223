import type { Deadline, LadderStep } from "../../knowledge/ladders.ts";
import type { Lang } from "../../knowledge/types.ts";
import { dateFormat } from "../../nlu/zone.ts";
import { type Hearer, sayTo } from "../turn.ts";
import { capital } from "./guide-ladder.ts";
import { providerName } from "./lexicon.ts";
import { deadlineDay, stepOf } from "./remind-ladder.ts";
import { everyWords } from "./remind-repeat.ts";
import type { ReminderAbout } from "./reminder.ts";

/** A day and a time as a customer reads them, in the business's zone; the year where it isn't this one. */
export function momentWords(hearer: Hearer, at: number): string {
  return format(hearer, at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function dayWords(hearer: Hearer, at: number): string {
  return format(hearer, at, {});
}

function format(hearer: Hearer, at: number, clock: Intl.DateTimeFormatOptions): string {
  const { timeZone } = hearer.mind.knowledge.business.agents;
  const { lang } = hearer.conversation;
  const year = (ms: number) => dateFormat("en", { year: "numeric", timeZone }).format(ms);
  const parts = { month: MONTH[lang], day: "numeric", weekday: "short", timeZone } as const;
  const withYear = year(at) === year(hearer.at) ? {} : ({ year: "numeric" } as const);
  return dateFormat(lang, { ...parts, ...withYear, ...clock }).format(at);
}

const MONTH = { zh: "long", en: "short" } as const satisfies Record<Lang, string>;

/** The zone's own name, 中国标准时间: whose clocks all times are by. */
export function zoneWords(hearer: Hearer): string {
  const { timeZone } = hearer.mind.knowledge.business.agents;
  const parts = dateFormat(hearer.conversation.lang, { timeZone, timeZoneName: "long" });
  return parts.formatToParts(hearer.at).find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** 15 天, 5 个工作日. */
export function spanWords(hearer: Hearer, { days, unit }: Deadline): string {
  return sayTo(hearer)(`remind.span.${unit}`, { days });
}

/** Who promised, in the customer's word for them. */
export function providerWords(hearer: Hearer, about: ReminderAbout): string {
  return providerCalled(hearer, about.kind === "own" ? undefined : about.case?.facts.provider);
}

/** The provider as the hearer's language has it; 对方 where it isn't known. */
export function providerCalled(
  { mind, conversation: { lang } }: Hearer,
  name: string | null | undefined,
): string {
  return name == null
    ? mind.say(lang)("remind.provider")
    : providerName(name, lang, mind.knowledge.downgradeLexicon);
}

export function stepWords(hearer: Hearer, step: LadderStep): string {
  return capital(step.do[hearer.conversation.lang]);
}

/** What a reminder is about, in a line; what kind of time limit it is stands beside it. */
export function aboutWords(hearer: Hearer, about: ReminderAbout): string {
  const say = sayTo(hearer);
  switch (about.kind) {
    case "callback":
      return say("remind.about.callback", {
        provider: providerWords(hearer, about),
        by: momentWords(hearer, about.by),
      });
    case "window":
      return say("remind.about.window", { provider: providerWords(hearer, about) });
    case "charge":
      return say("remind.about.charge", { on: dayWords(hearer, about.on) });
    case "rung": {
      const rung = rungWords(hearer, about);
      return rung === undefined ? say("remind.about.bare") : say("remind.about.rung", rung);
    }
    case "own":
      return ownWords(hearer, about);
  }
}

function ownWords(hearer: Hearer, { what, every }: Extract<ReminderAbout, { kind: "own" }>): string {
  const say = sayTo(hearer);
  const words = what === "" ? say("remind.about.bare") : say("remind.about.own", { what });
  return every === undefined
    ? words
    : say("remind.about.every", { what: words, every: everyWords(hearer, every) });
}

/** Undefined for a step that the ladders no longer have. */
export function rungWords(
  hearer: Hearer,
  about: Pick<Extract<ReminderAbout, { kind: "rung" }>, "sector" | "rung" | "since">,
):
  | { readonly step: string; readonly since: string; readonly until: string; readonly basis: string }
  | undefined {
  const step = stepOf(hearer.mind.knowledge.ladders, about.sector, about.rung);
  if (step?.deadline == null) return undefined;
  const until = deadlineDay(step.deadline, about.since, hearer.mind.knowledge.business.agents.timeZone);
  return {
    step: stepWords(hearer, step),
    since: dayWords(hearer, about.since),
    until: dayWords(hearer, until.at) + (until.provisional ? sayTo(hearer)("guide.provisional") : ""),
    basis: sayTo(hearer)(`remind.basis.${step.deadline.basis}`),
  };
}
