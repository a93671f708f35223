import { isDowngrade } from "../../desk/service.ts";
import type { IntentId, Lang } from "../../knowledge/types.ts";
import { replyLang } from "../../nlu/language.ts";
import { normalise } from "../../nlu/normalise.ts";
import { converse, type Turn } from "../turn.ts";
import type { Utterance } from "../understand.ts";
import type { Wish } from "../wish.ts";
import { type DowngradeCase, newCase, type Sector } from "./case.ts";
import type { Told } from "./days.ts";
import { factsIn } from "./facts.ts";
import { type DowngradeLexicon, mentionOf } from "./lexicon.ts";
import { isBroken } from "./remind-lexicon.ts";

const HOUR_MS = 3_600_000;
/** So long after it began, what a customer says of other things may belong to their dispute too. */
export const FRESH_MS = 72 * HOUR_MS;
/** Letters in which facts are looked for: reading a pasted page for dates would hold up the rest. */
const FACTS_WITHIN = 1000;
/** A dispute that began longer ago than any ladder takes is another one. */
const OVER_MS = 120 * 24 * HOUR_MS;

/** Keeps what a message says of the customer's dispute, where it is about one or a dispute is going on. */
export function hearDowngrade(turn: Turn, { text, lang }: Utterance, wishes: readonly Wish[]): void {
  const previous = turn.conversation.downgrade ?? null;
  const wish = wishes.find((one) => one.kind === "intent" && isDowngrade(one.intent));
  const guessed = wishes.some((one) => one.kind === "unsure" && one.guesses.some(isDowngrade));
  if (wish === undefined && !guessed && (previous === null || !isFresh(previous, turn.at))) return;
  keep(turn, text, lang === undefined ? turn.conversation.lang : replyLang(lang), {
    intent: wish?.kind === "intent" ? wish.intent : null,
  });
}

/** Keeps what an entry of the case log tells of the dispute; the day of another call isn't the day they first asked. */
export function hearEntry(turn: Turn, heard: Utterance): void {
  const asked = turn.conversation.downgrade?.facts.happened;
  hearDowngrade(turn, heard, []);
  const { downgrade } = turn.conversation;
  if (!downgrade) return;
  const { happened: _, ...others } = downgrade.facts;
  const facts = asked === undefined ? others : { ...others, happened: asked };
  converse(turn, { downgrade: { ...downgrade, facts } });
}

/** Keeps what was written after /downgrade. */
export function tellCase(turn: Turn, text: string): void {
  if (text !== "") keep(turn, text, turn.conversation.lang, { intent: null });
}

function keep(turn: Turn, text: string, lang: Lang, { intent }: { intent: IntentId | null }): void {
  const told = { ...toldNow(turn, text, lang), text: text.slice(0, FACTS_WITHIN), intent };
  const previous = turn.conversation.downgrade ?? null;
  converse(turn, { downgrade: hearCase(told, previous, turn.mind.knowledge.downgradeLexicon) });
}

/** What a customer tells of their dispute in this turn, to be read for facts. */
export function toldNow({ mind: { knowledge }, at }: Turn, text: string, lang: Lang): Told {
  const { timeZone } = knowledge.business.agents;
  return { text, lang, at, timeZone, broken: isBroken(text, knowledge.reminderLexicon) };
}

/** About the guide itself, not about what a provider does. */
const GENERAL: ReadonlySet<IntentId> = new Set<IntentId>([
  "downgrade",
  "downgrade.rights",
  "downgrade.evidence",
  "downgrade.complain",
]);

/**
 * One answer of the guide a message: what the provider does goes before the general questions, whose answers it leads
 * to. A number that comes with it is the provider's, not a ticket of ours.
 */
export function oneOfGuide(wishes: readonly Wish[]): readonly Wish[] {
  const intents = wishes.flatMap((wish) =>
    wish.kind === "intent" && isDowngrade(wish.intent) ? [wish.intent] : [],
  );
  const chosen =
    intents.find((intent) => !GENERAL.has(intent)) ??
    intents.find((intent) => intent !== "downgrade") ??
    intents[0];
  if (chosen === undefined) return wishes;
  return wishes.filter(
    (wish) =>
      wish.kind !== "intent" ||
      wish.intent === chosen ||
      (wish.intent !== "ticket_status" && !isDowngrade(wish.intent)),
  );
}

/** Whether what is said now may belong to it. */
export function isFresh(dispute: DowngradeCase, at: number): boolean {
  return at - dispute.startedAt <= FRESH_MS;
}

/**
 * Adds what a message says to the customer's case: only what is said, and what is said later wins. Another provider,
 * or another sector where no provider is known, begins a new case.
 * @param intent what the message was taken to want; null where it is no question of the guide
 */
export function hearCase(
  told: Told & { readonly intent: IntentId | null },
  previous: DowngradeCase | null,
  lexicon: DowngradeLexicon,
): DowngradeCase {
  const said = withoutOthers(normalise(told.text), lexicon);
  const provider = providerIn(said, lexicon);
  const sector = provider?.sector ?? sectorIn(said, lexicon);
  const carried =
    previous !== null && goesOn(previous, provider, sector, told.at) ? previous : newCase(told.at);
  const facts = factsIn(told, lexicon);
  return {
    ...carried,
    // Memberships come with phone plans: a known provider's sector stays what it is.
    sector: carried.facts.provider === undefined ? (sector ?? carried.sector) : carried.sector,
    obstacle: told.intent ?? carried.obstacle,
    facts: { ...carried.facts, ...facts, ...(provider === undefined ? {} : { provider: provider.name }) },
  };
}

interface Provider {
  readonly name: string;
  readonly sector: Sector;
}

function goesOn(
  { startedAt, facts, sector: before }: DowngradeCase,
  provider: Provider | undefined,
  sector: Sector | null,
  at: number,
): boolean {
  if (at - startedAt > OVER_MS) return false;
  if (provider !== undefined)
    return facts.provider === undefined ? fits(before, provider.sector) : facts.provider === provider.name;
  return facts.provider !== undefined || sector === null || fits(before, sector);
}

function fits(before: Sector | null, sector: Sector): boolean {
  return before === null || before === "other" || before === sector || sector === "membership";
}

function providerIn(said: string, { providers }: DowngradeLexicon): Provider | undefined {
  const named = providers.flatMap((provider) => {
    const mention = mentionOf(said, provider.said);
    return mention === undefined ? [] : [{ provider, mention }];
  });
  const [first] = named.toSorted(
    ({ mention: one }, { mention: other }) => one.index - other.index || other.word.length - one.word.length,
  );
  return first?.provider;
}

function sectorIn(said: string, { sectors }: DowngradeLexicon): Sector | null {
  for (const sector of ["cloud", "telecom", "membership"] as const)
    if (mentionOf(said, sectors[sector]) !== undefined) return sector;
  return null;
}

/** Without 移动电源 and the like, which only look like a provider's name. */
function withoutOthers(said: string, { not_providers }: DowngradeLexicon): string {
  return not_providers.reduce((text, word) => text.replaceAll(word, " "), said);
}
