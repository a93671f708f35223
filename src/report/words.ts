import { type Service, TOO_FEW } from "../desk/service.ts";
import type { Say } from "../dialogue/strings.ts";
import type { IntentId } from "../knowledge/types.ts";
import type { Report } from "./figures.ts";

/** How figures are put into words, by those who know the language and the clock. */
export interface ReportWords {
  readonly lang: "zh" | "en";
  readonly say: Say;
  readonly service: string;
  readonly duration: (ms: number) => string;
  readonly moment: (at: number) => string;
  readonly title: (intent: IntentId) => string;
}

/** A label, and what stands for it; with too few cases, their number instead of a figure. */
export type Cell = readonly [label: string, value: string];

/** One topic's row, the same in the terminal and on the page. */
export function serviceCells(service: Service, { say, duration }: ReportWords): readonly Cell[] {
  const { opened, answered, unanswered, medianMs, p95Ms, kept, promised, rated, meanScore } = service;
  const orTooFew = (cases: number, figure: string | null) => figure ?? say("report.too_few", { cases });
  return [
    [say("report.opened"), `${opened}`],
    [say("report.answered"), `${answered}`],
    [say("report.unanswered"), `${unanswered}`],
    [say("report.median"), orTooFew(answered, medianMs === null ? null : duration(medianMs))],
    [say("report.p95"), orTooFew(answered, p95Ms === null ? null : duration(p95Ms))],
    [say("report.kept"), orTooFew(promised, promised < TOO_FEW ? null : `${kept} / ${promised}`)],
    [say("report.rating"), orTooFew(rated, meanScore === null ? null : `${meanScore.toFixed(1)} (${rated})`)],
  ];
}

/** A list of counts under a heading. */
export interface Chart {
  readonly heading: string;
  readonly bars: readonly { readonly label: string; readonly count: number }[];
}

/** Everything that is counted in bars, in the order of the report. */
export function chartsOf(report: Report, { say, title }: ReportWords): readonly Chart[] {
  return [
    {
      heading: say("report.reasons"),
      bars: report.reasons.map(({ of, count }) => ({ label: say(`desk.reason.${of}`), count })),
    },
    {
      heading: say("report.unsettled"),
      bars: report.unsettled.map(({ of, count }) => ({
        label: of === null ? say("report.unknown") : title(of),
        count,
      })),
    },
    {
      heading: say("report.scores"),
      bars: report.scores.map(({ of, count }) => ({ label: `${of}`, count })),
    },
  ];
}

/** What became of the promises, and of the held messages, of a span. */
export function spanCharts(
  { ladder, held }: Report["spans"][number],
  { say }: ReportWords,
): readonly Chart[] {
  return [
    {
      heading: say("report.ladder"),
      bars: (["early", "reminded", "late", "never"] as const).map((rung) => ({
        label: say(`report.${rung}`),
        count: ladder[rung],
      })),
    },
    {
      heading: say("report.held"),
      bars: [
        { label: say("report.held.sent"), count: held.sent },
        { label: say("report.held.changed"), count: held.changed },
        { label: say("report.held.pending"), count: held.held - held.sent - held.changed },
      ],
    },
  ];
}
