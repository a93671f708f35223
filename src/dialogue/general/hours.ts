import { isOpenAt, nextOpening } from "../../desk/hours.ts";
import { clock, stamp } from "../clock.ts";
import type { Mind } from "../mind.ts";
import { STAFF_LANG } from "../turn.ts";

/** `/hours`: when agents answer, by `data/business.yaml`, and whether that is now. */
export function hoursNow(at: number, mind: Mind): string {
  const say = mind.say(STAFF_LANG);
  const { agents } = mind.knowledge.business;
  const facts = { zone: agents.timeZone, now: clock(at, agents.timeZone) };
  if (agents.schedule === null) return say("general.hours.around", facts);
  if (isOpenAt(agents, at)) return say("general.hours.open", facts);
  const opening = nextOpening(agents, at);
  return say("general.hours.closed", {
    ...facts,
    opens: opening === undefined ? "—" : stamp(opening, agents.timeZone),
  });
}
