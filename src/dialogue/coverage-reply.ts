import type { Say } from "../knowledge/say.ts";
import type { Lang } from "../knowledge/types.ts";
import type { PlaceName, PlacePart, PlaceReading } from "../places/types.ts";

/** The strings of `data/strings/coverage.yaml` with the parameters each needs. */
export const COVERAGE_STRINGS = {
  "coverage.covered": ["place"],
  "coverage.covered_typo": ["place"],
  "coverage.covered_former": ["former", "place"],
  "coverage.covered_parent": ["place"],
  "coverage.covered_inside": ["inside", "place"],
  "coverage.not_listed": ["place"],
  "coverage.not_listed_typo": ["place"],
  "coverage.not_listed_former": ["former", "place"],
  "coverage.not_listed_parent": ["place"],
  "coverage.not_listed_inside": ["inside", "place"],
  "coverage.none_listed": ["name", "places"],
  "coverage.nearest_city": ["places"],
  "coverage.nearest_province": ["places"],
  "coverage.ask_person": [],
  "coverage.partly": ["place", "count", "places"],
  "coverage.partly_one": ["place", "places"],
  "coverage.partly_former": ["former", "places", "listed"],
  "coverage.partly_zone": ["zone", "listed"],
  "coverage.page": ["place", "from", "to", "count", "places"],
  "coverage.left": ["left"],
  "coverage.which_part": [],
  "coverage.which_town": [],
  "coverage.ambiguous": ["name"],
  "coverage.ambiguous_typo": ["name"],
  "coverage.ambiguous_many": ["name"],
  "coverage.unknown": ["name"],
  "coverage.all_covered": ["name", "places"],
  "coverage.line_covered": ["place"],
  "coverage.line_not_listed": ["place"],
  "coverage.line_partly": ["place", "count", "places"],
  "coverage.line_ambiguous": ["name", "places"],
  "coverage.as_of": [],
  "coverage.nationwide": [],
  "coverage.no_place": [],
  "coverage.join": [],
  "coverage.join_short": [],
  "coverage.or": [],
  "coverage.group": ["place", "places"],
} as const satisfies Record<string, readonly string[]>;

export interface CoverageReply {
  readonly text: string;
  /** Which one? A button each, at most {@link CHOICES_AT_MOST}. */
  readonly choices: readonly { readonly code: string; readonly label: string }[];
  /** More listed units than the text holds: the unit asked about, and where to go on. */
  readonly more: { readonly code: string; readonly from: number } | null;
}

export interface CoverageReplyOptions {
  readonly lang: Lang;
  readonly say: Say<typeof COVERAGE_STRINGS>;
  /** For the next page of a reading's listed units: where it begins, from `more`. */
  readonly from?: number;
}

/** Telegram shows long lists of buttons badly on a phone. */
const CHOICES_AT_MOST = 8;
const UNITS_IN_TEXT = 12;
const UNITS_A_PAGE = 40;

