import { NUMBER, numberOf } from "./time-zh-number.ts";

/** A time of day in a text. */
export interface Clock {
  readonly index: number;
  readonly end: number;
  /** Minutes after midnight; 1440 and more is the next day. */
  readonly minutes: number;
  readonly certain: readonly ("hour" | "minute")[];
  /** 三点, 早: a time of day only where a day stands right before it. */
  readonly weak: boolean;
}

/** When a part of the day is, by itself. */
const PERIODS: Readonly<Record<string, number>> = {
  凌晨: 2,
  清晨: 7,
  早: 9,
  早上: 9,
  早晨: 9,
  上午: 10,
  上昼: 10,
  中午: 12,
  下午: 15,
  下昼: 15,
  傍晚: 18,
  晚: 20,
  晚上: 20,
  夜里: 22,
  半夜: 23,
};

const PERIOD = Object.keys(PERIODS)
  .toSorted((one, other) => other.length - one.length)
  .join("|");
const CLOCK = new RegExp(
  `(${PERIOD})?\\s?(?:(?<![\\d.:：])(${NUMBER})[点时](?![间候长内\\d]|问题|建议|要求|意见|疑问|原因|理由)(钟|整)?(?:(半)|([一三]刻)|(${NUMBER})分?)?|(?<![\\d:])(\\d{1,2})[:：](\\d{2})(?!\\d))|(${PERIOD})`,
  "gu",
);

/** The times of day in a simplified text. */
export function clocksIn(text: string): readonly Clock[] {
  return [...text.matchAll(CLOCK)].flatMap((match): Clock[] => {
    const [said, period, hourWord, whole, half, quarter, minuteWord, h, m, alone] = match;
    const place = { index: match.index, end: match.index + said.length };
    if (alone !== undefined) {
      const minutes = (PERIODS[alone] ?? 12) * 60;
      return [{ ...place, minutes, certain: [], weak: alone.length === 1 }];
    }
    const hour = numberOf(hourWord ?? h);
    const minute =
      half !== undefined
        ? 30
        : quarter !== undefined
          ? quarter === "一刻"
            ? 15
            : 45
          : numberOf(minuteWord ?? m);
    if (hour === undefined || hour > 24 || (minute ?? 0) > 59) return [];
    const exact = period !== undefined || hour > 6 || h !== undefined;
    const more = whole ?? half ?? quarter ?? minuteWord;
    return [
      {
        ...place,
        minutes: hourOf(hour, period, exact) * 60 + (minute ?? 0),
        certain: exact ? ["hour", "minute"] : ["minute"],
        weak: period === undefined && more === undefined && !/\d/u.test(said),
      },
    ];
  });
}

/** By day people mean the afternoon when they say 三点 and no more. */
function hourOf(hour: number, period: string | undefined, exact: boolean): number {
  if (!exact) return hour === 0 ? 0 : hour + 12;
  if (period === undefined) return hour;
  const middle = PERIODS[period] ?? 0;
  if (middle >= 15 && hour < 12) return hour + 12;
  if (period === "中午" && hour < 3) return hour + 12;
  if (middle >= 18 && hour === 12) return 24;
  if (period === "凌晨" && hour === 12) return 0;
  return hour;
}
