import { z } from "zod";
import { isoDate, text } from "./shape.ts";
import type { OpenRange, Schedule } from "./types.ts";

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const DAY_MINUTES = 24 * 60;

/** `9:00-12:00, 13:30-18:00`, or `closed`. */
const ranges = z.string().transform((written, context): readonly OpenRange[] => {
  const refuse = (message: string) => {
    context.addIssue({ code: "custom", message });
    return [];
  };
  if (written.trim() === "closed") return [];
  const read = written.split(",").map(rangeOf);
  const open = read.filter((range) => range !== undefined);
  if (open.length < read.length)
    return refuse(
      "must be times like 9:00-12:00, 13:30-18:00 (over midnight: 22:00-24:00, and on the next day 0:00-6:00), or closed",
    );
  if (open.some((range, at) => at > 0 && range.from < (open[at - 1]?.to ?? 0)))
    return refuse("must name its times in order, without overlaps");
  return open;
});

/** `mon-fri` or `sat`. */
const weekly = z.record(z.string(), ranges).transform((written, context) => {
  const week: (readonly OpenRange[])[] = WEEKDAYS.map(() => []);
  for (const [name, open] of Object.entries(written)) {
    const days = weekdaysOf(name);
    if (days.length === 0)
      context.addIssue({ code: "custom", path: [name], message: "is no day: write mon, or mon-fri" });
    for (const day of days) week[day] = open;
  }
  if (Object.values(written).every((open) => open.length === 0))
    context.addIssue({
      code: "custom",
      message: "must be open some time: agents who never answer can't promise",
    });
  return week;
});

const day = z
  .strictObject({ from: isoDate, to: isoDate.optional(), open: ranges.optional(), source: text })
  .refine(({ from, to }) => to === undefined || from <= to, { path: ["to"], message: "is before `from`" });

/** `agents.hours`: the words for it and, unless it is around the clock, the times. */
export const agentHours = z
  .strictObject({ zh: text, en: text, weekly: weekly.optional(), days: z.array(day).optional() })
  .refine((hours) => hours.days === undefined || hours.weekly !== undefined, {
    path: ["days"],
    message: "needs `weekly`: without it agents answer around the clock",
  });

export function scheduleOf(hours: z.infer<typeof agentHours>): Schedule | null {
  if (hours.weekly === undefined) return null;
  const days = (hours.days ?? []).map(({ from, to, open, source }) => ({
    from,
    to: to ?? from,
    open: open ?? [],
    source,
  }));
  return { weekly: hours.weekly, days };
}

function rangeOf(written: string): OpenRange | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] =
    /^\s*(\d{1,2}):([0-5]\d)\s*[-–]\s*(\d{1,2}):([0-5]\d)\s*$/u.exec(written) ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  return from < to && to <= DAY_MINUTES ? { from, to } : undefined;
}

/** `22:00-8:00`; other than opening hours, it may go over midnight. */
export const quietHours = z.string().transform((written, context): OpenRange => {
  const [, fromHour, fromMinute, toHour, toMinute] =
    /^\s*(\d{1,2}):([0-5]\d)\s*[-–]\s*(\d{1,2}):([0-5]\d)\s*$/u.exec(written) ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  if (from < DAY_MINUTES && to <= DAY_MINUTES && from !== to) return { from, to: to % DAY_MINUTES };
  context.addIssue({
    code: "custom",
    message: "must be two times like 22:00-8:00; leave it out to send reminders at any hour",
  });
  return z.NEVER;
});

/** The days a name stands for; a range may go over the week's end (`fri-mon`). */
function weekdaysOf(name: string): number[] {
  const [first, last = first, ...more] = name
    .split("-")
    .map((part) => (WEEKDAYS as readonly string[]).indexOf(part));
  if (first === undefined || last === undefined || first < 0 || last < 0 || more.length > 0) return [];
  const count = ((last - first + WEEKDAYS.length) % WEEKDAYS.length) + 1;
  return Array.from({ length: count }, (_, at) => (first + at) % WEEKDAYS.length);
}