/** What the customer is told of the places asked about. Says "yes" only of units that the list holds (promise 3). */
export function coverageReply(
  reading: PlaceReading,
  { lang, say, from = 0 }: CoverageReplyOptions,
): CoverageReply {
  const [part, ...others] = reading.parts;
  if (part === undefined) {
    return {
      text: say(reading.nationwide ? "coverage.nationwide" : "coverage.no_place"),
      choices: [],
      more: null,
    };
  }
  if (others.length > 0) return severalParts(reading.parts);
  switch (part.status) {
    case "covered":
      return plain(covered(part));
    case "not_listed":
      return plain([notListed(part), nearest(part), say("coverage.ask_person")].filter(Boolean).join("\n"));
    case "ambiguous":
      return ambiguous(part);
    case "partly":
      return partly(part);
  }

  function covered(part: PlacePart): string {
    const { recognised, candidates } = part;
    const place = names(candidates);
    switch (recognised.how) {
      case "typo":
        return say("coverage.covered_typo", { place });
      case "former":
        return say("coverage.covered_former", { former: own(part, recognised.formerName), place });
      case "wrong_parent":
        return say("coverage.covered_parent", { place });
      case "township":
        // A township on the list itself needs no county to vouch for it.
        return candidates.some((c) => c.code.length > 6)
          ? say("coverage.covered", { place })
          : say("coverage.covered_inside", { inside: own(part, recognised.township), place });
      case "landmark":
        return say("coverage.covered_inside", { inside: own(part, recognised.landmark), place });
      case "zone":
        return say("coverage.covered_inside", { inside: own(part, recognised.zone), place });
      case "abroad":
      case "name":
        return say("coverage.covered", { place });
    }
  }

  function notListed(part: PlacePart): string {
    const { recognised, candidates, text } = part;
    const place = names(candidates);
    if (candidates.length > 1 && recognised.how === "name")
      return say("coverage.none_listed", { name: text, places: place });
    switch (recognised.how) {
      case "typo":
        return say("coverage.not_listed_typo", { place: names(candidates, "coverage.or") });
      case "former":
        return say("coverage.not_listed_former", { former: own(part, recognised.formerName), place });
      case "wrong_parent":
        return say("coverage.not_listed_parent", { place });
      case "township":
        return candidates.length > 1
          ? say("coverage.not_listed", { place: own(part, recognised.township) })
          : say("coverage.not_listed_inside", { inside: own(part, recognised.township), place });
      case "landmark":
        return say("coverage.not_listed_inside", { inside: own(part, recognised.landmark), place });
      case "zone":
      case "abroad":
      case "name":
        return say("coverage.not_listed", { place });
    }
  }

  function nearest({ candidates, nearest: close }: PlacePart): string {
    const code = candidates[0]?.code.slice(0, 4);
    const sameCity = close.filter((unit) => unit.code.slice(0, 4) === code);
    if (close.length === 0 || candidates.length > 1) return "";
    return sameCity.length > 0
      ? say("coverage.nearest_city", { places: names(sameCity) })
      : say("coverage.nearest_province", { places: names(close) });
  }

  function ambiguous({ text, candidates, recognised }: PlacePart): CoverageReply {
    if (candidates.every((c) => c.status === "covered")) {
      return plain(say("coverage.all_covered", { name: text, places: names(candidates) }));
    }
    const isTypo = recognised.how === "typo";
    if (candidates.length > CHOICES_AT_MOST)
      return plain(say(isTypo ? "coverage.unknown" : "coverage.ambiguous_many", { name: text }));
    const question = isTypo ? "coverage.ambiguous_typo" : "coverage.ambiguous";
    return { text: say(question, { name: text }), choices: buttons(candidates), more: null };
  }

  function partly(part: PlacePart): CoverageReply {
    const { candidates, listed, recognised } = part;
    if (recognised.how === "former" && candidates.length > 1) {
      const former = own(part, recognised.formerName);
      const text = say("coverage.partly_former", {
        former,
        places: names(candidates),
        listed: names(listed),
      });
      return { text, choices: buttons(candidates), more: null };
    }
    if (recognised.how === "zone")
      return plain(say("coverage.partly_zone", { zone: own(part, recognised.zone), listed: names(listed) }));
    const place = names(candidates);
    if (listed.length === 1)
      return plain(say("coverage.partly_one", { place, places: names(listed.map(inside)) }));
    const size = from > 0 ? UNITS_A_PAGE : UNITS_IN_TEXT;
    const to = Math.min(listed.length, from + size);
    const places = grouped(listed.slice(from, to), candidates[0]);
    const areTownships = listed.every((unit) => unit.code.length > 6);
    const left = listed.length - to;
    const count = listed.length;
    const head =
      from > 0
        ? say("coverage.page", { place, from: from + 1, to, count, places })
        : say("coverage.partly", { place, count, places });
    const code = candidates[0]?.code;
    return {
      text: [
        head,
        left > 0
          ? say("coverage.left", { left })
          : say(areTownships ? "coverage.which_town" : "coverage.which_part"),
      ].join("\n"),
      choices: [],
      more: left > 0 && code !== undefined ? { code, from: to } : null,
    };
  }

  function severalParts(parts: readonly PlacePart[]): CoverageReply {
    const undecided = parts.filter((p) => p.status === "ambiguous");
    const lines = parts.map(line);
    if (parts.some((p) => p.status === "not_listed"))
      lines.push(say("coverage.as_of"), say("coverage.ask_person"));
    const [which] = undecided;
    const choices =
      which !== undefined && which.candidates.length <= CHOICES_AT_MOST ? buttons(which.candidates) : [];
    return { text: lines.join("\n"), choices, more: null };
  }

  function line({ status, candidates, listed, text }: PlacePart): string {
    const place = names(candidates);
    switch (status) {
      case "covered":
        return say("coverage.line_covered", { place });
      case "not_listed":
        return say("coverage.line_not_listed", { place: candidates.length > 1 ? text : place });
      case "ambiguous":
        return say("coverage.line_ambiguous", {
          name: text,
          places: names(candidates.slice(0, CHOICES_AT_MOST), "coverage.or"),
        });
      case "partly":
        return say("coverage.line_partly", {
          place,
          count: listed.length,
          places: names(listed.map(inside)),
        });
    }
  }

  /** The data's name of a town, sight or former unit; in English the customer's own spelling of it. */
  function own({ text }: PlacePart, name: string): string {
    return lang === "zh" || text === "" ? name : text;
  }

  function names(
    units: readonly PlaceName[],
    join: "coverage.join" | "coverage.or" = "coverage.join",
  ): string {
    return units.map(nameOf).join(say(join));
  }

  function nameOf(unit: PlaceName): string {
    return lang === "zh" ? unit.full : unit.fullEn;
  }

  /** A line a prefecture; without its name where that's the one asked about. */
  function grouped(units: readonly PlaceName[], asked: PlaceName | undefined): string {
    const groups = new Map<string, string[]>();
    for (const unit of units) {
      const { outer, own } = split(unit);
      groups.set(outer, [...(groups.get(outer) ?? []), own]);
    }
    const lines = [...groups].map(([outer, own]) => {
      const places = own.join(say("coverage.join_short"));
      return outer === "" || (asked !== undefined && isSamePlace(nameOf(asked), outer))
        ? places
        : say("coverage.group", { place: outer, places });
    });
    return lines.join("\n");
  }

  function inside(unit: PlaceName): PlaceName {
    const { own } = split(unit);
    return { ...unit, full: own, fullEn: own };
  }

  /** 漳州市漳浦县 → 漳州市 and 漳浦县; Zhangpu County, Zhangzhou likewise. */
  function split(unit: PlaceName): { outer: string; own: string } {
    const parts =
      lang === "zh"
        ? /^(?<outer>.+?(?:自治州|地区|盟|市|县))(?<own>.{2,})$/u.exec(unit.full)
        : /^(?<own>.+), (?<outer>[^,]+)$/u.exec(unit.fullEn);
    return { outer: parts?.groups?.outer ?? "", own: parts?.groups?.own ?? nameOf(unit) };
  }

  function buttons(units: readonly PlaceName[]): CoverageReply["choices"] {
    return units.slice(0, CHOICES_AT_MOST).map((unit) => ({ code: unit.code, label: nameOf(unit) }));
  }
}

/** 海南省定安县 and 定安县; Ding'an County and Ding'an County. */
function isSamePlace(full: string, short: string): boolean {
  return full === short || full.endsWith(short) || full.startsWith(`${short},`);
}

function plain(text: string): CoverageReply {
  return { text, choices: [], more: null };
}
