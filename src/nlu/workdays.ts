import chineseDays from "chinese-days";
import { addDays, type Day, isoOf, weekdayOf } from "./zone.ts";

export interface Workday {
  readonly day: Day;
  /** The year's public holidays aren't announced yet: weekends only were left out, and the day may still move. */
  readonly provisional: boolean;
}

/**
 * The day after which so many working days have gone by, in mainland China: public holidays don't count, the days
 * worked to make up for them do (the State Council's yearly notice, as the `chinese-days` package has it). The day
 * it runs from isn't counted.
 */
export function addWorkdays(from: Day, workdays: number): Workday {
  let day = from;
  let provisional = false;
  for (let left = workdays; left > 0; ) {
    day = addDays(day, 1);
    const announced = isAnnounced(day.year);
    provisional ||= !announced;
    if (announced ? isWorkday(day) : isWeekday(day)) left -= 1;
  }
  return { day, provisional };
}

/** Asked of at noon: the package takes a bare date as midnight in UTC, which west of it is still the day before. */
const isWorkday = (day: Day): boolean => chineseDays.isWorkday(`${isoOf(day)}T12:00:00`);

const announcedYears = new Map<number, boolean>();

/** Whether the calendar has a year's public holidays. */
export function isAnnounced(year: number): boolean {
  const known = announcedYears.get(year);
  if (known !== undefined) return known;
  const announced = chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0;
  announcedYears.set(year, announced);
  return announced;
}

function isWeekday(day: Day): boolean {
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6;
}
