import { html } from "hono/html";
import { type Markup, pageOf } from "../desk/page.ts";
import { TOO_FEW } from "../desk/service.ts";
import type { Report } from "./figures.ts";
import { type Chart, chartsOf, type ReportWords, serviceCells, spanCharts } from "./words.ts";

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", sans-serif; }
body { margin: 0 auto; max-width: 56rem; padding: 1rem; }
h1 { font-size: 1.4rem; margin-bottom: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid #8885; padding: .3rem .5rem; text-align: right; white-space: nowrap; }
th:first-child { text-align: left; }
.scroll { overflow-x: auto; } .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0 2rem; }
dl { display: grid; grid-template-columns: auto 1fr auto; gap: .15rem .6rem; align-items: center; margin: 0; }
dt { text-align: right; } dd { margin: 0; } dd.bar > span { display: block; height: .8rem; background: #3a82f6; border-radius: 2px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
svg { display: block; width: 100%; height: auto; } .downgrade { fill: #e08a2e; } .others { fill: #3a82f6; }
text { font-size: 9px; fill: currentColor; } .key { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .3rem; }
footer { margin-top: 2rem; opacity: .75; } @media print { section { break-inside: avoid; } }`;

/** The report as one file: no script runs, nothing is loaded, and it prints. */
export function reportPage(report: Report, words: ReportWords): string {
  const { say, lang } = words;
  const title = say("report.title", { service: words.service });
  const body = html`<h1>${title}</h1>
<p>${say("report.made", { when: words.moment(report.at), zone: report.timeZone })}</p>
${report.spans.map((span) => spanOf(span, words))}
<section><h2>${say("report.volume")}</h2>
${volumeChart(report.volume, words)}</section>
<section class="charts">${chartsOf(report, words).map(chartOf)}</section>
<footer>${say("report.method", { few: TOO_FEW })}</footer>`;
  return pageOf({ lang, title, style: STYLE, body });
}

function spanOf(span: Report["spans"][number], words: ReportWords): Markup {
  const { say } = words;
  const topics = (["downgrade", "others", "all"] as const).map((topic) => ({
    name: say(`report.${topic}`),
    cells: serviceCells(span.service[topic], words),
  }));
  const labels = topics[0]?.cells.map(([label]) => label) ?? [];
  return html`<section><h2>${say("report.span", { days: span.days })}</h2>
<div class="scroll"><table>
<tr><th></th>${labels.map((label) => html`<th scope="col">${label}</th>`)}</tr>
${topics.map(
  ({
    name,
    cells,
  }) => html`<tr><th scope="row">${name}</th>${cells.map(([, value]) => html`<td>${value}</td>`)}</tr>
`,
)}</table></div>
<div class="charts">${spanCharts(span, words).map(chartOf)}</div></section>
`;
}

function chartOf({ heading, bars }: Chart): Markup {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return html`<div><h3>${heading}</h3>
<dl>${bars.map(
    ({ label, count }) => html`<dt>${label}</dt>
<dd class="bar"><span style="width:${Math.round((count / most) * 100)}%"></span></dd><dd>${count}</dd>
`,
  )}</dl></div>
`;
}

/** The chart's own units: a day's bar and its gap, and the height of the busiest day. */
const BAR = 16;
const GAP = 4;
const HEIGHT = 100;
const LABELS = 14;

function volumeChart(volume: Report["volume"], { say }: ReportWords): Markup {
  const most = Math.max(1, ...volume.map(({ downgrade, others }) => downgrade + others));
  const width = volume.length * (BAR + GAP);
  const tall = (count: number) => (count / most) * HEIGHT;
  return html`<p><span class="key" style="background:#e08a2e"></span>${say("report.downgrade")}
<span class="key" style="background:#3a82f6;margin-left:1rem"></span>${say("report.others")}</p>
<svg viewBox="0 0 ${width} ${HEIGHT + 2 * LABELS}" role="img" aria-label="${say("report.volume")}">
${volume.map(({ day, downgrade, others }, at) => {
  const x = at * (BAR + GAP);
  const top = LABELS + HEIGHT - tall(downgrade + others);
  return html`<g><title>${day}: ${downgrade} + ${others}</title>
<rect class="downgrade" x="${x}" y="${top}" width="${BAR}" height="${tall(downgrade)}"/>
<rect class="others" x="${x}" y="${top + tall(downgrade)}" width="${BAR}" height="${tall(others)}"/>
${downgrade + others === 0 ? "" : html`<text x="${x + BAR / 2}" y="${top - 2}" text-anchor="middle">${downgrade + others}</text>`}
<text x="${x + BAR / 2}" y="${HEIGHT + 2 * LABELS - 3}" text-anchor="middle">${Number(day.slice(-2))}</text></g>
`;
})}</svg>`;
}
