import { isDowngrade } from "../desk/service.ts";
import type { IntentId } from "../knowledge/types.ts";
import { normalise } from "../nlu/normalise.ts";
import { guideNames, mentionOf } from "./downgrade/lexicon.ts";
import { topicOf } from "./follow.ts";
import { hasWord } from "./repair/lexicon.ts";
import type { Turn } from "./turn.ts";
import type { Utterance } from "./understand.ts";
import { to, type Wish } from "./wish.ts";

/** 不是移动，是我家柜子; 是改低不是改高; "not you, I mean theirs"; "I mean theirs, not you"; "you're fine, it's theirs". */
const CORRECTIONS = [
  /^(?:[^,]{1,4},)?我?(?:[说要讲问指]的)?(?:不是|没)(?:在|想)?[说要讲问指找往]?(?<not>[^,]{1,9}?)[的啊哈呀啦哦]?(?:[, ](?:我?(?:[说要讲问指]的)?(?:就是|而是|是|要)|[说讲问指]的?是)|而是)(?:在|想)?[说要讲问指往]?(?<but>[^,]{1,12})/u,
  /^(?:[^,]{1,4},)?我?(?:[说要讲问指]的)?(?:是|要)(?<but>[^,]{1,9}?),?(?:不是|不要)(?<not>[^,]{1,9})$/u,
  /^(?:(?:no|nope|wait|sorry|hey)[ ,]+)*(?:it's |i'm |that's )?not (?:about |talking about |going )?(?<not>[^,.;]{1,24}?)(?:[,.;] ?|(?= but ))(?:but |i mean |i meant |it's |i want |i need )*(?<but>[^,;]{1,30})/u,
  /^(?:(?:no|nope|wait|sorry|hey)[ ,]+)*(?<not>you)(?:'re| are) (?:fine|ok|okay|alright|good)[,.;] ?(?:but |it's |i mean )*(?<but>[^,;]{1,30})/u,
  /^(?:(?:no|nope|wait|sorry|hey)[ ,]+)*(?:i mean|i meant|i'm talking about|(?:i am |i was )?talking about|it's|that's)(?: about)? (?<but>[^,;]{1,30}?)[, ]+(?:and )?not (?<not>[^,.;]{1,24})$/u,
] as const;

/** Going down, whatever was understood before. */
const DOWN = /[降减]|[往改换调]低|低[的点一]|便宜|\b(?:down|downgrade|lower|cheaper|smaller|basic)\b/u;

/** What the other side of a question is called, where it was taken for one of ours, and the other way round. */
const THEIRS: Partial<Record<IntentId, IntentId>> = {
  human: "downgrade.no_human",
  bot_identity: "downgrade.no_human",
  ticket_status: "downgrade.stalled_callback",
  satisfaction: "downgrade.complain",
};
const OURS: Partial<Record<IntentId, IntentId>> = {
  "downgrade.no_human": "human",
  "downgrade.stalled_callback": "ticket_status",
  "downgrade.complain": "satisfaction",
  "downgrade.refund_refused": "satisfaction",
};

/** A wall complained of; whatever else asks for a person asks for one of ours (promise 1). */
const WALL = /^(?:threat|complaint|nobody|weary):/u;

/**
 * What a correction of whom or which way was meant wants (“not you, I mean theirs”), by what was talked of before;
 * undefined for a message that corrects nothing of the kind.
 */
export function corrected(turn: Turn, { text, human, places }: Utterance): Wish | undefined {
  const topic = topicOf(turn);
  const said = normalise(text);
  const { not, but } = CORRECTIONS.map((form) => form.exec(said)?.groups).find(Boolean) ?? {};
  if (not === undefined || but === undefined || topic === null || places.parts.length > 0) return undefined;
  if (human.kind === "cancel") return undefined;
  if (human.kind === "request" && !(isDowngrade(topic) && WALL.test(human.why))) return undefined;
  const { followLexicon, downgradeLexicon } = turn.mind.knowledge;
  const { things, us, ours, they } = followLexicon;
  const namesUs = hasWord(but, [...things, ...us, ...ours]);
  const namesProvider = mentionOf(but, guideNames(downgradeLexicon)) !== undefined;
  const namesThem = namesProvider || hasWord(but, they);
  if (namesThem && !namesUs) {
    if (isDowngrade(topic)) return to(topic);
    // "Not funny, they are late" is said of us.
    return namesProvider ? to(THEIRS[topic] ?? "downgrade") : undefined;
  }
  if (human.kind === "request") return undefined;
  if (namesUs && !namesThem) {
    const ours = isDowngrade(topic) ? OURS[topic] : topic;
    return ours === "human" ? { kind: "human" } : to(ours ?? "repair");
  }
  return isDowngrade(topic) && DOWN.test(but) ? to("downgrade") : undefined;
}
