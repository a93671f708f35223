import type { IntentId } from "../knowledge/types.ts";
import { normalise } from "../nlu/normalise.ts";
import type { HumanVerdict, RankedIntent } from "../nlu/types.ts";
import { type DowngradeLexicon, guideNames, mentionOf } from "./downgrade/lexicon.ts";

/** What the human lexicon's rules read that tells of a wall as readily as it asks for a person; an order never does. */
const EITHER_WAY =
  /^(?:complaint|nobody|have: [没冇无]|no-more-bot: [全都净尽]|anyone-there: (?:没人|没有人|人呢|(?:find|get|reach)\b)|connected: (?:find|get|reach)\b|wanted: ask)/u;
/** Whoever speaks to us asks us, whatever was said of a provider before. */
const TO_US =
  /你们|你哋|贵司|给我[转接找叫]|[帮请]|麻烦|\b(?:your|you|here|please|pls|plz|let me|can i|could i|i want|i need)\b/u;
const SURELY = 0.85;
const HARDLY = 0.1;

/**
 * “The Netflix chat is only a robot, cannot find a person” tells of their wall: with a provider named, nothing said to
 * us and the matcher sure of it, nobody of ours is asked for.
 */
export function isWallOfProvider(
  { kind, why }: HumanVerdict,
  text: string,
  ranked: readonly RankedIntent<IntentId>[],
  lexicon: DowngradeLexicon,
): boolean {
  if (kind !== "request" || !EITHER_WAY.test(why)) return false;
  const [best] = ranked;
  if (best?.intent !== "downgrade.no_human" || best.confidence < SURELY) return false;
  if ((ranked.find(({ intent }) => intent === "human")?.confidence ?? 0) > HARDLY) return false;
  const said = normalise(text);
  return !TO_US.test(said) && mentionOf(said, guideNames(lexicon)) !== undefined;
}
