import type { Ticket } from "../../src/desk/types.ts";
import type { Event, Outgoing } from "../../src/dialogue/types.ts";
import { UTTERANCES } from "./mind.ts";
import {
  type Committed,
  fireDue,
  heldBy,
  isOpen,
  keyOf,
  pendingOn,
  remindersOf,
  SELLS,
  ticketOf,
  type World,
  waitingBefore,
} from "./world.ts";

/** What must hold after every committed event, whatever came before it. Each throws with its own sentence. */
export function checkLaws(committed: Committed): void {
  for (const law of LAWS) law(committed);
}

const LAWS: readonly ((committed: Committed) => void)[] = [
  aRequestIsOneOpenTicket,
  aNumberIsNeverReused,
  positionsAreFirstComeFirstServed,
  whatIsSaidOnAnOpenTicketReachesTheTopic,
  nobodyIsLeftWithoutAnAnswer,
  anAgentsWordsReachTheCustomer,
  nobodyIsTalkedOutUnseen,
  theBotIsSilentWhileAnAgentServes,
  anOpenUnansweredTicketHasAPromise,
  aClosedOrAnsweredTicketHasNone,
  aPromiseFiresOnce,
  aReminderComesOnce,
  aRatingIsAskedOnceAClosing,
  aBannedCustomerHasNoTicketAndHearsTheTruth,
];

function must(holds: boolean, law: string, { event, before }: Committed): void {
  if (!holds) throw new Error(`${law}\nafter ${JSON.stringify(event)}\nwith ${JSON.stringify(before)}`);
}

/** The event asks for a person, by the table and not by the code under test. */
function asksForPerson(event: Event): boolean {
  switch (event.kind) {
    case "customer.message":
      return event.content.kind === "text" && !event.forwarded && wants(event.content.text);
    case "customer.edited":
      return event.content.kind === "text" && wants(event.content.text);
    case "customer.command":
      return event.command === "human" || (event.command === "start" && event.argument === "human");
    case "customer.button":
      return event.button.kind === "human";
    default:
      return false;
  }
}

const REQUESTS: ReadonlySet<string> = new Set(
  Object.entries(UTTERANCES).flatMap(([text, { human }]) => (human === "request" ? [text] : [])),
);
const wants = (text: string) => REQUESTS.has(text);

function openTickets({ world, before }: Committed): Ticket[] {
  return [...world.tickets.values()].filter(
    (ticket) => ticket.customerId === before.customer.id && isOpen(ticket),
  );
}

function aRequestIsOneOpenTicket(committed: Committed): void {
  const open = openTickets(committed).length;
  must(open <= 1, "a customer has at most one open ticket", committed);
  // Shut out by an agent's hand: see the law of the banned.
  if (committed.before.customer.banned === true) return;
  if (asksForPerson(committed.event))
    must(open === 1, "a request for a person ends as one open ticket", committed);
}

function aNumberIsNeverReused(committed: Committed): void {
  const { before, decision, world } = committed;
  const { ticket } = decision.state;
  if (ticket === null || ticket.number === before.ticket?.number) return;
  must(ticket.number === before.nextTicket, "a new ticket takes the next number", committed);
  must(!world.anonymous.has(ticket.number), "a number is never reused", committed);
}

function positionsAreFirstComeFirstServed(committed: Committed): void {
  const { world, decision } = committed;
  const { ticket } = decision.state;
  if (ticket?.status !== "waiting") return;
  for (const text of textsTo(committed, "customer")) {
    const told = /第 (\d+) 位|\bnumber (\d+)/u.exec(text);
    if (told === null) continue;
    const position = Number(told[1] ?? told[2]);
    must(
      position === waitingBefore(world, ticket) + 1,
      `told position ${position} is not the real one`,
      committed,
    );
  }
}

function whatIsSaidOnAnOpenTicketReachesTheTopic(committed: Committed): void {
  const { before, event, decision, world } = committed;
  if (event.kind !== "customer.message") return;
  const openNow = isOpen(decision.state.ticket);
  if (!isOpen(before.ticket) && !openNow) return;
  const carried = sendsOf(committed, "topic").some(
    (message) =>
      (message.kind === "text" || message.kind === "copy") &&
      message.origin !== undefined &&
      keyOf(message.origin) === keyOf(event.ref),
  );
  must(carried, "a message on an open ticket goes to the topic", committed);
  world.owed.set(keyOf(event.ref), `t:${before.customer.id}`);
}

