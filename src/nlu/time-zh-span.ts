import type { TimeContext, TimeInText, TimePart } from "./time.ts";
import { NUMBER, numberOf } from "./time-zh-number.ts";
import { addWorkdays } from "./workdays.ts";
import { addDays, addMonths, type Day, dayOf, instantOf, minuteOf } from "./zone.ts";

const MINUTE_MS = 60_000;
const DAY: readonly TimePart[] = ["year", "month", "day"];
const CLOCK: readonly TimePart[] = [...DAY, "hour", "minute"];

const SPAN = new RegExp(
  `(再过|过)?(?<![\\d.第月])(?:(${NUMBER}|半)(?:个(半)?)?(工作日|天(?!津)|日(?!元)|周(?![一二三四五六日末])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|(?<=[个半])月|小时|钟头?|分钟|年)(半)?)(之内|以内|内|之后|以后|后(?!天)|之前|以前|前)?`,
  "gu",
);

/** 48小时内, 三天前, 半个月, 3个工作日后 in a simplified text. */
export function spansIn(text: string, { at, timeZone }: TimeContext): readonly TimeInText[] {
  return [...text.matchAll(SPAN)].flatMap((match): TimeInText[] => {
    const [said, ahead, word, half, unit, andHalf, direction] = match;
    const whole = word === "半" ? 0.5 : numberOf(word);
    // 半天 is "for ages", and a year counted in thousands is a date.
    if (whole === undefined || unit === undefined || said === "半天" || (unit === "年" && whole > 50))
      return [];
    const count = whole + (half === undefined && andHalf === undefined ? 0 : 0.5);
    const sign = direction?.includes("前") ? -1 : 1;
    const moved = shift(unit, sign * count, at, timeZone);
    if (moved === undefined) return [];
    const kind =
      direction !== undefined
        ? direction.includes("内")
          ? "deadline"
          : "moment"
        : ahead === undefined
          ? "length"
          : "moment";
    return [{ text: said, index: match.index, kind, provisional: false, ...moved }];
  });
}

type Moved = Pick<TimeInText, "at" | "certain"> & Partial<Pick<TimeInText, "provisional">>;

function shift(unit: string, count: number, at: number, timeZone: string): Moved | undefined {
  const today = dayOf(at, timeZone);
  const onDay = (day: Day): Moved => ({
    at: instantOf(day, minuteOf(at, timeZone), timeZone),
    certain: DAY,
  });
  switch (unit) {
    case "工作日": {
      // Counting back over holidays is nothing anybody asks for.
      if (count < 0) return undefined;
      const { day, provisional } = addWorkdays(today, Math.ceil(count));
      return { ...onDay(day), provisional };
    }
    case "天":
    case "日":
      return onDay(addDays(today, Math.round(count)));
    case "周":
    case "星期":
    case "礼拜":
      return onDay(addDays(today, Math.round(count * 7)));
    case "月": {
      const months = Math.trunc(count);
      return onDay(addDays(addMonths(today, months), Math.round((count - months) * 30)));
    }
    case "年":
      return onDay(addMonths(today, Math.round(count * 12)));
    case "分钟":
      return { at: at + count * MINUTE_MS, certain: CLOCK };
    default:
      return { at: at + count * 60 * MINUTE_MS, certain: CLOCK };
  }
}
