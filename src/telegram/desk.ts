import { figuresAt, type ServiceFigures } from "../desk/service.ts";
import {
  type DeskSnapshot,
  decideGeneral,
  type GeneralEvent,
  NOTHING_LOOKED_UP,
} from "../dialogue/general/decide.ts";
import { RECORD_MS } from "../dialogue/general/stats.ts";
import type { DeskPolicy, Mind } from "../dialogue/mind.ts";
import { SERVICE_MS } from "../dialogue/transparency.ts";
import { STAFF_LANG } from "../dialogue/turn.ts";
import type { Event, Snapshot } from "../dialogue/types.ts";
import type { Tx } from "../store/types.ts";

/** As many dead letters as one command looks at. */
const DEAD = 200;

/** So long the figures of `/transparency` serve everybody who asks, ms: counting a month takes long, and anyone may ask. */
const KEPT_MS = 60_000;

/** How everybody was served, as of at most a minute ago. */
export type Figures = (tx: Tx, at: number, mind: Mind) => Promise<ServiceFigures>;

export function keepFigures(): Figures {
  let kept: ServiceFigures | undefined;
  return async (tx, at, { knowledge }) => {
    if (kept === undefined || at < kept.at || at - kept.at >= KEPT_MS)
      kept = figuresAt(await tx.deskRecord(at - SERVICE_MS), at, knowledge.business.agents);
    return kept;
  };
}

/** What an event is answered with, beside the tables. */
interface Around {
  /** Epoch ms. */
  readonly at: number;
  readonly mind: Mind;
  readonly figures: Figures;
}

/** Remembers the agent who acts, and looks up what their command is answered from. */
export async function withDesk(
  tx: Tx,
  snapshot: Snapshot,
  event: Event,
  { at, mind, figures }: Around,
): Promise<Snapshot> {
  if (event.kind === "customer.command" && event.command === "transparency")
    return { ...snapshot, figures: await figures(tx, at, mind) };
  if (!("agent" in event)) return snapshot;
  await tx.rememberAgent(event.agent, at);
  const held = await tx.heldOf(snapshot.customer.id);
  if (event.kind !== "agent.command" && event.kind !== "agent.edited") return { ...snapshot, held };
  const said =
    event.kind === "agent.edited" ? event.ref : event.command === "del" ? (event.replyTo ?? null) : null;
  return { ...snapshot, held, desk: await tx.deskFacts(snapshot.customer.id, { agent: event.agent, said }) };
}

/** A command that is about no one customer: decided and written in the transaction it is given. */
export async function answerGeneral(
  tx: Tx,
  event: GeneralEvent,
  { policy, ...around }: Around & { readonly policy: DeskPolicy },
): Promise<void> {
  const { at, mind } = around;
  await tx.rememberAgent(event.agent, at);
  const desk = await lookUp(tx, event.command, around);
  await tx.applyDesk(decideGeneral(desk, event, at, mind, policy), at);
}

async function lookUp(tx: Tx, command: string, { at, mind, figures }: Around): Promise<DeskSnapshot> {
  switch (command) {
    case "transparency":
      return { ...NOTHING_LOOKED_UP, figures: await figures(tx, at, mind) };
    case "queue":
    case "mine":
      return { ...NOTHING_LOOKED_UP, queue: await tx.deskQueue() };
    case "stats":
      return { ...NOTHING_LOOKED_UP, record: await tx.deskRecord(at - RECORD_MS) };
    case "oncall":
      return { ...NOTHING_LOOKED_UP, agents: await tx.agents() };
    case "canned":
      return { ...NOTHING_LOOKED_UP, canned: await tx.cannedReplies() };
    case "deadletters":
      return { ...NOTHING_LOOKED_UP, dead: await tx.deadLetters(DEAD) };
    default:
      return NOTHING_LOOKED_UP;
  }
}

/** A staff button pressed where it has no business, or by somebody who isn't staff: refused, and said why. */
export async function refusePress(
  tx: Tx,
  press: { readonly chatId: number; readonly callbackId: string },
  why: "not_here" | "not_member" | "no_ticket",
  at: number,
  mind: Mind,
): Promise<void> {
  const { chatId, callbackId } = press;
  const text = mind.say(STAFF_LANG)(`desk.${why}`);
  await tx.applyDesk(
    [
      {
        kind: "send",
        to: { kind: "general", chatId },
        lane: "human",
        message: { kind: "callback", callbackId, text, alert: true },
      },
    ],
    at,
  );
}
