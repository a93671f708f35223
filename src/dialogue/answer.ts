import { isDowngrade } from "../desk/service.ts";
import { type GuideParams, sayFact } from "../knowledge/say.ts";
import type { IntentId } from "../knowledge/types.ts";
import type { PlaceReading } from "../places/types.ts";
import { coverageReply } from "./coverage-reply.ts";
import { guideWords } from "./downgrade/guide.ts";
import { letterButton } from "./downgrade/letter-words.ts";
import { ENDS_IN_COMPLAINT } from "./downgrade/obstacles.ts";
import { offerReminder } from "./downgrade/remind-offer.ts";
import { humanButton, tellOpen, ticketStatus, withdraw } from "./handoff.ts";
import { privacyText } from "./privacy.ts";
import { offerRepair } from "./repair/offer.ts";
import { scoreButtons } from "./score.ts";
import { converse, sayTo, sayToStaff, send, type Turn, tell, tellTopic } from "./turn.ts";
import type { Button, ButtonRow, InlineButton } from "./types.ts";

/** Answers an intent from `intents/` and, where it has them, from live facts. Always offers the person. */
export function answerIntent(
  turn: Turn,
  intent: IntentId,
  options: { humanFirst?: boolean; heard?: string; before?: string } = {},
): void {
  converse(turn, { awaiting: null, lastIntent: intent });
  switch (intent) {
    case "human.cancel":
      withdraw(turn);
      return;
    case "coverage":
      askPlace(turn);
      return;
    case "ticket_status":
      tellStatus(turn);
      return;
    case "agent_allocation": {
      say(turn, `${factOf(turn, intent)}\n${queueNow(turn)}`, nextButtons(turn, intent));
      return;
    }
    case "hotline": {
      say(turn, factOf(turn, intent), nextButtons(turn, intent));
      sendHotlineCard(turn);
      return;
    }
    case "privacy":
      say(turn, privacyText(turn), nextButtons(turn, intent));
      return;
    case "satisfaction":
      say(turn, factOf(turn, intent), [...scoreButtons(turn), ...nextButtons(turn, intent)]);
      return;
    case "repair":
    case "locked_out": {
      const { heard } = options;
      const offer = offerRepair(turn, intent, heard === undefined ? null : { text: heard, places: null });
      const next = nextButtons(turn, intent, { humanFirst: intent === "locked_out" });
      say(turn, `${factOf(turn, intent)}\n\n${offer.text}`, [...offer.inline, ...next]);
      converse(turn, { awaiting: { kind: "place" } });
      return;
    }
    default: {
      const guide = guideWords(turn, intent);
      const offer = isDowngrade(intent) ? offerReminder(turn, intent, options.heard) : null;
      const said = factOf(turn, intent, guide?.params);
      const text = [options.before ?? "", guide?.fillIn(said) ?? said, offer?.text ?? ""]
        .filter((part) => part !== "")
        .join("\n\n");
      const next = nextButtons(turn, intent, options);
      say(turn, text, [...(guide?.buttons ?? []), ...(offer?.inline ?? []), ...next]);
    }
  }
}

/** Where their ticket stands, in words or by `/status`. */
export function tellStatus(turn: Turn): void {
  if (turn.ticket?.status === "waiting") tellOpen(turn, "answer");
  else say(turn, ticketStatus(turn), nextButtons(turn, "ticket_status"));
}

/** The rule as it stands right now: how many wait, and where this customer does. */
function queueNow(turn: Turn): string {
  const { ticket, waitingAhead, waiting } = turn.snapshot;
  if (ticket?.status !== "waiting") return sayTo(turn)("ticket.queue_now", { waiting: waitingAhead });
  const position = waitingAhead + 1;
  return sayTo(turn)("queue.both", { waiting: Math.max(waiting ?? 0, position), position });
}

/**
 * Says a verdict on places, with buttons for what is left to choose, and under it the answer to the intent that
 * came in the same breath ("保险柜坏了,漳浦能来吗").
 */
