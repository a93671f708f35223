import type { Delivery } from "../store/types.ts";
import { LONGEST_TEXT } from "./calls.ts";

/** How many waiting texts are looked at for one message. */
export const MERGE_UP_TO = 50;
/** With no more than this left of a group's twenty a minute, a message must carry what it can. */
const SHORT = 10;
/** So many texts of one customer waiting go together whatever the budget: they came faster than they can go. */
const BACKLOG = 3;

/**
 * The deliveries that go in one message: the first in line, and when the group's budget is short the customer's
 * texts right behind it. What answers a message, or bears buttons, stays by itself.
 * @param left messages that the group still takes within the minute
 */
export function mergeable(first: Delivery, behind: readonly Delivery[], left: number): readonly Delivery[] {
  if (!isWords(first)) return [first];
  const group: Delivery[] = [first];
  let length = textOf(first).length;
  for (const next of behind) {
    if (!isWords(next) || answers(next)) break;
    length += 1 + textOf(next).length;
    if (length > LONGEST_TEXT) break;
    group.push(next);
  }
  return left <= SHORT || group.length > BACKLOG ? group : [first];
}

/** A customer's own words on the way to the agents, with nothing else to them. */
function isWords({ to, lane, message }: Delivery): boolean {
  return (
    to.kind === "topic" &&
    lane === "relay" &&
    message.kind === "text" &&
    message.origin !== undefined &&
    message.inline === undefined &&
    message.keyboard === undefined &&
    message.card === undefined
  );
}

const textOf = ({ message }: Delivery): string => (message.kind === "text" ? message.text : "");
const answers = ({ message }: Delivery): boolean => message.kind === "text" && message.replyTo != null;
