import { error, type Finding, type Position } from "./findings.ts";
import { badBraces, placeholdersOf } from "./placeholders.ts";
import { GUIDE_PARAMS } from "./say.ts";
import type { Business, Lang } from "./types.ts";
import type { YamlFile } from "./yaml.ts";

export const LANGS = ["zh", "en"] as const satisfies readonly Lang[];

/** Something the bot says and where it stands. */
export interface Saying {
  readonly lang: Lang;
  readonly text: string;
  /** Where somebody wants to go down or leave, the strictest rules apply. */
  readonly about: "downgrade" | "anything";
  readonly at: Position;
  /** Where its n-th character stands. */
  readonly within: (index: number) => Position;
}

export function sayingAt(
  yaml: YamlFile,
  path: readonly PropertyKey[],
  said: { readonly lang: Lang; readonly text: string; readonly about: Saying["about"] },
): Saying {
  return { ...said, at: yaml.at(path), within: (index) => yaml.within(path, index) };
}

/**
 * Answers get nothing but the business facts, and those of the guide what it computes: any other placeholder would
 * reach the customer as an error.
 */
export function checkAnswers(answers: readonly Saying[], common: ReadonlySet<string>): Finding[] {
  return answers.flatMap((answer) => {
    const known = new Set([...common, ...(answer.about === "downgrade" ? GUIDE_PARAMS : [])]);
    return placeholdersOf(answer.text)
      .filter((name) => !known.has(name) && badBraces(answer.text).length === 0)
      .map((name) =>
        error(
          answer.within(answer.text.indexOf(`{${name}}`)),
          "unknown-placeholder",
          `{${name}} is never filled: an answer may use ${[...known].map((each) => `{${each}}`).join(" ")}`,
        ),
      );
  });
}

export function checkBraces(sayings: readonly Saying[]): Finding[] {
  return sayings.flatMap((saying) =>
    badBraces(saying.text).map((brace) =>
      error(
        saying.within(saying.text.indexOf(brace)),
        "placeholder-syntax",
        `"${brace}" is no placeholder: write {name} with a lower-case name, and no other braces`,
      ),
    ),
  );
}

/** Facts stand once, in `data/business.yaml`: a copy elsewhere stays behind when the fact changes. */
export function checkHardcoded(sayings: readonly Saying[], business: Business): Finding[] {
  const number = new RegExp([...business.hotline.dial].join("[\\s-]?"), "u");
  return sayings.flatMap((saying) => {
    const index = saying.text.search(number);
    return index < 0
      ? []
      : [error(saying.within(index), "hardcoded-fact", "the hotline's number is written out: use {hotline}")];
  });
}

const PRICE = /[¥￥$]\s?\d|\d\s?(元|块钱|RMB\b|CNY\b|yuan\b)/iu;

/** Promise 3: `data/business.yaml` holds no price, so an answer about our own service can't name one. */
export function checkPrices(answers: readonly Saying[]): Finding[] {
  return answers.flatMap((answer) => {
    const index = answer.about === "downgrade" ? -1 : answer.text.search(PRICE);
    return index < 0
      ? []
      : [
          error(
            answer.within(index),
            "hardcoded-fact",
            "a price, and we publish none: say how a price is agreed",
          ),
        ];
  });
}
