import type { DeskRecord } from "../../desk/facts.ts";
import { daysBetween, openClock } from "../../desk/hours.ts";
import { type DeskStats, statsOf } from "../../desk/stats.ts";
import type { Mind } from "../mind.ts";
import type { Say } from "../strings.ts";
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
      replies: repliesIn(stats, say),
      kept: stats.promisesKept,
      missed: stats.promisesMissed,
      ratings:
        stats.meanScore === null
          ? say("general.stats.none")
          : say("general.stats.ratings", { score: stats.meanScore.toFixed(1), rated: stats.rated }),
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

function repliesIn({ medianReplyMs, p95ReplyMs }: DeskStats, say: Say): string {
  if (medianReplyMs === null || p95ReplyMs === null) return say("general.stats.none");
  const waits = { median: waitInWords(medianReplyMs, say), p95: waitInWords(p95ReplyMs, say) };
  return say("general.stats.replies", waits);
}
