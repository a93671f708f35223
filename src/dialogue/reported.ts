import type { IntentId } from "../knowledge/types.ts";
import { normalise } from "../nlu/normalise.ts";
import type { FollowLexicon } from "./follow-lexicon.ts";
import { hasWord } from "./repair/lexicon.ts";
import type { Turn } from "./turn.ts";
import { hearHuman, type Utterance } from "./understand.ts";
import type { Wish } from "./wish.ts";

/** Letters between who spoke and what was promised. */
const WITHIN = 24;
/** Who is told to call was not told of. */
const TO_US = /[你您]|\b(?:you|please)\b|请|麻烦|帮我/u;
/** What stands before what was said, and tells whose word it is. */
const SPOKEN = /[,，。;；!！?？]/u;

/**
 * “还说48小时给我回电话” tells of a promise; it asks nobody to call. A request is still one where it stands without
 * what was promised (promise 1).
 * @returns what is meant instead; undefined where nothing was promised, or something else is wanted beside it
 */
export function heardPromise(turn: Turn, { text, human, ranked }: Utterance): Wish | undefined {
  const { mind, conversation } = turn;
  const isOfCalls = ranked[0] !== undefined && OF_CALLS.has(ranked[0].intent);
  if (human.kind === "cancel" || (human.kind !== "request" && !isOfCalls)) return undefined;
  const { followLexicon, downgradeLexicon } = mind.knowledge;
  const said = normalise(text);
  const promise = promiseIn(said, followLexicon, downgradeLexicon.speakers);
  if (promise === undefined) return undefined;
  const rest = `${said.slice(0, promise.start)},${said.slice(promise.end)}`;
  if (hearHuman(rest, mind).kind === "request") return undefined;
  const ours = hasWord(said, followLexicon.ours) || conversation.lastIntent === "ticket_status";
  return { kind: "intent", intent: ours ? "ticket_status" : "downgrade.stalled_callback", confidence: 1 };
}

/** What a promised call is taken for by itself. */
const OF_CALLS: ReadonlySet<IntentId> = new Set<IntentId>([
  "human",
  "ticket_status",
  "downgrade.stalled_callback",
]);

/** 在的话回我: a condition, and nobody's word. */
const IF = /的话$/u;
/** 打字说不清楚，电话里说吧: how it is said, not what. */
const MANNER = /^(?:得|不清|不明|不出|不来|不了|不通|不完|吧|话|清楚|明白|一下|[几两]句)/u;

interface Span {
  readonly start: number;
  readonly end: number;
}

function promiseIn(
  text: string,
  { said, own, calls }: FollowLexicon,
  speakers: readonly string[],
): Span | undefined {
  for (const word of said) {
    const start = text.indexOf(word);
    if (start < 0) continue;
    const before = text.slice(0, start).split(SPOKEN).at(-1)?.trim() ?? "";
    if (own.some((each) => before.endsWith(each)) || IF.test(`${before}${word}`)) continue;
    const behind = text.slice(start + word.length);
    if (MANNER.test(behind)) continue;
    const ends = calls.flatMap((call) => {
      const at = behind.indexOf(call);
      return at < 0 || at > WITHIN || TO_US.test(behind.slice(0, at)) ? [] : [at + call.length];
    });
    if (ends.length === 0) continue;
    const speaker = speakers.find((each) => before.endsWith(each))?.length ?? 0;
    return { start: start - speaker, end: start + word.length + Math.max(...ends) };
  }
  return undefined;
}

/** What others said, told or passed on, asks for nobody. */
export function asTold(heard: Utterance): Utterance {
  const ranked = heard.ranked.filter(({ intent }) => intent !== "human");
  return { ...heard, ranked, human: { ...heard.human, kind: "none" } };
}
