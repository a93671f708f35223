import { normalise } from "../../nlu/normalise.ts";
import { timesIn } from "../../nlu/time.ts";
import type { DowngradeCase } from "./case.ts";
import { CLAUSE, daysIn, type Facts, momentOf, stampOf, type Told } from "./days.ts";
import { type DowngradeLexicon, mentionOf } from "./lexicon.ts";
import { plansIn } from "./plans.ts";

/** Sentences end here; a comma goes on with the same one. */
const SENTENCE = /[。！？!?；;\n]+|\.\s/u;
const NUMBER_OF =
  /(?:工单|投诉|受理|服务|流水|回执)(?:单|编)?号?码?(?:号|码)?\s*(?:是|为|给的是|[:：#])?\s*#?\s*([A-Za-z]{0,4}-?\d[\dA-Za-z-]{3,24})|(?:ticket|case|reference|complaint|work order)\s*(?:number|no\.?|id)?\s*(?:is|was|[:#=])?\s*#?\s*([A-Za-z]{0,4}-?\d[\dA-Za-z-]{3,24})/iu;
const ACCOUNT =
  /(?:我的?|手机)?(?:号码|手机号|账号|帐号|账户|卡号|account|number)\s*(?:是|为|is|[:：])\s*([\w@.+-]{5,30})/iu;
const PHONE =
  /(?:联系电话|联系方式|我的?电话|回电|打给我|reach me (?:at|on)|my phone)\D{0,6}(1[3-9]\d{9})(?!\d)/iu;
const ATTEMPTS =
  /(?:打|要求|找|说|转|问|申请|联系|投诉|试)(?![^，,。]*(?:劝|推销))[^，,。！？\d一二两三四五六七八九十]{0,6}(?:\d{5}\D{0,2})?(?:\d{1,2}|[一二两三四五六七八九十]{1,2})\s?(?:次|遍|回|趟)|(?:called|asked|tried|contacted|complained)[^,.]{0,20}?(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+times|(?:called|asked|tried)[^,.]{0,12}?\btwice\b/iu;
const QUOTED = /[“"「『]([^”"」』]{2,80})[”"」』]/u;
const SAID =
  /(?:说|讲|回复|答复|告知|告诉我|表示|推说|话|said|says|told me|promised|claims?|saying)\s*(?:是|了|我|that)?\s*[:：，,]?\s*/iu;
const ELSEWHERE_TO = /只能|必须|才能|要去|要到|得去|得到|让我去|叫我去|\b(?:only|must|have to|need to)\b/iu;
const REFUND =
  /(?:退(?:还|回|给我|我)?|refund(?: of)?)[^，,。\d]{0,5}[¥￥]?(\d+(?:\.\d{1,2})?)\s?(?:元|块|yuan|rmb)?/iu;

/** The facts of a dispute that a message holds, in the customer's own words; times as ISO days. Nothing is guessed. */
export function factsIn(told: Told, lexicon: DowngradeLexicon): DowngradeCase["facts"] {
  const { text } = told;
  const number = NUMBER_OF.exec(text);
  const days = daysIn(told, lexicon);
  const found: Facts = {
    ...plansIn(text),
    ...days,
    ...promiseIn(told, days.happened, lexicon),
    number: number?.[1] ?? number?.[2],
    account: ACCOUNT.exec(text)?.[1],
    phone: PHONE.exec(text)?.[1],
    attempts: ATTEMPTS.exec(text)?.[0],
    refund: REFUND.exec(text)?.[1],
    channel: channelIn(text, lexicon),
    elsewhere: elsewhereIn(text, lexicon),
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([fact, value]) => (value === undefined ? [] : [[fact, value.trim()]])),
  );
}

/**
 * What the provider said, and what of it is a promise: it names a time and what is to happen by then. The time counts
 * from when they spoke, where the same message says it.
 */
function promiseIn(told: Told, spoke: string | undefined, lexicon: DowngradeLexicon): Facts {
  const quoted = QUOTED.exec(told.text)?.[1];
  const spoken = told.text.split(SENTENCE).flatMap((sentence) => saidBy(sentence, lexicon) ?? []);
  const sayings = quoted === undefined ? spoken : [quoted, ...spoken];
  const from = { ...told, at: momentOf(spoke, told.timeZone) ?? told.at };
  const due = (words: string) => dueOf(words, from, lexicon);
  const promised = sayings.find((words) => due(words) !== undefined);
  const words = sayings.find((said) => said !== promised);
  return {
    promised,
    // Of a promise broken at a time nobody told, it isn't known when it was due.
    promised_by: promised === undefined || (spoke === undefined && told.broken) ? undefined : due(promised),
    words,
  };
}

/** 客服说：…, they told me …: what follows, up to where the customer goes on about themselves. */
function saidBy(sentence: string, { speakers, providers }: DowngradeLexicon): string | undefined {
  // 移动一直拖，客服说…: whoever speaks goes before the provider's name, which may only be what it is about.
  return (
    wordsOf(sentence, speakers) ??
    wordsOf(
      sentence,
      providers.flatMap(({ said }) => said),
    )
  );
}

function wordsOf(sentence: string, speakers: readonly string[]): string | undefined {
  const speaker = mentionOf(sentence.toLowerCase(), speakers);
  const from = speaker === undefined ? -1 : speaker.index + speaker.word.length;
  if (from < 0) return undefined;
  const said = SAID.exec(sentence.slice(from));
  if (said === null || said.index > 16) return undefined;
  const [words = ""] = sentence
    .slice(from + said.index + said[0].length)
    .split(
      /[，,]\s*(?:我|但|可|结果|现在|到现在|一直|还是|没人|没有人|没打|没回|还没|都没|[^，,]{0,8}(?:天|小时|周|星期|礼拜|月)(?:了|过去)|but\b|and I\b|I\b|(?:and )?it's been\b|(?:that was )?[\w ]{1,12} (?:hours|days|weeks)\b(?! from))/u,
    );
  return words.length >= 4 ? words : undefined;
}

function dueOf(words: string, { lang, at, timeZone }: Told, lexicon: DowngradeLexicon): string | undefined {
  if (mentionOf(normalise(words), lexicon.promises) === undefined) return undefined;
  const time = timesIn(words, lang, at, timeZone, "future").find((one) => one.at > at);
  return time && stampOf(time, timeZone);
}

/** By which way they spoke to the provider; where it sends them ("只能去营业厅") isn't one. */
function channelIn(text: string, { channels }: DowngradeLexicon): string | undefined {
  for (const clause of text.split(CLAUSE)) {
    const mention = ELSEWHERE_TO.test(clause) ? undefined : mentionOf(clause.toLowerCase(), channels);
    if (mention !== undefined) return clause.slice(mention.index, mention.index + mention.word.length);
  }
  return undefined;
}

/** The clause that says another body has the dispute already; what is only intended or asked isn't one. */
function elsewhereIn(text: string, lexicon: DowngradeLexicon): string | undefined {
  return text.split(CLAUSE).find((clause) => {
    const said = normalise(clause);
    const bodies = Object.values(lexicon.elsewhere).flat();
    return (
      mentionOf(said, bodies) !== undefined &&
      mentionOf(said, lexicon.done) !== undefined &&
      mentionOf(said, lexicon.not_done) === undefined
    );
  });
}
