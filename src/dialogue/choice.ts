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

const NUMBERS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 两: 2, 三: 3, one: 1, two: 2, three: 3 };
const ORDINALS: Readonly<Record<string, number>> = { first: 1, second: 2, third: 3 };
const YES = /^(是|是的|对|对的|对啊|没错|嗯|嗯嗯|好|好的|系|系呀|yes|yep|yeah|right|correct|shi|dui)$/u;
const NONE = /^(不是|都不是|不对|都不对|唔系|没有一个对|no|nope|none|none of (them|these)|neither)$/u;

/**
 * The offered button that "2", "第二个" or "the first" picks; "是的" a single offer, or the place that was asked about,
 * which is the first; "都不是" the offer after those places.
 */
export function chosen(text: string, awaiting: Awaiting | null): Button | undefined {
  if (awaiting?.kind !== "choice") return undefined;
  const said = normalise(text).replace(/[\s,]+$/u, "");
  const number =
    /^(?:第|选|the |no )?([123一二两三]|one|two|three|first|second|third)(?:个|号|项| one)?$/u.exec(
      said,
    )?.[1];
  if (number !== undefined)
    return awaiting.options[(NUMBERS[number] ?? ORDINALS[number] ?? Number(number)) - 1];
  const [first] = awaiting.options;
  const asksOfPlace = first?.kind === "place";
  if (YES.test(said) && (asksOfPlace || awaiting.options.length === 1)) return first;
  if (NONE.test(said) && asksOfPlace) return awaiting.options.find(({ kind }) => kind === "intent");
  return undefined;
}
