import { DAY_MS, MONTH_DAYS, type Service, type ServiceFigures, TOO_FEW } from "../desk/service.ts";
import type { Lang } from "../knowledge/types.ts";
import { stamp } from "./clock.ts";
import { waitInWords } from "./general/span.ts";
import type { Mind } from "./mind.ts";
import type { Say } from "./strings.ts";

/** The strings of `data/strings/transparency.yaml` with the parameters each needs. */
export const TRANSPARENCY_STRINGS = {
  "command.transparency": [],
  transparency: ["at", "spans", "few"],
  "transparency.span": ["days", "downgrade", "others", "promises", "rating", "held"],
  "transparency.waits": ["median", "p95", "cases"],
  "transparency.unanswered": ["count"],
  "transparency.promises": ["kept", "all"],
  "transparency.rating": ["mean", "cases"],
  "transparency.too_few": ["cases"],
  "transparency.held": ["held", "sent", "changed"],
} as const satisfies Record<string, readonly string[]>;

/** How far back `/transparency` looks, ms. */
export const SERVICE_MS = MONTH_DAYS * DAY_MS;

/** `/transparency`: the same figures for customers and agents, each with its number of cases. */
export function transparency({ at, spans }: ServiceFigures, mind: Mind, lang: Lang): string {
  const say = mind.say(lang);
  const told = spans.map(({ days, service: { downgrade, others, all }, held }) =>
    say("transparency.span", {
      days,
      downgrade: waits(downgrade, say),
      others: waits(others, say),
      promises: orTooFew(all.promised, say, () =>
        say("transparency.promises", { kept: all.kept, all: all.promised }),
      ),
      rating: orTooFew(all.rated, say, () =>
        say("transparency.rating", { mean: all.meanScore?.toFixed(1) ?? "—", cases: all.rated }),
      ),
      held: say("transparency.held", { ...held }),
    }).trim(),
  );
  return say("transparency", {
    at: stamp(at, mind.knowledge.business.agents.timeZone),
    spans: told.join("\n\n"),
    few: TOO_FEW,
  }).trim();
}

function waits({ answered, unanswered, medianMs, p95Ms }: Service, say: Say): string {
  const words =
    medianMs === null || p95Ms === null
      ? say("transparency.too_few", { cases: answered })
      : say("transparency.waits", {
          median: waitInWords(medianMs, say),
          p95: waitInWords(p95Ms, say),
          cases: answered,
        });
  return unanswered === 0 ? words : `${words}${say("transparency.unanswered", { count: unanswered })}`;
}

function orTooFew(cases: number, say: Say, words: () => string): string {
  return cases < TOO_FEW ? say("transparency.too_few", { cases }) : words();
}
