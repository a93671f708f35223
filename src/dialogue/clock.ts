import { STAFF_LANG } from "./turn.ts";

/** A time of day as agents read it, in the business's own zone. */
export function clock(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat(STAFF_LANG, { timeStyle: "short", timeZone }).format(at);
}

/** A day and a time as agents read them, in the business's own zone. */
export function stamp(at: number, timeZone: string): string {
  const parts = { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(STAFF_LANG, { ...parts, hourCycle: "h23", timeZone }).format(at);
}
