import type { Mind } from "./mind.ts";
import type { Conversation } from "./types.ts";
import type { Utterance } from "./understand.ts";
import { awaitsPlace, SPEAKS_FOR_ITSELF } from "./wish.ts";

/** Letters of a message in which a name that is a word as well (石狮, 德化) goes on with the talk of places. */
const AT_MOST = 12;

/** 石狮咧, 漏说了德化: after a talk of places, what may be one is one, unless the words are plainly of something else. */
export function withPlaces(heard: Utterance, conversation: Conversation, mind: Mind): Utterance {
  const { text, places, ranked } = heard;
  const isOfPlaces = awaitsPlace(conversation) || conversation.lastIntent === "coverage";
  if (!isOfPlaces || places.parts.length > 0 || heard.broken.includes("places")) return heard;
  const [best] = ranked;
  const isOfElse = best !== undefined && best.intent !== "coverage" && best.confidence >= SPEAKS_FOR_ITSELF;
  if (text.length > AT_MOST || isOfElse) return heard;
  return { ...heard, places: mind.places.read(text, { codes: conversation.places, talkOf: "places" }) };
}
