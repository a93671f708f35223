import type { CustomerId } from "../desk/types.ts";
import type { ParityGoal, ParityWay } from "../knowledge/parity.ts";
import { freshSnapshot, snapshotAfter } from "./after.ts";
import { KEYBOARD } from "./choice.ts";
import { CUSTOMER_COMMANDS } from "./commands.ts";
import { decide } from "./decide.ts";
import type { DeskPolicy, Mind } from "./mind.ts";
import type { Button, Decision, Event, Snapshot } from "./types.ts";

const CUSTOMER = 1 as CustomerId;
const POLICY: DeskPolicy = { firstReplyMs: 180_000, escalateEveryMs: 300_000, onCall: [], staff: "ready" };
const PROFILE = { name: "", username: null, languageCode: "zh" };
/** Any moment; nothing here depends on the day. */
const AT = Date.UTC(2026, 0, 5, 2, 0);
/** A way longer than this is too long whatever its opposite takes. */
const MOST_STEPS = 4;

/** Where a conversation is, and the buttons at hand. */
interface Standing {
  readonly snapshot: Snapshot;
  readonly buttons: readonly Button[];
}

/**
 * The fewest messages, commands and taps to a goal, found by trying them all, breadth first; undefined where there is
 * no way within {@link MOST_STEPS}.
 */
export function stepsTo(mind: Mind, { after, says, reached }: ParityWay): number | undefined {
  let standings = [after.reduce((standing, text) => go(mind, standing, eventOf(text)).standing, START)];
  const seen = new Set<string>();
  for (let steps = 1; steps <= MOST_STEPS; steps += 1) {
    const next: Standing[] = [];
    for (const standing of standings)
      for (const event of movesOf(standing, says)) {
        const { decision, standing: then } = go(mind, standing, event);
        if (isReached(reached, standing.snapshot, decision)) return steps;
        const key = JSON.stringify([then.snapshot.conversation, then.snapshot.ticket, then.buttons]);
        if (!seen.has(key)) next.push(then);
        seen.add(key);
      }
    standings = next;
  }
  return undefined;
}

const START: Standing = { snapshot: freshSnapshot(), buttons: [] };

function go(mind: Mind, { snapshot }: Standing, event: Event): { decision: Decision; standing: Standing } {
  const decision = decide(snapshot, event, AT, mind, POLICY);
  const buttons = decision.effects.flatMap((effect) =>
    effect.kind === "send" && effect.to.kind === "customer" && effect.message.kind === "text"
      ? (effect.message.inline ?? []).flat().flatMap((key) => ("button" in key ? [key.button] : []))
      : [],
  );
  return { decision, standing: { snapshot: snapshotAfter(snapshot, decision, AT), buttons } };
}

function movesOf({ buttons }: Standing, says: readonly string[]): readonly Event[] {
  const keys = KEYBOARD.flat().map(([, button]): Button => button);
  const pressed = [...buttons, ...keys].map(
    (button): Event => ({ kind: "customer.button", profile: PROFILE, button, callbackId: "" }),
  );
  return [...CUSTOMER_COMMANDS.map((command) => eventOf(`/${command}`)), ...pressed, ...says.map(eventOf)];
}

function eventOf(text: string): Event {
  const ref = { chatId: CUSTOMER, messageId: 1 };
  if (text.startsWith("/"))
    return { kind: "customer.command", profile: PROFILE, command: text.slice(1), argument: "", ref };
  const content = { kind: "text", text } as const;
  return { kind: "customer.message", profile: PROFILE, content, ref, replyTo: null, forwarded: false };
}

function isReached(goal: ParityGoal, before: Snapshot, { state, effects }: Decision): boolean {
  const had = (kind: Decision["effects"][number]["kind"]) => effects.some((effect) => effect.kind === kind);
  switch (goal) {
    case "person":
      return state.ticket?.status === "waiting";
    case "withdrawn":
      return before.ticket?.status === "waiting" && state.ticket?.status === "closed";
    case "forgotten":
      return had("forget");
    case "repair":
      return state.conversation.repair?.stage === "made";
    case "reminded":
      return had("reminder.set");
    case "unreminded":
      return had("reminder.settle");
    default:
      return state.conversation.lastIntent === goal && had("send");
  }
}
