import type { GuideEntry, GuideStep } from "../../knowledge/guide.ts";
import type { Lang } from "../../knowledge/types.ts";
import { isAnnounced } from "../../nlu/workdays.ts";
import { addDays, daysApart } from "../../nlu/zone.ts";
import type { Sector } from "./case.ts";
import { lastDay } from "./climb.ts";
import type { GuideContext } from "./guide-context.ts";
import { capital } from "./guide-ladder.ts";
import { stepsOf } from "./remind-ladder.ts";

/** What comes before the ladder: today, when it happens, when the provider's time is over, before the charge. */
export function ownLines(context: GuideContext, { next }: GuideEntry, lang: Lang): readonly string[] {
  return next.flatMap((step) => {
    const { sector } = step;
    const shown = context.sectors.some((each) => isFor(step, each));
    if (!shown) return [];
    return [ownLine(context, step, sector === undefined ? "" : context.of(sector), step[lang])];
  });
}

/** A promise in working days: when it is due depends on the year's public holidays. */
const WORKING = /工作日|(?:working|business) days?/iu;

function ownLine(context: GuideContext, step: GuideStep, of: string, todo: string): string {
  const { say, words, today, dispute } = context;
  switch (step.on) {
    case "today":
      return say("guide.step.today", { of, date: words(today), do: todo });
    case "event":
      return say("guide.step.event", { of, do: todo });
    case "promise": {
      const due = context.dayOfFact("promised_by");
      if (due === undefined) return say("guide.step.promise_undated", { do: todo });
      const clock = /\d\d:\d\d$/u.exec(dispute.facts.promised_by ?? "")?.[0];
      const provisional = WORKING.test(dispute.facts.promised ?? "") && !isAnnounced(due.year);
      const day = context.lastDay({ day: due, provisional });
      const date = clock === undefined ? day : `${day} ${clock}`;
      const over = daysApart(today, due) < 0;
      return say(over ? "guide.step.promise_over" : "guide.step.promise", { date, do: todo });
    }
    case "charge": {
      const days = step.days ?? 1;
      const charge = context.dayOfFact("renews");
      const day = charge === undefined ? undefined : addDays(charge, -days);
      if (day === undefined || daysApart(today, day) < 0)
        return say("guide.step.charge_undated", { days, do: todo });
      return say("guide.step.charge", { date: words(day), days, do: todo });
    }
  }
}

/** The ladder's first wait, by date, and where it leads: for each sector that an own step doesn't end. */
export function rungLines(context: GuideContext, { next }: GuideEntry, lang: Lang): readonly string[] {
  return context.sectors
    .filter((sector) => !next.some((step) => step.last === true && isFor(step, sector)))
    .flatMap((sector) => rungOf(context, sector, lang));
}

function rungOf(context: GuideContext, sector: Sector, lang: Lang): readonly string[] {
  const { say, words, today } = context;
  const steps = stepsOf(context.ladders, sector);
  const at = steps.findIndex(({ deadline }) => deadline?.starts === "complaint");
  const deadline = steps[at]?.deadline;
  const then = steps[at + 1];
  if (deadline === undefined || deadline === null || then === undefined) return [];
  const before = steps
    .slice(0, at)
    .map((step) => say("guide.step.event", { of: "", do: capital(step.do[lang]) }));
  const complained = context.dayOfFact("complained");
  const last = lastDay(deadline, complained ?? today);
  const basis = deadline.basis === "statutory" ? "statutory" : "self_set";
  const params = {
    of: context.of(sector),
    date: context.lastDay(last),
    days: deadline.days,
    do: then.do[lang],
  };
  if (complained === undefined) return [...before, say(`guide.rung.${basis}`, params)];
  const since = words(complained);
  const over = daysApart(today, last.day) < 0;
  return [
    ...before,
    say(over ? `guide.rung_over.${basis}` : `guide.rung_since.${basis}`, { ...params, since }),
  ];
}

function isFor({ sector }: GuideStep, each: Sector): boolean {
  return sector === undefined || (sector === "telecom") === (each === "telecom");
}
