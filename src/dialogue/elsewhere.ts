import type { IntentId } from "../knowledge/types.ts";
import { normalise } from "../nlu/normalise.ts";
import { guideNames, mentionOf } from "./downgrade/lexicon.ts";
import { isWithin } from "./length.ts";
import type { Mind } from "./mind.ts";
import { hasWord } from "./repair/lexicon.ts";
import type { Conversation } from "./types.ts";

const SERVICE: readonly IntentId[] = ["parts", "price", "technicians", "hours", "hotline"];
/** What is asked of a fridge as of a safe. */
const OF_APPLIANCES: ReadonlySet<IntentId> = new Set<IntentId>([...SERVICE, "repair", "locked_out"]);
/** What is asked of a divorce, a film or a job as of a plan. */
const OF_MATTERS: ReadonlySet<IntentId> = new Set<IntentId>([
  ...SERVICE,
  "downgrade.evidence",
  "downgrade.complain",
  "downgrade.rights",
]);
/** Small talk and nothing else came before. */
const NO_TOPIC: ReadonlySet<IntentId | null> = new Set([null, "greeting", "thanks", "goodbye", "oos"]);
const OURS = /柜|保险|\bsafes?\b/u;
/** Letters of a question; a longer story mentions all kinds of things. */
const SHORT = { zh: 30, en: 90 } as const;

/** Whether one of our questions is asked of what isn't ours: “车祸要留什么证据”, "parts of a novel". */
export function isElsewhere(
  intent: IntentId,
  text: string,
  { lastIntent }: Conversation,
  { knowledge: { followLexicon, downgradeLexicon } }: Mind,
): boolean {
  const said = normalise(text);
  if (!isWithin(said, SHORT) || OURS.test(said) || !NO_TOPIC.has(lastIntent)) return false;
  const isNamed =
    (OF_APPLIANCES.has(intent) && hasWord(said, followLexicon.appliances)) ||
    (OF_MATTERS.has(intent) && hasWord(said, followLexicon.matters));
  return isNamed && mentionOf(said, guideNames(downgradeLexicon)) === undefined;
}
