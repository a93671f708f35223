import type { HumanVerdict } from "../types.ts";
import { type HumanLexicon, MENTION_KINDS, type MentionKind, wordClasses } from "./lexicon.ts";
import { anyOf, patternCompiler } from "./pattern.ts";
import { createPresence } from "./presence.ts";

type Sense = HumanVerdict["kind"];

/** A word for a person, and what the rule that read it took it for. */
interface Mention {
  readonly kind: MentionKind;
  readonly word: string;
  readonly start: number;
  readonly end: number;
  reading: { readonly sense: Sense; readonly why: string; readonly isLoose: boolean } | undefined;
}

interface Rule {
  readonly id: string;
  readonly sense: Sense;
  readonly passing: "anywhere" | "midway" | undefined;
  readonly pattern: RegExp;
  /** What it can read. */
  readonly kinds: ReadonlySet<MentionKind>;
  /** True where it needs no mention: what it matches is one itself (转一下). */
  readonly standsAlone: boolean;
  /** What must be present before it is worth trying. */
  readonly needs: readonly number[];
}

export interface Grammar {
  /** Reads text that is normalised and respelt. */
  read(text: string): HumanVerdict;
  /** True where the text ends in a word that more must follow, so that a space there ends no clause. */
  goesOn(text: string): boolean;
  /** True where the words that {@link HIDDEN} stands for are reported, not said. */
  reports(text: string): boolean;
  /** Every word of the lexicon, in its order. */
  readonly vocabulary: readonly string[];
}

/** Where hidden or quoted words stood. */
export const HIDDEN = "□";
/** Its negation is the complaint itself: “your bot never gives me a person” asks for one. */
const REFUSED = "threat";
/** Left unread, these still mean that a person was spoken of. */
const TELLING: ReadonlySet<MentionKind> = new Set(["human", "staff", "boss"]);

/**
 * The lexicon's rules over the mentions of a text: each mention is read once, by the first rule in the
 * lexicon's order that covers it, and a rule with a mention already read doesn't apply. A request right after a
 * negation is its opposite. The last request or cancellation decides; a cancellation takes back only
 * requests for the same kind of person (不要客服，要真人).
 */
export function createGrammar(lexicon: HumanLexicon): Grammar {
  const classes = wordClasses(lexicon);
  const compile = patternCompiler(classes);
  const kinds = new Map(
    MENTION_KINDS.flatMap((kind) => lexicon.mentions[kind].map((word) => [squeeze(word), kind] as const)),
  );
  const mention = new RegExp(anyOf(Object.values(lexicon.mentions).flat()), "g");
  const presence = createPresence();
  const rules = lexicon.rules.flatMap(({ id, reads, passing, patterns }) =>
    patterns.map((pattern): Rule => {
      const { source, needs, tokens } = compile(pattern);
      return {
        id,
        sense: reads,
        passing,
        pattern: new RegExp(source, "g"),
        kinds: new Set(
          tokens.flatMap(({ words }) => words.flatMap((word) => kinds.get(squeeze(word)) ?? [])),
        ),
        standsAlone: !tokens.some(
          ({ words, required }) =>
            required && words.length > 0 && words.every((word) => kinds.has(squeeze(word))),
        ),
        needs: needs.map(presence.add),
      };
    }),
  );
  // 工人 hides its 人, but 别人工 doesn't: what ends in 人 isn't hidden where 人工 follows.
  const hidden = new RegExp(
    [
      anyOf(lexicon.hidden.filter((w) => !w.endsWith("人"))),
      `${anyOf(lexicon.hidden.filter((w) => w.endsWith("人")))}(?!工)`,
    ].join("|"),
    "g",
  );
  const negated = new RegExp(
    `(?:${lexicon.negation.map((pattern) => compile(pattern).source).join("|")}) ?$`,
  );
  const unfinished = new RegExp(`${anyOf(lexicon.unfinished.flatMap((name) => classes.get(name) ?? []))}$`);
  const endOfClause = new RegExp(`^ ?(?:${anyOf(classes.get("filler") ?? [])} ?){0,9}(?:,|$)`);
  const reporting = new RegExp(lexicon.quoting.map((pattern) => compile(pattern).source).join("|"));

  function mentionsIn(text: string): Mention[] {
    return Array.from(text.matchAll(mention), ({ 0: word, index }) => ({
      kind: kinds.get(squeeze(word)) ?? "human",
      word,
      start: index,
      end: index + word.length,
      reading: undefined,
    }));
  }

  function apply(
    { id, sense, passing, pattern, standsAlone }: Rule,
    text: string,
    mentions: Mention[],
  ): void {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const { 0: matched, index } = match;
      if (matched === "") pattern.lastIndex++;
      const covered = mentions.filter((m) => m.start >= index && m.end <= index + matched.length);
      if (covered.some((m) => m.reading)) continue;
      if (covered.length === 0) {
        const end = index + matched.length;
        if (!standsAlone || mentions.some((m) => m.reading && m.start < end && m.end > index)) continue;
        const whole: Mention = {
          kind: "able",
          word: matched,
          start: index,
          end,
          reading: undefined,
        };
        mentions.push(whole);
        covered.push(whole);
      }
      const turned =
        sense === "request" &&
        id !== REFUSED &&
        covered.some((m) => m.kind !== "bot" && negated.test(text.slice(0, m.start)));
      const isLoose =
        passing === "anywhere" ||
        (passing === "midway" && !endOfClause.test(text.slice(index + matched.length)));
      const reading = turned
        ? { sense: "cancel" as const, why: `negated ${id}: ${matched.trim()}`, isLoose: false }
        : { sense, why: `${id}: ${matched.trim()}`, isLoose };
      for (const m of covered) m.reading = reading;
    }
  }

  return {
    vocabulary: [...classes.values()].flat(),
    reports: (text) => reporting.test(text),
    goesOn: (text) => unfinished.test(text),
    read(raw) {
      const text = raw.replace(hidden, HIDDEN);
      const mentions = mentionsIn(text);
      const has = presence.within(text);
      for (const rule of rules) {
        if (!rule.standsAlone && !mentions.some((m) => !m.reading && rule.kinds.has(m.kind))) continue;
        if (rule.needs.every(has)) apply(rule, text, mentions);
      }
      return decide(mentions.sort((a, b) => a.start - b.start));
    },
  };
}

function decide(mentions: readonly Mention[]): HumanVerdict {
  const requests = mentions.filter((m) => m.reading?.sense === "request");
  const request = requests.at(-1);
  const cancel = mentions.findLast((m) => m.reading?.sense === "cancel");
  const takenBack = request && cancel && cancel.start > request.start && cancel.kind === request.kind;
  const decisive = request && !takenBack ? request : cancel;
  if (decisive?.reading) {
    const { sense, why } = decisive.reading;
    return { kind: sense, why, isLoose: requests.every((m) => m.reading?.isLoose) };
  }
  const unclear = mentions.find((m) => m.reading?.sense === "maybe");
  if (unclear?.reading) return { kind: "maybe", why: unclear.reading.why };
  const unread = mentions.find((m) => !m.reading && TELLING.has(m.kind));
  if (unread) return { kind: "maybe", why: `no rule reads ${unread.word}` };
  const spokenOf = mentions.find((m) => m.reading);
  if (spokenOf?.reading) return { kind: "about", why: spokenOf.reading.why };
  return { kind: "none", why: "no person is mentioned" };
}

/** Spaces inside a word of the lexicon are optional in text. */
function squeeze(word: string): string {
  return word.replaceAll(" ", "");
}
