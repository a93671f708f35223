import type { IntentId } from "../knowledge/types.ts";
import { textLang } from "../nlu/language.ts";
import type { Classification, HumanVerdict, RankedIntent, TextLang, Why } from "../nlu/types.ts";
import type { PlaceReading } from "../places/types.ts";
import { byWhatIsAsked } from "./asked.ts";
import type { Mind } from "./mind.ts";
import { isWallOfProvider } from "./unasked.ts";
import { isVague } from "./vague.ts";

/** What can be told of a text before the conversation is looked at. */
export interface Utterance {
  readonly text: string;
  /** Undefined for a text without words: the conversation's language goes on. */
  readonly lang: TextLang | undefined;
  readonly human: HumanVerdict;
  readonly ranked: readonly RankedIntent<IntentId>[];
  readonly inScope: boolean;
  readonly places: PlaceReading;
  readonly why: () => Why | null;
  /** Rooms that failed: the dialogue goes on without them (promise 1). */
  readonly broken: readonly string[];
}

const NO_PLACE: PlaceReading = {
  status: "not_a_place",
  codes: [],
  parts: [],
  nationwide: false,
  bare: false,
};

/** Letters in which places are looked for: nobody names theirs later, and a pasted page would hold up the rest. */
const PLACES_WITHIN = 1000;

/** Words that ask for a person whatever else fails: the last resort when the detector itself throws. */
const LAST_RESORT = /人工|真人|客服|human|agent|person/iu;

const lastResort = (text: string): HumanVerdict => ({
  kind: LAST_RESORT.test(text) ? "request" : "none",
  why: "last resort",
});

/** Whether a text asks for a person, and nothing else of it. Never throws. */
export function hearHuman(text: string, mind: Mind): HumanVerdict {
  try {
    return mind.nlu.human.detect(text);
  } catch {
    return lastResort(text);
  }
}

/** Letters from which a message tells a story. */
const STORY = { zh: 40, en: 100 } as const;
const SURELY = 0.9;
const HARDLY = 0.05;

/**
 * Four hundred letters about a provider that had “a specialist” promise a call aren't a request for one: what a long
 * story has in passing is none where all of it is surely about something else.
 */
function isInPassing(
  { kind, isLoose }: HumanVerdict,
  text: string,
  { ranked }: Classification<IntentId>,
): boolean {
  if (kind !== "request" || isLoose !== true) return false;
  if (text.length < (/\p{Script=Han}/u.test(text) ? STORY.zh : STORY.en)) return false;
  const [best] = ranked;
  const asked = ranked.find(({ intent }) => intent === "human")?.confidence ?? 0;
  return best !== undefined && best.confidence >= SURELY && asked <= HARDLY;
}

/**
 * Understands a text. Never throws: each room that fails is named in `broken` and the rest goes on, so that a
 * request for a person is heard with the matcher broken.
 */
export function understand(text: string, mind: Mind, context: readonly string[] = []): Utterance {
  const broken: string[] = [];
  const guarded = <T>(room: string, read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch {
      broken.push(room);
      return otherwise;
    }
  };
  const verdict = guarded("human", () => mind.nlu.human.detect(text), lastResort(text));
  const lang = guarded("language", () => textLang(text), undefined);
  const classified = guarded("classifier", () => mind.nlu.classifier.classify(text), null);
  const isUnasked = guarded(
    "unasked",
    () =>
      classified !== null &&
      (isInPassing(verdict, text, classified) ||
        isWallOfProvider(verdict, text, classified.ranked, mind.knowledge.downgradeLexicon)),
    false,
  );
  const human = isUnasked ? { ...verdict, kind: "maybe" as const } : verdict;
  const places = guarded(
    "places",
    () => mind.places.read(text.slice(0, PLACES_WITHIN), { codes: context }),
    NO_PLACE,
  );
  const vague = guarded("vague", () => isVague(text, mind.knowledge.followLexicon), false);
  const ranked = vague ? [] : (classified?.ranked ?? []);
  return {
    text,
    lang,
    human,
    ranked: guarded("asked", () => byWhatIsAsked(text, ranked, mind.knowledge.askedLexicon), ranked),
    inScope: !vague && (classified?.inScope ?? false),
    places,
    why: () => classified?.why() ?? null,
    broken,
  };
}