function nobodyIsLeftWithoutAnAnswer(committed: Committed): void {
  const { event, before, decision } = committed;
  if (
    event.kind !== "customer.message" &&
    event.kind !== "customer.command" &&
    event.kind !== "customer.button"
  )
    return;
  const answered = sendsOf(committed, "customer").some(({ kind }) => kind !== "callback");
  const relayed = before.ticket?.status === "serving" && event.kind === "customer.message";
  const noted = isOpen(before.ticket) && sendsOf(committed, "topic").length > 0;
  // The further parts of an album have one answer together; they wait for the ticket.
  const held =
    event.kind === "customer.message" &&
    (decision.state.conversation.repair?.files ?? []).some(({ ref }) => keyOf(ref) === keyOf(event.ref));
  must(answered || relayed || noted || held, "whatever a customer does has an answer or an owner", committed);
}

function anAgentsWordsReachTheCustomer(committed: Committed): void {
  const { event, before } = committed;
  if (event.kind !== "agent.message" || before.ticket === null || before.customer.banned === true) return;
  const isNote = event.content.kind === "text" && event.content.text.startsWith("//");
  const carried = sendsOf(committed, "customer").some(
    (message) =>
      (message.kind === "text" || message.kind === "copy") &&
      message.origin !== undefined &&
      keyOf(message.origin) === keyOf(event.ref),
  );
  const isHeld = committed.decision.effects.some(({ kind }) => kind === "held.keep");
  must(
    carried !== (isNote || isHeld),
    "an agent's words reach the customer; a note, or what is held, doesn't",
    committed,
  );
  if (!isNote && !isHeld)
    must(
      isOpen(committed.decision.state.ticket) &&
        committed.decision.state.ticket.number === before.ticket.number,
      "an agent's word opens no other ticket",
      committed,
    );
}

/** Promise 4: an agent has pressed for it, or nobody is talked out of a downgrade. */
function nobodyIsTalkedOutUnseen(committed: Committed): void {
  const { event, before, world } = committed;
  const goesDown = before.ticket?.about === "downgrade" || before.conversation?.lastIntent === "downgrade";
  const sells = sendsOf(committed, "customer").some(
    (message) => (message.kind === "text" || message.kind === "edit") && message.text.includes(SELLS),
  );
  const pressed = event.kind === "agent.button" && event.button.kind === "held";
  must(!sells || pressed || !goesDown, "nobody is talked out of a downgrade without a press", committed);
  if (!pressed || event.button.act !== "send") return;
  const { messageId } = event.button;
  const wasHeld = (before.held ?? []).some(
    ({ ref, state }) => ref.messageId === messageId && state === "pending",
  );
  must(sells === (wasHeld && before.customer.banned !== true), "a press sends what is held, once", committed);
  const left = heldBy(world, before.customer.id).some(
    ({ ref, state }) => ref.messageId === messageId && state === "pending",
  );
  must(!left || before.customer.banned === true, "what was pressed no longer waits", committed);
}

function theBotIsSilentWhileAnAgentServes(committed: Committed): void {
  const { event, before } = committed;
  if (before.ticket?.status !== "serving") return;
  const quiet =
    event.kind === "customer.message" ||
    event.kind === "customer.edited" ||
    event.kind === "customer.reacted" ||
    (event.kind === "promise.due" && before.ticket.firstReplyAt !== null);
  if (!quiet) return;
  const spoken = sendsOf(committed, "customer").filter(({ kind }) => kind === "text" || kind === "contact");
  must(spoken.length === 0, "the bot is silent while an agent serves", committed);
}

function anOpenUnansweredTicketHasAPromise(committed: Committed): void {
  const { world, decision } = committed;
  const { ticket } = decision.state;
  if (!isOpen(ticket) || ticket.firstReplyAt !== null) return;
  const owed = pendingOn(world, ticket.number).some(({ promise }) => promise !== "first_reply.warning");
  must(owed, "an open ticket that nobody has answered has a promise pending", committed);
}

function aClosedOrAnsweredTicketHasNone(committed: Committed): void {
  const { world, decision } = committed;
  const { ticket } = decision.state;
  if (ticket === null || (isOpen(ticket) && ticket.firstReplyAt === null)) return;
  const left = pendingOn(world, ticket.number).filter(({ promise }) => promise !== "poor_score");
  must(left.length === 0, "nothing is promised on a ticket that is closed or answered", committed);
}

function aPromiseFiresOnce(committed: Committed): void {
  const { world, event } = committed;
  if (event.kind !== "promise.due") return;
  const again = pendingOn(world, event.ticket).some(
    (row) => row.promise === event.promise && row.dueAt <= world.at,
  );
  must(!again, "a promise that has fired is settled, or set for later", committed);
  for (const row of world.promises) if (row.fired > 1) must(false, "a promise never fires twice", committed);
}

