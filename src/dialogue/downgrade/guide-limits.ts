import type { TimeLimit } from "../../knowledge/ladders.ts";
import type { Lang } from "../../knowledge/types.ts";
import { type Day, daysApart } from "../../nlu/zone.ts";
import type { Sector } from "./case.ts";
import { lastDay, limitDay, limitsOf } from "./climb.ts";
import type { GuideContext } from "./guide-context.ts";
import { stepsOf } from "./remind-ladder.ts";

/** So near its end a time limit is told in any answer. */
const NEAR_DAYS = 60;

/**
 * Until when the customer's claim can be brought, from the day they gave: in answers about money and complaints, and
 * wherever the end is near or past. What remains when it is past is said too.
 */
export function limitLines(context: GuideContext, lang: Lang): readonly string[] {
  return context.sectors.flatMap((sector) => {
    const charged = context.dayOfFact("charged");
    const { happened, complained } = context.dispute.facts;
    const event = charged ?? (happened === complained ? undefined : context.dayOfFact("happened"));
    const limits = limitsOf(context.ladders, sector).filter(({ claim }) => claim !== "court");
    if (event === undefined) return undated(context, limits, sector, lang);
    const limit = limits.find(
      ({ claim }) => claim === "any" || claim === (charged === undefined ? "other" : "billing"),
    );
    return limit === undefined ? [] : dated(context, limit, sector, event, lang);
  });
}

const ABOUT_TIME = new Set(["downgrade.refund_refused", "downgrade.complain"]);

function undated(
  context: GuideContext,
  limits: readonly TimeLimit[],
  sector: Sector,
  lang: Lang,
): readonly string[] {
  const { say, intent } = context;
  if (!ABOUT_TIME.has(intent)) return [];
  return limits
    .filter(({ claim }) => intent === "downgrade.complain" || claim === "billing")
    .map((limit) =>
      say("guide.limit.undated", {
        of: context.of(sector),
        what: limit.of[lang],
        span: spanOf(context, limit),
      }),
    );
}

function dated(
  context: GuideContext,
  limit: TimeLimit,
  sector: Sector,
  from: Day,
  lang: Lang,
): readonly string[] {
  const { say, words, today } = context;
  const end = limitDay(limit, from);
  const left = daysApart(today, end);
  const params = { what: limit.of[lang], event: words(from), span: spanOf(context, limit), date: words(end) };
  if (left < 0) return [past(context, sector, from, params)];
  if (left > NEAR_DAYS && !ABOUT_TIME.has(context.intent) && limit.claim !== "billing") return [];
  const wait = stepsOf(context.ladders, sector).find(({ deadline }) => deadline?.starts === "complaint");
  const over = wait?.deadline ? lastDay(wait.deadline, context.dayOfFact("complained") ?? today).day : today;
  const open = say("guide.limit.open", params);
  return [daysApart(over, end) > 0 ? open : `${open}${say("guide.limit.tight")}`];
}

function past(
  context: GuideContext,
  sector: Sector,
  from: Day,
  params: { what: string; event: string; span: string; date: string },
): string {
  const { say, words, today } = context;
  const court = limitsOf(context.ladders, sector).find(({ claim }) => claim === "court");
  const end = court === undefined ? undefined : limitDay(court, from);
  return end === undefined || daysApart(today, end) < 0
    ? say("guide.limit.over_all", params)
    : say("guide.limit.over", { ...params, court: words(end) });
}

function spanOf({ say }: GuideContext, { months }: TimeLimit): string {
  return months % 12 === 0
    ? say("guide.span.years", { n: months / 12 })
    : say("guide.span.months", { n: months });
}
