import { z } from "zod";
import type { Lang } from "../../knowledge/types.ts";
import { wordList } from "../repair/lexicon.ts";
import { type CaseFact, SECTORS } from "./case.ts";

/** Where a dispute can be besides the provider's own complaint desk. */
export const BODIES = [
  "regulator",
  "telecom_appeal",
  "platform",
  "association",
  "court",
  "arbitration",
] as const;
export type Body = (typeof BODIES)[number];

/** The shape of `data/lexicon/downgrade.yaml`. */
export const downgradeLexiconSchema = z.strictObject({
  providers: z.array(
    z.strictObject({ name: z.string(), en: z.string().optional(), sector: z.enum(SECTORS), said: wordList }),
  ),
  not_providers: wordList,
  sectors: z.strictObject({ telecom: wordList, membership: wordList, cloud: wordList }),
  channels: wordList,
  channels_in_chinese: z.record(z.string(), wordList),
  events: wordList,
  charges: wordList,
  complaints: wordList,
  renewals: wordList,
  speakers: wordList,
  promises: wordList,
  elsewhere: z.strictObject({
    regulator: wordList,
    telecom_appeal: wordList,
    platform: wordList,
    association: wordList,
    court: wordList,
    arbitration: wordList,
  }),
  done: wordList,
  not_done: wordList,
});

/** Parsed `data/lexicon/downgrade.yaml`. */
export type DowngradeLexicon = z.infer<typeof downgradeLexiconSchema>;

/** A fact of a case as the customer reads it: in their own words, but for the provider, who has a name in each language. */
export function factAsRead(fact: CaseFact, told: string, lang: Lang, lexicon: DowngradeLexicon): string {
  return fact === "provider" ? providerName(told, lang, lexicon) : told;
}

/** A provider of a case as the customer reads it, in the language they write; its own name where there is no other. */
export function providerName(name: string, lang: Lang, { providers }: DowngradeLexicon): string {
  const known = lang === "en" ? providers.find((provider) => provider.name === name) : undefined;
  return known?.en ?? name;
}

/** What a dispute of the guide is with or about: every provider's names, and the words of every sector. */
export function guideNames({ providers, sectors }: DowngradeLexicon): readonly string[] {
  return [...providers.flatMap(({ said }) => said), ...Object.values(sectors).flat()];
}

const HAN = /\p{Script=Han}/u;

/** A word of a list and where a normalised text has it: Chinese anywhere, others as words of their own. */
export interface Mention {
  readonly word: string;
  readonly index: number;
}

/** The first mention; of those that begin at the same place, the longest. */
export function mentionOf(normalised: string, list: readonly string[]): Mention | undefined {
  const mentions = list.flatMap((word) => {
    const index = indexOfWord(normalised, word);
    return index < 0 ? [] : [{ word, index }];
  });
  return mentions.toSorted((one, other) => one.index - other.index || other.word.length - one.word.length)[0];
}

function indexOfWord(text: string, word: string): number {
  if (HAN.test(word)) return text.indexOf(word);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? " ";
    const behind = text[at + word.length] ?? " ";
    if (!/[a-z0-9]/u.test(before) && !/[a-z0-9]/u.test(behind)) return at;
  }
  return -1;
}
