import type { Ladder } from "../../knowledge/ladders.ts";
import type { IntentId } from "../../knowledge/types.ts";
import { type Day, dateFormat, dayOf } from "../../nlu/zone.ts";
import type { Say } from "../strings.ts";
import { sayTo, type Turn } from "../turn.ts";
import { type CaseFact, type DowngradeCase, newCase, type Sector } from "./case.ts";
import type { LastDay } from "./climb.ts";
import { momentOf } from "./days.ts";
import type { DowngradeLexicon } from "./lexicon.ts";
import { EITHER_SECTOR } from "./remind-ladder.ts";

/** All that the lines of one answer depend on. */
export interface GuideContext {
  readonly say: Say;
  readonly intent: IntentId;
  readonly dispute: DowngradeCase;
  /** The customer's sector; both that differ where it isn't known. */
  readonly sectors: readonly Sector[];
  readonly ladders: readonly Ladder[];
  readonly lexicon: DowngradeLexicon;
  readonly today: Day;
  /** 12月8日; with the year where it isn't this one. */
  readonly words: (day: Day) => string;
  /** The same, and that it may still move, where it may. */
  readonly lastDay: (last: LastDay) => string;
  /** The day of a fact of the case. */
  readonly dayOfFact: (fact: CaseFact) => Day | undefined;
  /** 手机套餐：, where lines of several sectors stand together. */
  readonly of: (sector: Sector) => string;
}

export function guideContext(turn: Turn, intent: IntentId): GuideContext {
  const { knowledge } = turn.mind;
  const { lang } = turn.conversation;
  const { timeZone } = knowledge.business.agents;
  const say = sayTo(turn);
  const dispute = turn.conversation.downgrade ?? newCase(turn.at);
  const today = dayOf(turn.at, timeZone);
  return {
    say,
    intent,
    dispute,
    sectors: dispute.sector === null ? EITHER_SECTOR : [dispute.sector],
    ladders: knowledge.ladders,
    lexicon: knowledge.downgradeLexicon,
    today,
    words: (day) => dayWords(day, today, lang),
    lastDay: ({ day, provisional }) =>
      dayWords(day, today, lang) + (provisional ? say("guide.provisional") : ""),
    dayOfFact: (fact) => {
      const moment = momentOf(dispute.facts[fact], timeZone);
      return moment === undefined ? undefined : dayOf(moment, timeZone);
    },
    of: (sector) =>
      dispute.sector === null ? say(sector === "telecom" ? "guide.of.telecom" : "guide.of.membership") : "",
  };
}

const LOCALES = { zh: "zh-CN", en: "en-GB" };

function dayWords({ year, month, date }: Day, today: Day, lang: "zh" | "en"): string {
  return dateFormat(LOCALES[lang], {
    timeZone: "UTC",
    month: "long",
    day: "numeric",
    ...(year === today.year ? {} : { year: "numeric" }),
  }).format(Date.UTC(year, month - 1, date));
}
