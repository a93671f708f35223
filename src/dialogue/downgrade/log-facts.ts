import { z } from "zod";
import { CASE_LINE, type TranscriptLine } from "../../desk/types.ts";
import type { Lang } from "../../knowledge/types.ts";
import type { Mind } from "../mind.ts";
import { type Hearer, sayTo } from "../turn.ts";
import { SECTORS } from "./case.ts";
import { quotedEnglish } from "./letter-chinese.ts";
import { dayWords, momentWords, providerCalled, rungWords } from "./remind-words.ts";
import { REMINDER_WORDS, type ReminderAbout, type ReminderWord } from "./reminder.ts";

const word = z.enum(REMINDER_WORDS);
/** The provider's name where it is known. */
const provider = z.string().nullable();
const logFact = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("promise"), promised: z.string() }),
  z.strictObject({ of: z.literal("callback"), word, provider, by: z.number() }),
  z.strictObject({ of: z.literal("window"), word, provider }),
  z.strictObject({ of: z.literal("charge"), word, on: z.number() }),
  z.strictObject({
    of: z.literal("rung"),
    word,
    sector: z.enum(SECTORS),
    rung: z.string(),
    since: z.number(),
  }),
]);

/**
 * What the bot notes in a case log: a promise as the customer told it, or what became of a reminder. The line keeps
 * the fact, not a sentence: the list, the letter and the agents' card each say it in their own language.
 */
export type LogFact = z.infer<typeof logFact>;

/** What became of a reminder, in the customer's word. */
export function outcomeFact(about: Exclude<ReminderAbout, { kind: "own" }>, word: ReminderWord): LogFact {
  const provider = about.case?.facts.provider ?? null;
  switch (about.kind) {
    case "callback":
      return { of: "callback", word, provider, by: about.by };
    case "window":
      return { of: "window", word, provider };
    case "charge":
      return { of: "charge", word, on: about.on };
    case "rung":
      return { of: "rung", word, sector: about.sector, rung: about.rung, since: about.since };
  }
}

/** How a line of the transcript reads: the bot's facts are said in that language, all else is as it was written. */
export function lineWords(line: TranscriptLine, mind: Mind, lang: Lang): string {
  if (line.kind !== CASE_LINE || line.speaker !== "bot") return line.text;
  const fact = logFact.safeParse(parsed(line.text)).data;
  return fact === undefined ? line.text : factWords({ mind, at: line.at, conversation: { lang } }, fact);
}

function factWords(hearer: Hearer, fact: LogFact): string {
  const say = sayTo(hearer);
  if (fact.of === "promise") {
    const { promised } = fact;
    return say("log.promised", {
      promised: hearer.conversation.lang === "zh" ? quotedEnglish(promised) : promised,
    });
  }
  return say(`remind.log.${fact.word}`, { what: subjectWords(hearer, fact) });
}

function subjectWords(hearer: Hearer, fact: Exclude<LogFact, { of: "promise" }>): string {
  const say = sayTo(hearer);
  switch (fact.of) {
    case "callback":
      return say("remind.log.callback", {
        provider: providerCalled(hearer, fact.provider),
        by: momentWords(hearer, fact.by),
      });
    case "window":
      return say("remind.about.window", { provider: providerCalled(hearer, fact.provider) });
    case "charge":
      return say("remind.about.charge", { on: dayWords(hearer, fact.on) });
    case "rung": {
      const rung = rungWords(hearer, fact);
      return rung === undefined
        ? say("remind.about.bare")
        : say("remind.log.rung", { step: rung.step, until: rung.until });
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
