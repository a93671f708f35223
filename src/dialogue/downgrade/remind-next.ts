import type { LadderStep } from "../../knowledge/ladders.ts";
import { intentButton, say } from "../answer.ts";
import { humanButton } from "../handoff.ts";
import { converse, sayTo, type Turn } from "../turn.ts";
import { LONGEST_COPY } from "../types.ts";
import { type CaseFact, type DowngradeCase, newCase, type Sector } from "./case.ts";
import { filling } from "./guide.ts";
import { letterButton } from "./letter-words.ts";
import { factAsRead } from "./lexicon.ts";
import { factEntry } from "./log.ts";
import { outcomeFact } from "./log-facts.ts";
import { deadlineDay, EITHER_SECTOR, nextSteps, type Rung } from "./remind-ladder.ts";
import type { Words } from "./remind-list.ts";
import { rungButtons } from "./remind-offer.ts";
import { dayWords, momentWords, spanWords, stepWords } from "./remind-words.ts";
import type { ReminderAbout, ReminderId, ReminderWord } from "./reminder.ts";

/** The customer's word on a reminder that came: it is over, or the next step follows. */
export function takeWord(turn: Turn, word: ReminderWord, id: ReminderId): void {
  const words = sayTo(turn);
  const reminder = (turn.snapshot.reminders ?? []).find((each) => each.id === id && each.state === "fired");
  if (reminder === undefined) {
    say(turn, words("remind.gone"), [[humanButton(turn)]]);
    return;
  }
  const { about } = reminder;
  converse(turn, { awaiting: null, misses: 0 });
  turn.effects.push({ kind: "reminder.settle", reminder: id, outcome: "done" });
  if (about.kind !== "own") factEntry(turn, outcomeFact(about, word));
  if (word === "done") say(turn, words("remind.settled"), [[humanButton(turn)]]);
  else nextStep(turn, words(`remind.${word}`), about);
}

/** The next step of the ladder, with all that is known of the dispute, and a reminder for its own time. */
function nextStep(turn: Turn, opening: string, about: ReminderAbout): void {
  const words = sayTo(turn);
  const dispute = disputeOf(turn, about);
  converse(turn, { downgrade: dispute });
  const after = about.kind === "rung" ? about.rung : null;
  const sectors = dispute.sector === null ? EITHER_SECTOR : [dispute.sector];
  const ways = sectors.map((sector) => wayOn(turn, sector, after, dispute.sector === null));
  const found = ways.filter((way) => way !== "");
  const known = knownFacts(turn, dispute, about);
  const buttons = rungButtons(turn, dispute.sector, after, null);
  const sentence = after === null && found.length > 0 ? sentenceFor(turn, dispute) : undefined;
  const text = [
    opening,
    ...(found.length === 0 ? [words("remind.end")] : found),
    ...(sentence === undefined ? [] : [sentence.text]),
    ...(known === "" ? [] : [words("remind.known", { facts: known })]),
    ...(buttons.length === 0 ? [] : [words("remind.after")]),
    ...(found.length === 0 ? [] : [words("remind.advice")]),
  ]
    .map((part) => part.trim())
    .join("\n\n");
  const more = [intentButton(turn, "downgrade.complain"), letterButton(turn)];
  say(turn, text, [...(sentence?.inline ?? []), ...buttons, more, [humanButton(turn)]]);
}

/** What to say when the complaint is made: the sentence of the obstacle they met, theirs to copy. */
function sentenceFor(turn: Turn, dispute: DowngradeCase): Words | undefined {
  const words = sayTo(turn);
  const { guide } = turn.mind.knowledge;
  const sentence = guide.get(dispute.obstacle ?? "downgrade.stalled_callback")?.say;
  if (sentence === undefined) return undefined;
  const copy = filling(dispute)(sentence.zh);
  const gloss = turn.conversation.lang === "en" ? [words("remind.gloss", { gloss: sentence.en })] : [];
  return {
    text: [words("remind.say", { say: copy }), ...gloss].join("\n"),
    inline: copy.length > LONGEST_COPY ? [] : [[{ label: words("guide.copy"), copy }]],
  };
}

/** What was known when the reminder was set, and what the same dispute has come to since. */
function disputeOf(turn: Turn, about: ReminderAbout): DowngradeCase {
  const now = turn.conversation.downgrade ?? null;
  const then = about.kind === "own" ? null : about.case;
  const dispute = then === null || then.startedAt === now?.startedAt ? now : then;
  const carried = dispute ?? newCase(turn.at);
  return about.kind === "rung" ? { ...carried, sector: about.sector } : carried;
}

/** The steps up to the next that takes time, and when its time is over; empty where the ladder ends. */
function wayOn(turn: Turn, sector: Sector, after: string | null, named: boolean): string {
  const words = sayTo(turn);
  const { ladders } = turn.mind.knowledge;
  const { steps, rung } = nextSteps(ladders, sector, after);
  const lines = steps.map((step) =>
    named
      ? words("remind.next_of", { sector: words(`remind.sector.${sector}`), step: stepWords(turn, step) })
      : words("remind.next", { step: stepWords(turn, step) }),
  );
  return [...lines, ...(rung === null ? [] : deadlineWords(turn, rung)), ...sourceWords(turn, steps)].join(
    "\n",
  );
}

function deadlineWords(turn: Turn, { deadline }: Rung): readonly string[] {
  const words = sayTo(turn);
  const { timeZone } = turn.mind.knowledge.business.agents;
  const { at, provisional } = deadlineDay(deadline, turn.at, timeZone);
  const limit = words("remind.deadline", {
    from: deadline.from[turn.conversation.lang],
    span: spanWords(turn, deadline),
    within: deadline.within[turn.conversation.lang],
    basis: words(`remind.basis.${deadline.basis}`),
  });
  if (deadline.starts === undefined) return [limit];
  const until = words("remind.until", { until: dayWords(turn, at) });
  return [limit, until, ...(provisional ? [words("remind.provisional")] : [])];
}

/** Every legal line carries its source and the day it was checked. */
function sourceWords(turn: Turn, steps: readonly LadderStep[]): readonly string[] {
  const last = steps.at(-1);
  if (last === undefined) return [];
  const { lang } = turn.conversation;
  const titles = last.source.flatMap((id) => {
    const source = turn.mind.knowledge.sources.get(id);
    if (source === undefined) return [];
    return lang === "zh" ? [source.title] : [`${source.title_en} (${source.title})`];
  });
  const words = sayTo(turn);
  const source = titles.join(words("letter.list_separator"));
  return [words("remind.source", { source, checked: last.checked_on })];
}

/** Facts that help with the next step, the customer's own words. */
const CARRIED = [
  "provider",
  "account",
  "plan",
  "target",
  "number",
  "promised",
] as const satisfies readonly CaseFact[];

function knownFacts(turn: Turn, { facts }: DowngradeCase, about: ReminderAbout): string {
  const words = sayTo(turn);
  const { downgradeLexicon } = turn.mind.knowledge;
  const lines = CARRIED.flatMap((fact) => {
    const value = facts[fact];
    if (value === undefined) return [];
    const said = factAsRead(fact, value, turn.conversation.lang, downgradeLexicon);
    return [words(`remind.known.${fact}`, { value: said })];
  });
  const broken =
    about.kind === "callback" ? [words("remind.known.broken", { by: momentWords(turn, about.by) })] : [];
  return [...lines, ...broken].join("\n");
}
