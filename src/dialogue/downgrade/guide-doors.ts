import { normalise } from "../../nlu/normalise.ts";
import type { Sector } from "./case.ts";
import type { GuideContext } from "./guide-context.ts";
import { BODIES, type Body, mentionOf } from "./lexicon.ts";

/** Where disputes of a sector are taken; the platform's is one of two, and no authority that closes a door. */
const DOORS: Readonly<Record<Sector, readonly Body[]>> = {
  telecom: ["telecom_appeal"],
  membership: ["regulator", "platform"],
  cloud: ["regulator", "platform"],
  other: ["regulator"],
};

/** One track at a time: which doors close by what the customer has filed already, or that doors close at all. */
export function doorLines(context: GuideContext): readonly string[] {
  const { say, intent, sectors, dispute } = context;
  const body = bodyIn(context, dispute.facts.elsewhere);
  // The answer on complaining begins with it.
  if (body === undefined) return intent === "downgrade.complain" ? [] : [say("guide.trap")];
  const name = say(`guide.body.${body}`);
  if (isFiled(context) || body === "platform") return [say("guide.elsewhere.own", { body: name })];
  const doors = sectors.flatMap((sector) => DOORS[sector].slice(0, 1));
  const names = doors.map((door) => say(`guide.body.${door}`)).join(say("guide.and"));
  return [say("guide.elsewhere.closes", { body: name, door: names })];
}

/** Whether the dispute is already where its sector's ladder leads. */
export function isFiled(context: GuideContext): boolean {
  const body = bodyIn(context, context.dispute.facts.elsewhere);
  return body !== undefined && context.sectors.some((sector) => DOORS[sector].includes(body));
}

function bodyIn({ lexicon }: GuideContext, elsewhere: string | undefined): Body | undefined {
  if (elsewhere === undefined) return undefined;
  const said = normalise(elsewhere);
  return BODIES.find((body) => mentionOf(said, lexicon.elsewhere[body]) !== undefined);
}
