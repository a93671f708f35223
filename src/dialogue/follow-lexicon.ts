import { z } from "zod";
import { normalise } from "../nlu/normalise.ts";
import { wordList } from "./repair/lexicon.ts";

/** The shape of `data/lexicon/follow.yaml`. */
export const followLexiconSchema = z.strictObject({
  lead: wordList,
  tail: wordList,
  next: wordList,
  switch: wordList,
  why: wordList,
  useful: wordList,
  silent: wordList,
  person: wordList,
  book: wordList,
  bring: wordList,
  visit: wordList,
  visitor: wordList,
  recurring: wordList,
  asking: wordList,
  still: wordList,
  ok: wordList,
  wait: wordList,
  because: wordList,
  insists: wordList,
  near: wordList,
  said: wordList,
  own: wordList,
  calls: wordList,
  ours: wordList,
  us: wordList,
  it: wordList,
  they: wordList,
  services: wordList,
  things: wordList,
  impatient: wordList,
  appliances: wordList,
  matters: wordList,
  points: wordList,
  fillers: wordList,
  more: wordList,
  solved: wordList,
  hopeful: wordList,
  subjects: wordList,
  dont: wordList,
  acts: wordList,
  withdraws: wordList,
});

/** Parsed `data/lexicon/follow.yaml`. */
export type FollowLexicon = z.infer<typeof followLexiconSchema>;

/** Words before and behind the point; more would be a sentence of its own. */
const STRIPPED_AT_MOST = 4;
const HAN = /\p{Script=Han}/u;

/** A message as it is and without the words that only lead up to its point or follow it: 那我现在怎么办呢 is 怎么办. */
export function bareForms(text: string, { lead, tail }: FollowLexicon): ReadonlySet<string> {
  const forms = new Set([normalise(text).replace(/[~ ,]+$/u, "")]);
  let latest = [...forms];
  for (let round = 0; round < STRIPPED_AT_MOST && latest.length > 0; round++) {
    latest = latest
      .flatMap((form) => [
        ...lead.flatMap((word) => withoutLead(form, word)),
        ...tail.flatMap((word) => withoutTail(form, word)),
      ])
      .filter((form) => form !== "" && !forms.has(form));
    for (const form of latest) forms.add(form);
  }
  return forms;
}

function withoutLead(form: string, word: string): string[] {
  if (!form.startsWith(word)) return [];
  const rest = form.slice(word.length);
  return HAN.test(word) || /^[ ,]/u.test(rest) ? [rest.replace(/^[ ,]+/u, "")] : [];
}

function withoutTail(form: string, word: string): string[] {
  if (!form.endsWith(word)) return [];
  const rest = form.slice(0, -word.length);
  return HAN.test(word) || /[ ,]$/u.test(rest) ? [rest.replace(/[ ,]+$/u, "")] : [];
}
