import type { IntentId } from "../../knowledge/types.ts";
import { converse, sayTo, type Turn } from "../turn.ts";
import type { Button, InlineButton } from "../types.ts";
import { newCase, type Sector } from "./case.ts";
import { momentOf, stampOf } from "./days.ts";
import { ENDS_IN_COMPLAINT } from "./obstacles.ts";
import { hearReminders, type Plan } from "./remind-hear.ts";
import { afterDeadline, EITHER_SECTOR, nextSteps, type Rung, stepOf } from "./remind-ladder.ts";
import type { Words } from "./remind-list.ts";
import { type DatedAbout, dueFor, setReminder, spokenAt } from "./remind-set.ts";
import { momentWords, spanWords } from "./remind-words.ts";

/**
 * What stands under an answer of the downgrade guide: a reminder for the time that the customer's words name, else
 * for the step the answer ends in. Asked for in so many words, it is set at once.
 * @param heard the customer's words; undefined where a button or a command asked
 */
export function offerReminder(turn: Turn, intent: IntentId, heard: string | undefined): Words | null {
  // One message with two questions has two answers, and one reminder.
  if (turn.effects.some(({ kind }) => kind === "reminder.set")) return null;
  const { knowledge } = turn.mind;
  const { lang } = turn.conversation;
  const { timeZone } = knowledge.business.agents;
  const { plan, asked } =
    heard === undefined
      ? { plan: null, asked: false }
      : hearReminders(heard, { lang, at: turn.at, timeZone }, knowledge.reminderLexicon);
  const offers = intent === "downgrade" || ENDS_IN_COMPLAINT.has(intent);
  if (plan !== null && plan.kind !== "complained" && (offers || asked)) return offerPlan(turn, plan, asked);
  if (plan?.kind !== "complained" && !ENDS_IN_COMPLAINT.has(intent)) return null;
  const { sector = null, facts = {} } = turn.conversation.downgrade ?? {};
  // “已经投诉过12315了” isn't the complaint to the provider, whose time for an answer this is.
  const before = turn.snapshot.conversation?.downgrade?.facts.elsewhere;
  const toProvider = plan?.kind === "complained" && facts.elsewhere === before;
  const since = (toProvider ? plan.since : undefined) ?? momentOf(facts.complained, timeZone) ?? null;
  if (sector === null && since === null && intent !== "downgrade.complain") return null;
  const inline = rungButtons(turn, sector, null, since);
  return inline.length === 0 ? null : { text: "", inline };
}

function offerPlan(turn: Turn, plan: Exclude<Plan, { kind: "complained" }>, asked: boolean): Words | null {
  const say = sayTo(turn);
  const about = aboutOf(turn, plan);
  if (about === null) {
    converse(turn, { awaiting: { kind: "reminder.ends", lead: plan.kind === "window" ? plan.lead : 0 } });
    return { text: say("remind.offer.window_ask"), inline: [] };
  }
  const dueAt = dueFor(turn, about);
  if (dueAt === undefined) return null;
  if (asked) return { text: setReminder(turn, about, dueAt).text, inline: [] };
  if (offered(turn) !== undefined) return null;
  const button: Button = { kind: "remind", of: about.kind, at: timeOf(about) };
  const when = momentWords(turn, spokenAt(turn, about, dueAt));
  return {
    text: say(`remind.offer.${about.kind}`, { when }),
    inline: [[{ label: say("remind.button.set"), button }]],
  };
}

/** “要” takes what was offered, as its button does, unless something else is asked. */
export function awaitOffer(turn: Turn): void {
  const button = offered(turn);
  if (button === undefined || turn.conversation.awaiting !== null) return;
  converse(turn, { awaiting: { kind: "choice", options: [button] } });
}

/** What this message's answers offer already: one that holds two questions gets two. */
function offered(turn: Turn): Button | undefined {
  return turn.effects
    .flatMap((effect) => (effect.kind === "send" && effect.message.kind === "text" ? [effect.message] : []))
    .flatMap(({ inline }) => (inline ?? []).flat())
    .flatMap((key) => ("button" in key ? [key.button] : []))
    .find(({ kind }) => kind === "remind");
}

