import { normalise } from "../nlu/normalise.ts";
import type { Mind } from "./mind.ts";
import type { Awaiting, Button } from "./types.ts";

/** The labels of the persistent keyboard, top row first: what each stands for. */
export const KEYBOARD = [
  [["keyboard.human", { kind: "human" }]],
  [
    ["keyboard.coverage", { kind: "intent", intent: "coverage" }],
    ["keyboard.hotline", { kind: "intent", intent: "hotline" }],
  ],
  [
    ["keyboard.repair", { kind: "intent", intent: "repair" }],
    ["keyboard.downgrade", { kind: "guide.open" }],
  ],
] as const satisfies readonly (readonly (readonly [string, Button])[])[];

/** A pressed keyboard key arrives as its label, in whichever language it was shown. */
export function keyboardButton(text: string, mind: Mind): Button | undefined {
  for (const [key, button] of KEYBOARD.flat()) {
    const label = mind.knowledge.strings.get(key);
    if (label !== undefined && (label.zh === text || label.en === text)) return button;
  }
  return undefined;
}

const DIGITS = "一二三四五六七八九";
const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
const CARDINALS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
/** 2, 第二个, 选2, 我要第二个吧; "2nd", "number two", "the second one". */
const NTH =
  /^(?:我?(?:就?选|要|说的是|是|点)?的?是?第?)(?<han>[1-9一二三四五六七八九两])(?:个|号|项|条|家)?(?:吧|啊|呀|哈|那个)?$|^(?:i (?:mean|want|choose|pick) |it's |option |number |no\.? ?|# ?)?(?:the )?(?<latin>[1-9]|[a-z]+)(?:st|nd|rd|th)?(?: one| option)?(?: please)?$/u;
const LAST =
  /^(?:我?(?:选|要|说的是|是)?)?(?:最?后面?的?(?:那|一)?个?|后者|下面的?那?个?|最后)(?:吧|啊)?$|^(?:the )?(?:last|latter|bottom)(?: one| option)?$/u;
const FORMER =
  /^(?:我?(?:选|要|说的是|是)?)?(?:最?前面的?(?:那|一)?个?|前一个|前者|上面的?那?个?)(?:吧|啊)?$|^(?:the )?(?:former|top)(?: one| option)?$/u;
const YES = /^(是|是的|对|对的|对啊|没错|嗯|嗯嗯|好|好的|系|系呀|yes|yep|yeah|right|correct|shi|dui)$/u;
const NONE = /^(不是|都不是|不对|都不对|唔系|没有一个对|no|nope|none|none of (them|these)|neither)$/u;

/**
 * The offered button that "2", "第二个", "后面那个" or "the first" picks; "是的" a single offer, or the place that was
 * asked about, which is the first; "都不是" leaves those places.
 */
export function chosen(text: string, awaiting: Awaiting | null): Button | undefined {
  if (awaiting?.kind !== "choice") return undefined;
  const { options } = awaiting;
  const said = normalise(text).replace(/[\s,]+$/u, "");
  const nth = numberIn(said);
  if (nth !== undefined) return options[nth - 1];
  if (options.length > 1 && LAST.test(said)) return options.at(-1);
  if (options.length > 1 && FORMER.test(said)) return options[0];
  const asksOfPlace = options[0]?.kind === "place";
  const none = options.find(({ kind }) => kind === "intent");
  if (YES.test(said) && (options.length === 1 || (asksOfPlace && none !== undefined))) return options[0];
  if (NONE.test(said) && asksOfPlace) return none ?? { kind: "intent", intent: "coverage" };
  return undefined;
}

/** Nothing but a number, where it may stand for one of several. */
export function isNumber(text: string): boolean {
  return numberIn(normalise(text).replace(/[\s,]+$/u, "")) !== undefined;
}

function numberIn(said: string): number | undefined {
  const { han, latin } = NTH.exec(said)?.groups ?? {};
  const word = han ?? latin;
  if (word === undefined) return undefined;
  if (/^\d$/u.test(word)) return Number(word);
  if (word === "两") return 2;
  const at = [DIGITS.indexOf(word), ORDINALS.indexOf(word), CARDINALS.indexOf(word)].find(
    (each) => each >= 0,
  );
  return at === undefined ? undefined : at + 1;
}
