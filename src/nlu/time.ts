import type { Lang } from "../knowledge/types.ts";
import { englishTimes } from "./time-en.ts";
import { chineseTimes } from "./time-zh.ts";

export type TimePart = "year" | "month" | "day" | "weekday" | "hour" | "minute";

/** A time that somebody wrote in words. */
export interface TimeInText {
  /** As it was written, and where in the text it begins. */
  readonly text: string;
  readonly index: number;
  /** Epoch ms. Where no time of day was said, noon in the zone; for lengths in days, the same time of day. */
  readonly at: number;
  /** What the words say themselves; the rest was filled in around the moment they were written. */
  readonly certain: readonly TimePart[];
  /**
   * `moment`: 昨天, 三天前, on May 3. `deadline`: by then, 周三之前, 48小时内, within 15 days. `length`: how long, with
   * nothing said of when it begins (3个工作日, 半个月): `at` is so long from now.
   */
  readonly kind: "moment" | "deadline" | "length";
  /** Working days in a year whose public holidays aren't announced: `at` may still move. */
  readonly provisional: boolean;
}

/** What is written and when: all that times in words depend on. */
export interface TimeContext {
  /** Epoch ms. */
  readonly at: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly lean: TimeLean;
}

/** Which of several days is meant where the words leave it open: 5月3日 of which year, 周三 of which week. */
export type TimeLean = "past" | "future" | "nearest";

/**
 * The times in a text, in its order, never overlapping.
 * @param at epoch ms, when it was written
 * @param timeZone IANA name of the zone that its clocks are in
 */
export function timesIn(
  text: string,
  lang: Lang,
  at: number,
  timeZone: string,
  lean: TimeLean = "nearest",
): readonly TimeInText[] {
  const context: TimeContext = { at, timeZone, lean };
  return lang === "en" ? englishTimes(text, context) : chineseTimes(text, context);
}
