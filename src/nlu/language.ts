import type { Lang } from "../knowledge/types.ts";
import { normalise, simplify } from "./normalise.ts";
import { syllables } from "./pinyin.ts";
import type { TextLang } from "./types.ts";

const HAN = /\p{Script=Han}/u;
const WORD = /(?<![a-z0-9])[a-z]+(?:'[a-z]+)*(?![a-z0-9])/g;
const ADDRESS = /\b(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+/gi;

/** Written alike by people who write simplified characters, so no sign of the traditional script. */
const SHARED_WITH_SIMPLIFIED = /[乾著瞭藉摺]/g;
/** Cantonese characters that conversion leaves alone, and the commonest simplified ones that rule them out. */
const CANTONESE = /[㗎嘅咗哋嚟嗰啲喺佢]/;
const SIMPLIFIED = /[们个说还这来时会对电话转给问请让为发过开门师点样么吗无费谢联]/;

/** Words that say nothing of the language: a Chinese writer types them too. */
const NEUTRAL = new Set(
  "ok okay okok hi bye vip svip app wifi id sim qq wechat ai hmm emm emmm em mm haha hahaha hehe lol wow yo ye ya oh ah eh uh um m s t p".split(
    " ",
  ),
);

/** English words that are also spelt like pinyin syllables. */
const ENGLISH = new Set(
  (
    "a age agenda aiming along am amazing america american among amusing an anyone are area arena asian " +
    "aside ate awaiting aware bade bake balance bale ban banana bane bang bare base be bee beige being " +
    "bike bile bin bingo bone bug bun buying cabin cage cake came camera can canada canadian canceling " +
    "cane canine cape care career case cashing chance change chase cheese cheque china chinese citizen " +
    "cone courier cube cue cuisine cure cute damage dame dance dancing data date decade decide deer " +
    "defense delete deleting den denying depending depositing desire dice die dim dime dine ding do dong " +
    "dude due during ease editing ending engage engine ensure entering entire eye face facing fake fame " +
    "fan fare fate fee fencing file fin fine fire future gaining gale game gaming gas gate geese gin go " +
    "gone guess guidance guide gun hale ham hang hate he hello help hen here hire hone house hue huge " +
    "human hunan i june jungle king lake lame landing lane language langue late lean leisure lice " +
    "license lie like lime line lone long longer lounge luggage lung lure machine made maiden mailing " +
    "make male man manage manager mandate mane mange mango marine mate mature me mean meaning meantime " +
    "media medicine men menace mention menu mexican mice mike mile mine mining minute mobile mode mom " +
    "more mouse mumble mute name nature negate nice niece nile nine no nude ocean omega one open orange " +
    "outage pace page pairing palace pale pan pane parenting paying pen pending pie piece pile pin pine " +
    "ping please police queen quote rake ran rang range ranger rate re rebate reduce reducing refuse " +
    "refusing relating release remaining remote rename renting reside residence resume rice ride riding " +
    "ring rise route routing rude run rung running sage sailing sake sale sam same san sane saying " +
    "secure securing see seem seen sending sense shade shake shame shanghai shape share sharing she " +
    "shine side silver sine sing singer single site size so song sue suite sum summer sun sung sunshine " +
    "sure taiwan take taken tale tame tan tango tape taxi tea ten tenure the tidy tie tier tiger tile " +
    "time timeline timer tire to ton tone touring tube tune use vine wade wage waiting wake wan wane " +
    "wanna wanting warehouse washing watering we wide wile wine wire woe woke woman women wore you young " +
    "zone"
  ).split(" "),
);

/**
 * How a message is written, or undefined where nothing tells (digits, an emoji, an address, "ok"): keep the
 * language the conversation had. Any Han makes it Chinese; Latin letters are pinyin when they can be read as
 * Chinese syllables and mostly as nothing else.
 */
export function textLang(text: string): TextLang | undefined {
  if (HAN.test(text)) return isTraditional(text.normalize("NFKC")) ? "zh-Hant" : "zh";
  // Each word once: "you mei you ren a" has an English word twice.
  const said = new Set(normalise(text.replace(ADDRESS, " ")).match(WORD) ?? []);
  const words = [...said].filter((word) => !isNeutral(word));
  if (words.length === 0) return /\b(?:hi|bye)\b/i.test(text) ? "en" : undefined;
  const readable = words.filter((word) => syllables(word) !== undefined);
  const onlyPinyin = readable.filter((word) => !ENGLISH.has(word)).length;
  const misspelt = words.length - readable.length;
  const tolerated = onlyPinyin >= 4 ? words.length / 4 : 0;
  return misspelt <= tolerated && onlyPinyin * 2 >= words.length ? "pinyin" : "en";
}

/** Abbreviations without a vowel (zrg, svip, pls) tell nothing either. */
function isNeutral(word: string): boolean {
  return NEUTRAL.has(word) || !/[aeiouy]/.test(word);
}

/** The language to answer in. */
export function replyLang(lang: TextLang): Lang {
  return lang === "en" ? "en" : "zh";
}

function isTraditional(text: string): boolean {
  const telling = text.replace(SHARED_WITH_SIMPLIFIED, "");
  return simplify(telling) !== telling || (CANTONESE.test(text) && !SIMPLIFIED.test(text));
}
