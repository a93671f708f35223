import type { Lang } from "../../knowledge/types.ts";
import { normalise } from "../../nlu/normalise.ts";
import { type TimeInText, timesIn } from "../../nlu/time.ts";
import { dayOf, instantOf, isoOf, minuteOf } from "../../nlu/zone.ts";
import type { CaseFact } from "./case.ts";
import { type DowngradeLexicon, mentionOf } from "./lexicon.ts";

/** What a customer wrote, and when and where by which clocks. */
export interface Told {
  readonly text: string;
  readonly lang: Lang;
  /** Epoch ms. */
  readonly at: number;
  /** IANA name. */
  readonly timeZone: string;
  /** It says that what was promised didn't come: the promise is over, whatever its time. */
  readonly broken: boolean;
}

/** What of a case a message holds; undefined as well as absent is nothing. */
export type Facts = { readonly [Fact in CaseFact]?: string | undefined };

/** A comma ends what a time belongs to. */
export const CLAUSE = /[，,。！？!?；;、\n]+|\.\s/u;
const OVER = /[了过被多]|\b(?:was|were|got|charged|billed|renewed)\b/iu;
const WAITING = /[等候]|排队|wait|hold|queue/iu;
/** Told to wait isn't having waited: nothing of it goes into a letter as a fact. */
const TO_WAIT =
  /(?:让|叫|要|请|得|需要|只能|继续|再)[我您你]?(?:再|继续|先|耐心)?等(?![了过到])|\bto wait\b|\b(?:must|should|please|can only) wait\b/iu;
const NOON = 12 * 60;

/** The days of a dispute that a message names, and how long its writer waited. */
export function daysIn(told: Told, lexicon: DowngradeLexicon): Facts {
  const found: { -readonly [Fact in keyof Facts]: Facts[Fact] } = {};
  for (const clause of told.text.split(CLAUSE)) {
    const said = normalise(clause);
    const has = (list: readonly string[]) => mentionOf(said, list) !== undefined;
    if (WAITING.test(clause) && !TO_WAIT.test(clause)) found.waited ??= lengthIn(clause, told);
    const ahead = has(lexicon.renewals) && !OVER.test(clause) ? aheadIn(clause, told) : undefined;
    if (ahead !== undefined) {
      found.renews ??= ahead;
      continue;
    }
    if (!has(lexicon.events) && !has(lexicon.complaints)) continue;
    const day = pastIn(clause, told);
    if (day === undefined) continue;
    found.happened ??= day;
    if (has(lexicon.charges)) found.charged ??= day;
    if (has(lexicon.complaints) && !has(Object.values(lexicon.elsewhere).flat())) found.complained ??= day;
  }
  return found;
}

/** 2026-05-03, 2026-05-03 15:00 where the hour was said, 2026-05 where only the month was. */
export function stampOf({ at, certain }: Pick<TimeInText, "at" | "certain">, timeZone: string): string {
  const day = isoOf(dayOf(at, timeZone));
  if (!certain.includes("day") && !certain.includes("weekday")) return day.slice(0, 7);
  if (!certain.includes("hour")) return day;
  const minute = minuteOf(at, timeZone);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${day} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** When a stamp was, epoch ms: noon of its day where it has no hour; undefined where it names no day. */
export function momentOf(stamp: string | undefined, timeZone: string): number | undefined {
  const [, year, month, date, hour, minute] =
    /^(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d))?$/u.exec(stamp ?? "") ?? [];
  if (date === undefined) return undefined;
  const minutes = hour === undefined ? NOON : Number(hour) * 60 + Number(minute);
  return instantOf({ year: Number(year), month: Number(month), date: Number(date) }, minutes, timeZone);
}

function pastIn(clause: string, { lang, at, timeZone }: Told): string | undefined {
  const time = timesIn(clause, lang, at, timeZone, "past").find(
    (one) => one.kind === "moment" && one.at <= endOfToday(at, timeZone) && one.certain.length > 0,
  );
  return time && stampOf(time, timeZone);
}

function aheadIn(clause: string, { lang, at, timeZone }: Told): string | undefined {
  const time = timesIn(clause, lang, at, timeZone).find(
    (one) => one.kind !== "length" && one.at > at && one.certain.includes("day"),
  );
  return time && stampOf(time, timeZone);
}

function lengthIn(clause: string, { lang, at, timeZone }: Told): string | undefined {
  return timesIn(clause, lang, at, timeZone).find(({ kind }) => kind === "length")?.text;
}

/** 今天 is told as its noon, which may be still to come. */
function endOfToday(at: number, timeZone: string): number {
  return instantOf(dayOf(at, timeZone), 24 * 60, timeZone);
}
