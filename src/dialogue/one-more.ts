import { normalise } from "../nlu/normalise.ts";
import { isMadeOf } from "./made-of.ts";
import type { Mind } from "./mind.ts";
import type { Utterance } from "./understand.ts";

/** 再加一个集美, 忘了说德化, "and Nan'an too": nothing but a place is added to those asked about. */
export function addsPlace({ text, places }: Utterance, { knowledge: { followLexicon } }: Mind): boolean {
  const { more, fillers } = followLexicon;
  const rest = places.parts.reduce(
    (left, part) => left.replaceAll(normalise(part.text), " "),
    normalise(text),
  );
  return isMadeOf(rest.replaceAll(/[ ,]+/g, " ").trim(), [...more, ...fillers]);
}