function aRatingIsAskedOnceAClosing(committed: Committed): void {
  const { event, before, decision, world } = committed;
  const { ticket } = decision.state;
  const closed =
    isOpen(before.ticket) && ticket?.status === "closed" && ticket.number === before.ticket.number;
  const question = world.mind.say(decision.state.conversation.lang)("score.ask").trim();
  const questions = sendsOf(committed, "customer").filter(
    (message) => message.kind === "text" && message.text.includes(question),
  );
  const asked = questions.length;
  for (const message of questions) {
    const buttons = message.kind === "text" ? (message.inline ?? []).flat() : [];
    const scores = buttons.filter((key) => "button" in key && key.button.kind === "score");
    must(scores.length === 5, "the rating is asked for with its five buttons", committed);
  }
  if (closed && decision.state.customer.banned === true)
    must(asked === 0, "a ban asks for no rating", committed);
  else if (closed && event.kind.startsWith("agent.")) {
    const owes = ticket.score === null ? 1 : 0;
    must(
      asked === owes,
      "an agent's closing asks for a rating once, with its five buttons, unless there is one",
      committed,
    );
  } else if (closed) must(asked === 0, "who withdraws isn't asked for a rating", committed);
  else if (
    event.kind !== "customer.message" &&
    event.kind !== "customer.button" &&
    event.kind !== "customer.command"
  )
    must(asked === 0, "the rating is asked for at the closing alone", committed);
}

function aBannedCustomerHasNoTicketAndHearsTheTruth(committed: Committed): void {
  if (committed.before.customer.banned !== true) return;
  must(openTickets(committed).length === 0, "a banned customer has no open ticket", committed);
  const { event } = committed;
  if (!asksForPerson(event)) return;
  const hotline = committed.world.mind.knowledge.business.hotline.display;
  const told = textsTo(committed, "customer").some((text) => text.includes(hotline));
  must(told, "a banned customer who asks for a person is given the hotline", committed);
}

function sendsOf({ decision }: Committed, to: "customer" | "topic"): Outgoing[] {
  return decision.effects.flatMap((effect) =>
    effect.kind === "send" && effect.to.kind === to ? [effect.message] : [],
  );
}

function textsTo(committed: Committed, to: "customer" | "topic"): string[] {
  return sendsOf(committed, to).flatMap((message) => (message.kind === "text" ? [message.text] : []));
}

/** What was pending is said, dropped, or put off to the morning; what isn't any more is passed over. */
function aReminderComesOnce(committed: Committed): void {
  const { event, before, world } = committed;
  if (event.kind !== "reminder.due") return;
  const was = before.reminders?.find(({ id }) => id === event.reminder);
  const is = remindersOf(world, before.customer.id).find(({ id }) => id === event.reminder);
  const said = sendsOf(committed, "customer").length;
  const waits = is?.state === "pending" && is.dueAt > world.at;
  must(is?.state !== "pending" || waits, "a reminder that has come is over, or set for later", committed);
  const speaks = was?.state === "pending" && !waits && !before.customer.blocked;
  must(said === (speaks ? 1 : 0), "a reminder is said once", committed);
}

/** At the end of a walk: once every queue is drained and every clock has run out, nothing is still owed. */
export function checkTheEnd(world: World): void {
  if (world.owed.size > 0)
    throw new Error(`messages that never reached the topic: ${[...world.owed.keys()].join()}`);
  world.at += 24 * 3_600_000;
  fireDue(world);
  for (const row of world.promises)
    if (row.state === "pending" && row.dueAt <= world.at)
      throw new Error(`a promise was forgotten: ${JSON.stringify(row)}`);
  for (const { customer, conversation, reminders } of world.customers.values()) {
    if (reminders.some(({ state, dueAt }) => state === "pending" && dueAt <= world.at))
      throw new Error(`a reminder was forgotten: ${JSON.stringify(reminders)}`);
    const ticket = ticketOf(world, customer.id);
    if (
      ticket?.status === "waiting" &&
      waitingBefore(world, ticket) === 0 &&
      conversation?.told?.position !== 1
    )
      throw new Error(`nobody told #${ticket.number} that it has come to the front`);
    if (!isOpen(ticket) || ticket.firstReplyAt !== null) continue;
    const missed = world.promises.some(
      (row) => row.ticket === ticket.number && row.promise === "first_reply" && row.state === "missed",
    );
    if (!missed) throw new Error(`nobody was told that #${ticket.number} was missed`);
  }
}
