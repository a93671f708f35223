import { TOO_FEW } from "../desk/service.ts";
import type { Report } from "./figures.ts";
import { type Chart, chartsOf, type ReportWords, serviceCells, spanCharts } from "./words.ts";

/** Characters of the longest bar. */
const LONGEST = 30;

/** The report for a terminal, a line an element. */
export function reportLines(report: Report, words: ReportWords): readonly string[] {
  const { say } = words;
  return [
    say("report.title", { service: words.service }),
    say("report.made", { when: words.moment(report.at), zone: report.timeZone }),
    ...report.spans.flatMap((span) => [
      "",
      say("report.span", { days: span.days }),
      ...(["downgrade", "others", "all"] as const).map((topic) => {
        const cells = serviceCells(span.service[topic], words).map(([label, value]) => `${label} ${value}`);
        return `  ${say(`report.${topic}`)}  ${cells.join(" · ")}`;
      }),
      ...spanCharts(span, words).map(
        ({ heading, bars }) =>
          `  ${heading}  ${bars.map(({ label, count }) => `${label} ${count}`).join(" · ")}`,
      ),
    ]),
    ...chartLines({
      heading: say("report.volume"),
      bars: report.volume.map(({ day, downgrade, others }) => ({
        label: day.slice("2026-".length),
        count: downgrade + others,
      })),
    }),
    ...chartsOf(report, words).flatMap(chartLines),
    "",
    say("report.method", { few: TOO_FEW }),
  ].map((line) => line.trimEnd());
}

function chartLines({ heading, bars }: Chart): readonly string[] {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const drawn = bars.map(
    ({ label, count }) => `  ${label}  ${"█".repeat(Math.ceil((count / most) * LONGEST))} ${count}`,
  );
  return ["", heading, ...drawn];
}
