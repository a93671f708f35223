import type { TimeContext, TimePart } from "./time.ts";
import { leaning } from "./time-lean.ts";
import { NUMBER, numberOf } from "./time-zh-number.ts";
import { addDays, addMonths, type Day, dayOf, lastDateOf, minuteOf, weekdayOf } from "./zone.ts";

export interface FoundDay {
  readonly index: number;
  readonly end: number;
  readonly day: Day;
  /** Minutes after midnight, where the words say it (刚才). */
  readonly minutes?: number;
  readonly certain: readonly TimePart[];
}

type Found = Pick<FoundDay, "day" | "certain" | "minutes">;
type Groups = Readonly<Record<string, string | undefined>>;

/** A way to write a day; earlier ways win where two overlap. */
interface Way {
  readonly pattern: RegExp;
  readonly read: (groups: Groups, context: TimeContext, today: Day) => Found | undefined;
}

const YEARS: Readonly<Record<string, number>> = { 前年: -2, 去年: -1, 今年: 0, 明年: 1, 后年: 2 };
const SHIFTS: Readonly<Record<string, number>> = { 上上: -2, 上: -1, 这: 0, 本: 0, 下: 1, 下下: 2 };
const DAYS: Readonly<Record<string, number>> = {
  大前天: -3,
  前天: -2,
  前日: -2,
  昨天: -1,
  昨日: -1,
  昨: -1,
  琴日: -1,
  寻日: -1,
  今天: 0,
  今日: 0,
  今: 0,
  明天: 1,
  明日: 1,
  明: 1,
  听日: 1,
  后天: 2,
  后日: 2,
  大后天: 3,
};
const WEEKDAYS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  末: 6,
  日: 7,
  天: 7,
};

const SHIFT = "(?<shift>上上|下下|上|下|这|本)";
const WEEK = "(?:周|星期|礼拜)";
const PART = "(?<part>初|中旬|底|末)";

