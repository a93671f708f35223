import { fill, type Params } from "./placeholders.ts";
import type { Business, Lang, Localized } from "./types.ts";

/** Every key of `data/strings/` that the code says, with the names of its parameters. */
export type StringTable = Readonly<Record<string, readonly string[]>>;

type ArgumentsOf<Names extends readonly string[]> = Names extends readonly []
  ? []
  : [params: Readonly<Record<Names[number], string | number>>];

/** Says a key with its parameters: `say("ticket.opened", { number: 7 })`. */
export type Say<Table extends StringTable> = <Key extends keyof Table & string>(
  key: Key,
  ...params: ArgumentsOf<Table[Key]>
) => string;

/** The placeholders that every answer and string may use, with what they are filled with. */
export function businessParams(business: Business, lang: Lang): Params {
  return {
    brand: business.brand[lang],
    hotline: business.hotline.display,
    hotline_name: business.hotline.name[lang],
    hotline_hours: business.hotline.hours[lang],
    coverage_source: business.coverage.source[lang],
    coverage_as_of: business.coverage.asOf,
    agent_hours: business.agents.hours[lang],
    ...Object.fromEntries(business.commitments.map((c) => [`commitment_${c.id}`, c.text[lang]])),
  };
}

/**
 * The one way out for what the bot says. The business facts (`{hotline}`, `{brand}`, …) are filled in
 * by themselves.
 * @throws for a key or parameter that is missing: after `zhida check` there is none
 */
export function createSay<Table extends StringTable>(
  strings: ReadonlyMap<string, Localized>,
  business: Business,
): (lang: Lang) => Say<Table> {
  const common = { zh: businessParams(business, "zh"), en: businessParams(business, "en") };
  return (lang) =>
    (key, ...[params]) => {
      const said = strings.get(key);
      if (said === undefined) throw new Error(`no string is called ${key}: add it to data/strings/`);
      return fill(said[lang], { ...common[lang], ...(params as Params | undefined) });
    };
}

/** What only the answers of the downgrade guide hold: the way for the customer's sector, and what follows with dates. */
export const GUIDE_PARAMS = ["way", "next"] as const;
export type GuideParams = Readonly<Record<(typeof GUIDE_PARAMS)[number], string>>;

/** A text of an intent (its answer), with the business facts filled in, and what the guide computes for it. */
export function sayFact(template: Localized, business: Business, lang: Lang, guide?: GuideParams): string {
  return fill(template[lang], { ...businessParams(business, lang), ...guide });
}