type Planned = Exclude<DatedAbout, { kind: "rung" }>;

/** Null where the day isn't known yet. */
export function aboutOf(turn: Turn, plan: Exclude<Plan, { kind: "complained" }>): Planned | null {
  switch (plan.kind) {
    case "callback":
      return aboutAt(turn, "callback", plan.by);
    case "charge":
      return aboutAt(turn, "charge", plan.on);
    case "window":
      return plan.opens === null ? null : aboutAt(turn, "window", plan.opens);
  }
}

export function aboutAt(turn: Turn, kind: Planned["kind"], at: number): Planned {
  const dispute = turn.conversation.downgrade ?? null;
  switch (kind) {
    case "callback":
      return { kind, by: at, case: dispute };
    case "charge":
      return { kind, on: at, case: dispute };
    case "window":
      return { kind, opens: at, case: dispute };
  }
}

function timeOf(about: Planned): number {
  switch (about.kind) {
    case "callback":
      return about.by;
    case "charge":
      return about.on;
    case "window":
      return about.opens;
  }
}

/** The button under an offer was pressed, perhaps days later. */
export function takeOffer(turn: Turn, { of, at }: Extract<Button, { kind: "remind" }>): Words {
  const about = aboutAt(turn, of, at);
  return setReminder(turn, about, dueFor(turn, about));
}

/** They took a step of the ladder: its time runs from then. */
export function takeRung(
  turn: Turn,
  { sector, rung, since }: Extract<Button, { kind: "remind.rung" }>,
): Words {
  const taken = since ?? turn.at;
  noteComplaint(turn, sector, rung, taken);
  const dispute = turn.conversation.downgrade ?? null;
  const about = { kind: "rung" as const, sector, rung, since: taken, case: dispute };
  return setReminder(turn, about, dueFor(turn, about));
}

/** What follows counts from the day they complained. */
function noteComplaint(turn: Turn, sector: Sector, rung: string, since: number): void {
  const { ladders, business } = turn.mind.knowledge;
  if (stepOf(ladders, sector, rung)?.deadline?.starts !== "complaint") return;
  const dispute = turn.conversation.downgrade ?? newCase(turn.at);
  const complained = stampOf({ at: since, certain: ["day"] }, business.agents.timeZone);
  converse(turn, {
    downgrade: { ...dispute, sector, facts: { ...dispute.facts, complained } },
  });
}

/** Whose time runs: the step taken then, or the one after it where that time is over already. */
function runningRung(
  turn: Turn,
  sector: Sector,
  after: string | null,
  since: number | null,
): { readonly rung: Rung | null; readonly from: number | null } {
  const { ladders, business } = turn.mind.knowledge;
  const { rung } = nextSteps(ladders, sector, after);
  if (rung === null || since === null) return { rung, from: since };
  const isOver = afterDeadline(rung.deadline, since, business.agents.timeZone) <= turn.at;
  return isOver ? { rung: nextSteps(ladders, sector, rung.id).rung, from: null } : { rung, from: since };
}

/**
 * A button that starts the clock of the step after `after`, one for each sector it may be.
 * @param since when the step was taken; null: when the button is pressed
 */
export function rungButtons(
  turn: Turn,
  sector: Sector | null,
  after: string | null,
  since: number | null,
): readonly (readonly InlineButton[])[] {
  const say = sayTo(turn);
  return (sector === null ? EITHER_SECTOR : [sector]).flatMap((each) => {
    const { rung, from } = runningRung(turn, each, after, since);
    if (rung === null) return [];
    const span = spanWords(turn, rung.deadline);
    const label =
      sector === null
        ? say("remind.button.rung_of", { sector: say(`remind.sector.${each}`), span })
        : say(from === null ? "remind.button.rung" : "remind.button.rung_since", { span });
    return [[{ label, button: { kind: "remind.rung" as const, sector: each, rung: rung.id, since: from } }]];
  });
}
