import { isOpen } from "../../desk/tickets.ts";
import { tellCustomerStaffUnreachable } from "../handoff.ts";
import type { Say } from "../strings.ts";
import { page, sayTo, sayToStaff, send, type Turn, tellTopic } from "../turn.ts";
import type { Event } from "../types.ts";

type Failed = Extract<Event, { kind: "delivery.failed" }>;

/**
 * Telegram refused for good: whoever wrote it is told at that very message, with the reason. Where the whole
 * staff group can't be reached, the customer is told and the on-call agents are paged.
 */
export function deliveryFailed(turn: Turn, event: Failed): void {
  switch (event.to) {
    case "customer":
      toldInTopic(turn, event);
      return;
    case "topic":
      if (event.origin !== undefined) notPassed(turn, event.origin);
      else staffUnreachable(turn);
      return;
    case "oncall":
    case "general":
      return;
  }
}

function toldInTopic(turn: Turn, { reason, origin, delivery }: Failed): void {
  const say = sayToStaff(turn);
  const words = { reason: inWords(reason, say) };
  if (/can't be deleted/iu.test(reason)) {
    tellTopic(turn, "relay", say("desk.undeleted", words), { replyTo: origin ?? null });
    return;
  }
  // Of an album some parts were left out: the rest has arrived, so there is nothing to send again.
  const [, missing, of] = /^(\d+)\/(\d+)$/u.exec(reason) ?? [];
  if (missing !== undefined && of !== undefined) {
    tellTopic(turn, "relay", say("desk.incomplete", { missing, of }), { replyTo: origin ?? null });
    return;
  }
  tellTopic(turn, "relay", say("desk.undelivered", words), {
    replyTo: origin ?? null,
    ...(delivery === undefined
      ? {}
      : { inline: [[{ label: say("desk.button.retry"), button: { kind: "retry", delivery } }]] }),
  });
}

function notPassed(turn: Turn, origin: NonNullable<Failed["origin"]>): void {
  send(turn, { kind: "customer", customerId: turn.customer.id }, "human", {
    kind: "text",
    text: sayTo(turn)("relay.not_passed"),
    replyTo: origin,
  });
}

function staffUnreachable(turn: Turn): void {
  if (!isOpen(turn.ticket)) return;
  tellCustomerStaffUnreachable(turn);
  const { number, asked } = turn.ticket;
  page(
    turn,
    number,
    sayToStaff(turn)("desk.page_staff_unreachable", { number, asked, name: turn.customer.name }),
  );
}

const REASONS = [
  [/VOICE_MESSAGES_FORBIDDEN|VIDEO_MESSAGES_FORBIDDEN/iu, "desk.why.voice"],
  [/can't be copied|can't be forwarded/iu, "desk.why.uncopyable"],
  [/too big|too large|too long/iu, "desk.why.too_big"],
] as const;

/** What can be done about it, where we know; else Telegram's own words. */
function inWords(reason: string, say: Say): string {
  const known = REASONS.find(([pattern]) => pattern.test(reason));
  return known === undefined ? reason : say(known[1]);
}
