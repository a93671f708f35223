import { stamp } from "../clock.ts";
import type { Mind } from "../mind.ts";
import type { Say } from "../strings.ts";
import { STAFF_LANG } from "../turn.ts";
import type { Effect } from "../types.ts";

/** Something that was given up: an update nobody could handle, or a message Telegram refused. */
export interface DeadNote {
  readonly box: "inbox" | "outbox";
  readonly id: number;
  /** Where a message was to go, as the outbox calls it. */
  readonly queue: string;
  readonly at: number;
  readonly error: string;
}

const SHOWN = 20;
const LONGEST_ERROR = 160;

/** `/deadletters`: what was given up, and `retry`, which tries all of it once more. */
export function deadLetters(
  dead: readonly DeadNote[],
  argument: string,
  mind: Mind,
): { readonly text: string; readonly effects: readonly Effect[] } {
  const say = mind.say(STAFF_LANG);
  if (dead.length === 0) return { text: say("general.dead.none"), effects: [] };
  if (argument.trim().toLowerCase() === "retry") {
    const ids = (box: DeadNote["box"]) => dead.filter((each) => each.box === box).map(({ id }) => id);
    return {
      text: say("general.dead.retrying", { count: dead.length }),
      effects: [{ kind: "dead.retry", ids: { inbox: ids("inbox"), outbox: ids("outbox") } }],
    };
  }
  const { timeZone } = mind.knowledge.business.agents;
  const letters = dead.slice(0, SHOWN).map(({ box, id, queue, at, error }) => {
    const facts = { number: id, when: stamp(at, timeZone), error: error.slice(0, LONGEST_ERROR) };
    return box === "inbox"
      ? say("general.dead.update", facts)
      : say("general.dead.message", { ...facts, to: whereTo(queue, say) });
  });
  if (dead.length > SHOWN) letters.push(say("general.queue.more", { more: dead.length - SHOWN }));
  return { text: say("general.dead", { count: dead.length, letters: letters.join("\n") }), effects: [] };
}

/** An address as people would say it, with Telegram's own number to search by. */
function whereTo(queue: string, say: Say): string {
  const [kind, id = ""] = queue.split(":");
  switch (kind) {
    case "c":
      return say("general.dead.customer", { id });
    case "t":
      return say("general.dead.topic", { id });
    case "o":
      return say("general.dead.oncall", { id });
    case "g":
      return say("general.dead.group", { id });
    default:
      return queue;
  }
}
