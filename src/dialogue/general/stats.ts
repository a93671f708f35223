import type { DeskRecord } from "../../desk/facts.ts";
import { daysBetween, openClock } from "../../desk/hours.ts";
import { type DeskStats, statsOf } from "../../desk/stats.ts";
import type { Mind } from "../mind.ts";
import { STAFF_LANG } from "../turn.ts";
import { waitInWords } from "./span.ts";

/** How far back `/stats` looks, ms. */
export const RECORD_MS = 7 * 24 * 3_600_000;

/** `/stats`: today, by the business's own clock, and the last seven days. */
export function statsNow(record: DeskRecord, at: number, mind: Mind): string {
  const say = mind.say(STAFF_LANG);
  const { agents } = mind.knowledge.business;
  const openTime = openClock(agents, { from: at - RECORD_MS, to: at });
  const span = (name: string, stats: DeskStats) =>
    say("general.stats.span", {
      span: name,
      opened: stats.opened,
      closed: stats.closed,
      median: stats.medianReplyMs === null ? "—" : waitInWords(stats.medianReplyMs, say),
      p95: stats.p95ReplyMs === null ? "—" : waitInWords(stats.p95ReplyMs, say),
      kept: stats.promisesKept,
      missed: stats.promisesMissed,
      rated: stats.rated,
      score: stats.meanScore === null ? "—" : stats.meanScore.toFixed(1),
    }).trim();
  return say("general.stats", {
    today: span(
      say("general.stats.today"),
      statsOf(record, (time) => time <= at && daysBetween(time, at, agents.timeZone) === 0, openTime),
    ),
    week: span(
      say("general.stats.week"),
      statsOf(record, (time) => time > at - RECORD_MS, openTime),
    ),
  });
}