const WAYS: readonly Way[] = [
  {
    pattern: /(?<!\d)(?<y>\d{4})\s?[-/.年]\s?(?<m>\d{1,2})\s?[-/.月]\s?(?<d>\d{1,2})(?!\d)[日号]?/gu,
    read: ({ y, m, d }) => valid(Number(y), Number(m), Number(d), ["year", "month", "day"]),
  },
  {
    pattern: new RegExp(
      `(?<y>${Object.keys(YEARS).join("|")})?的?(?<m>${NUMBER})月(?<d>${NUMBER})(?:[日号]|(?![\\d个天年月小分多点]))`,
      "gu",
    ),
    read: ({ y, m, d }, context, today) =>
      monthDay(numberOf(m), numberOf(d), y === undefined ? undefined : today.year + (YEARS[y] ?? 0), context),
  },
  {
    pattern: /(?<![\d/.-])(?<m>\d{1,2})\/(?<d>\d{1,2})(?![\d/.]|\s?小时)/gu,
    read: ({ m, d }, context) => monthDay(Number(m), Number(d), undefined, context),
  },
  {
    pattern: new RegExp(`${SHIFT}个?月(?:份)?(?:的)?(?:(?<d>${NUMBER})[日号]|${PART})?`, "gu"),
    read: ({ shift, d, part }, _, today) => {
      const month = addMonths(today, SHIFTS[shift ?? ""] ?? 0);
      if (d !== undefined) return valid(month.year, month.month, numberOf(d) ?? 0, ["year", "month", "day"]);
      return { day: partOf(month, part), certain: ["year", "month"] };
    },
  },
  {
    pattern: new RegExp(
      `(?<y>${Object.keys(YEARS).join("|")}|\\d{4}年)?的?(?<![\\d个])(?<m>${NUMBER})月(?:份|${PART})?(?!\\d)`,
      "gu",
    ),
    read: ({ y, m, part }, context, today) => {
      const year =
        y === undefined ? undefined : /\d/u.test(y) ? Number.parseInt(y, 10) : today.year + (YEARS[y] ?? 0);
      const found = monthDay(numberOf(m), part === undefined ? 15 : 1, year, context);
      return found && { day: partOf(found.day, part), certain: found.certain.filter((p) => p !== "day") };
    },
  },
  {
    pattern: new RegExp(`(?<!\\p{Script=Han})月${PART}|月(?<last>底|末)`, "gu"),
    read: ({ part, last }, _, today) => ({ day: partOf(today, part ?? last), certain: [] }),
  },
  {
    pattern:
      /大前天|大后天|(?<![以之今])(?:前天|后天)(?!天)|前日|后日|[昨今明]天|[昨今明]日|琴日|寻日|听日|[昨今明](?=[早晚夜])/gu,
    read: ({ all }, _, today) => ({
      day: addDays(today, DAYS[all ?? ""] ?? 0),
      certain: ["year", "month", "day"],
    }),
  },
  {
    pattern: new RegExp(
      `${SHIFT}?个?(?<![一两三四五六几每\\d])${WEEK}(?<w>[一二三四五六日天末])(?!次|[点期年])`,
      "gu",
    ),
    read: ({ shift, w }, context, today) => {
      const monday = addDays(today, 1 - (weekdayOf(today) || 7));
      const offset = (WEEKDAYS[w ?? ""] ?? 1) - 1;
      if (shift !== undefined)
        return {
          day: addDays(monday, (SHIFTS[shift] ?? 0) * 7 + offset),
          certain: ["year", "month", "day", "weekday"],
        };
      const weeks = context.lean === "nearest" ? [0] : [-1, 0, 1];
      const day = leaning(
        weeks.map((week) => addDays(monday, week * 7 + offset)),
        context,
      );
      return day && { day, certain: ["weekday"] };
    },
  },
  {
    pattern: new RegExp(`${SHIFT}个?${WEEK}`, "gu"),
    read: ({ shift }, _, today) => ({ day: addDays(today, (SHIFTS[shift ?? ""] ?? 0) * 7), certain: [] }),
  },
  {
    pattern: /(?<![\w第月点])(?<d>\d{1,2}|[一二三四五六七八九十]{1,3})号(?![楼线店门机码员坑键\d])/gu,
    read: ({ d }, context, today) => {
      const date = numberOf(d);
      const months = [-1, 0, 1].map((shift) => addMonths({ ...today, date: 1 }, shift));
      const days = months.flatMap((month) => valid(month.year, month.month, date ?? 0, [])?.day ?? []);
      const day = leaning(days, context);
      return day && { day, certain: ["day"] };
    },
  },
  {
    pattern: /刚才|刚刚/gu,
    read: (_, { at, timeZone }, today) => ({
      day: today,
      minutes: minuteOf(at, timeZone),
      certain: ["year", "month", "day"],
    }),
  },
];

/** The days in a simplified text; of two ways to read the same words, the first of {@link WAYS}. */
export function daysIn(text: string, context: TimeContext): readonly FoundDay[] {
  const today = dayOf(context.at, context.timeZone);
  const found: FoundDay[] = [];
  for (const { pattern, read } of WAYS)
    for (const match of text.matchAll(pattern)) {
      const [all] = match;
      const place = { index: match.index, end: match.index + all.length };
      if (found.some((other) => place.index < other.end && other.index < place.end)) continue;
      const day = read({ ...match.groups, all }, context, today);
      if (day !== undefined) found.push({ ...place, ...day });
    }
  return found.toSorted((one, other) => one.index - other.index);
}

function valid(year: number, month: number, date: number, certain: readonly TimePart[]): Found | undefined {
  const real = month >= 1 && month <= 12 && date >= 1 && date <= lastDateOf({ year, month });
  return real ? { day: { year, month, date }, certain } : undefined;
}

/** A date whose year may have to be found. */
function monthDay(
  month: number | undefined,
  date: number | undefined,
  year: number | undefined,
  context: TimeContext,
): Found | undefined {
  if (month === undefined || date === undefined) return undefined;
  if (year !== undefined) return valid(year, month, date, ["year", "month", "day"]);
  const { year: now } = dayOf(context.at, context.timeZone);
  const days = [now - 1, now, now + 1].flatMap((y) => valid(y, month, date, [])?.day ?? []);
  const day = leaning(days, context);
  return day && { day, certain: ["month", "day"] };
}

function partOf(month: Day, part: string | undefined): Day {
  switch (part) {
    case "初":
      return { ...month, date: 1 };
    case "中旬":
      return { ...month, date: 15 };
    case "底":
    case "末":
      return { ...month, date: lastDateOf(month) };
    default:
      return month;
  }
}
