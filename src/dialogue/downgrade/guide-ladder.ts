import type { Deadline, LadderStep } from "../../knowledge/ladders.ts";
import type { Lang } from "../../knowledge/types.ts";
import { addDays, type Day, daysApart } from "../../nlu/zone.ts";
import type { Sector } from "./case.ts";
import { lastDay } from "./climb.ts";
import type { GuideContext } from "./guide-context.ts";
import { stepsOf } from "./remind-ladder.ts";

/** The whole ladder, a numbered line a step, with the dates that follow from a complaint today or when it was made. */
export function ladderLines(context: GuideContext, lang: Lang): readonly string[] {
  return context.sectors.flatMap((sector) => {
    const heading = context.of(sector);
    return [...(heading === "" ? [] : [heading.trim()]), ...climb(context, sector, lang)];
  });
}

function climb(context: GuideContext, sector: Sector, lang: Lang): readonly string[] {
  const steps = stepsOf(context.ladders, sector).filter(({ same_as }) => same_as === undefined);
  const complaint = context.dayOfFact("complained") ?? context.today;
  const wait = steps.find(({ deadline }) => deadline?.starts === "complaint")?.deadline;
  // Filed the day after the provider's time is over, or today where that is past.
  const over = wait ? addDays(lastDay(wait, complaint).day, 1) : context.today;
  const filing = daysApart(context.today, over) < 0 ? context.today : over;
  return steps.map((step, at) => line(context, step, { n: at + 1, lang, complaint, filing }));
}

function line(
  context: GuideContext,
  step: LadderStep,
  { n, lang, complaint, filing }: { n: number; lang: Lang; complaint: Day; filing: Day },
): string {
  const { say } = context;
  const { deadline } = step;
  const todo = capital(step.do[lang]);
  if (deadline === null) return say("guide.ladder.step", { n, do: todo });
  const params = {
    n,
    do: todo,
    span: say(deadline.unit === "working" ? "guide.span.workdays" : "guide.span.days", { n: deadline.days }),
    until: until(context, deadline, complaint, filing),
  };
  return deadline.basis === "statutory"
    ? say("guide.ladder.timed", { ...params, within: deadline.within[lang] })
    : say("guide.ladder.advised", params);
}

/** A step as a line of its own. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function until(context: GuideContext, deadline: Deadline, complaint: Day, filing: Day): string {
  if (deadline.starts === undefined) return "";
  const since = deadline.starts === "complaint" ? complaint : filing;
  const { say, words } = context;
  return say("guide.ladder.until", { since: words(since), date: context.lastDay(lastDay(deadline, since)) });
}