export function answerPlaces(
  turn: Turn,
  reading: PlaceReading,
  { beside, heard = "", from = 0 }: { beside?: IntentId; heard?: string; from?: number } = {},
): void {
  const reply = coverageReply(reading, { lang: turn.conversation.lang, say: sayTo(turn), from });
  const choices = reply.choices.map(({ code, label }) => [
    { label, button: { kind: "place" as const, code } },
  ]);
  const more = reply.more === null ? [] : [[moreButton(turn, reply.more)]];
  const offer =
    beside === "repair" || beside === "locked_out"
      ? offerRepair(turn, beside, { text: heard, places: reading })
      : undefined;
  const text = [reply.text, beside === undefined ? undefined : factOf(turn, beside), offer?.text];
  say(turn, text.filter((part) => part !== undefined).join("\n\n"), [
    ...choices,
    ...more,
    ...(offer?.inline ?? []),
    ...nextButtons(turn, beside ?? "coverage"),
  ]);
  const options = reply.choices.length > 0 ? choices.flat().map(({ button }) => button) : namedIn(reading);
  converse(turn, {
    awaiting: options.length > 0 ? { kind: "choice", options } : null,
    lastIntent: beside ?? "coverage",
    places: reading.parts.flatMap((part) => part.candidates.map((place) => place.code)).slice(0, 8),
  });
}

/** The places that an answer without buttons names, in their order: “2” is the second of them. */
function namedIn({ parts }: PlaceReading): Button[] {
  const [part, ...others] = parts;
  const named =
    others.length === 0
      ? (part?.candidates ?? [])
      : parts.flatMap(({ candidates }) => (candidates.length === 1 ? candidates : []));
  return named.length > 1 && (others.length === 0 || named.length === parts.length)
    ? named.map(({ code }) => ({ kind: "place", code }))
    : [];
}

function moreButton(turn: Turn, more: { code: string; from: number }): InlineButton {
  return { label: sayTo(turn)("button.more"), button: { kind: "places.more", ...more } };
}

/** Asks which county; the next message is the answer, unless it is plainly something else. */
export function askPlace(turn: Turn): void {
  converse(turn, { awaiting: { kind: "place" }, lastIntent: "coverage" });
  say(turn, factOf(turn, "coverage"), nextButtons(turn, "coverage"));
}

function sendHotlineCard(turn: Turn): void {
  const { hotline } = turn.mind.knowledge.business;
  send(turn, { kind: "customer", customerId: turn.customer.id }, answerLane(turn), {
    kind: "contact",
    phone: `+86${hotline.dial}`,
    name: hotline.name[turn.conversation.lang],
  });
}

/** An automatic answer: marked as such while a person is awaited, and shown to the agents too. */
export function say(turn: Turn, text: string, inline: readonly ButtonRow[]): void {
  const waiting = turn.ticket?.status === "waiting";
  const marked = waiting ? `${sayTo(turn)("automatic")}\n${text}` : text;
  tell(turn, answerLane(turn), marked, { inline });
  if (waiting) tellTopic(turn, "answer", sayToStaff(turn)("desk.bot_says", { text }));
}

/** Answers of a message that also asks for a person go in the person's lane, so that they keep their order. */
function answerLane(turn: Turn): "answer" | "human" {
  return turn.urgent ? "human" : "answer";
}

function factOf(turn: Turn, intent: IntentId, guide?: GuideParams): string {
  const { knowledge } = turn.mind;
  const found = knowledge.intents.get(intent);
  if (found === undefined) throw new Error(`intents/${intent}.yaml is not loaded`);
  return sayFact(found.answer, knowledge.business, turn.conversation.lang, guide).trim();
}

/** What a customer may want next, two a row, and the person: under every automatic answer. */
export function nextButtons(
  turn: Turn,
  intent: IntentId,
  options: { humanFirst?: boolean } = {},
): readonly (readonly InlineButton[])[] {
  const next = (turn.mind.knowledge.intents.get(intent)?.buttons ?? []).map((id) => intentButton(turn, id));
  const rows: InlineButton[][] = [];
  for (let at = 0; at < next.length; at += 2) rows.push(next.slice(at, at + 2));
  if (ENDS_IN_COMPLAINT.has(intent)) rows.push([letterButton(turn)]);
  const human = [humanButton(turn)];
  return options.humanFirst === true ? [human, ...rows] : [...rows, human];
}

export function intentButton(turn: Turn, intent: IntentId): InlineButton {
  const title = turn.mind.knowledge.intents.get(intent)?.title[turn.conversation.lang] ?? intent;
  return { label: title, button: { kind: "intent", intent } };
}
