/** Filled in by the places room: what `data/places/` holds, parsed. */
export type PlacesData = unknown;

export type CoverageStatus = "covered" | "partly" | "not_listed" | "ambiguous" | "not_a_place";

/** A place, named so that it can be told from its namesakes. */
export interface PlaceName {
  /** GB/T 2260: 6 digits down to counties (`350600` for a prefecture, `350000` for a province), 9 for townships. */
  readonly code: string;
  /** As a customer would write it: 漳州市漳浦县. */
  readonly full: string;
  readonly fullEn: string;
}

/** One place the customer named, and what the published list says of it. */
export interface PlacePart {
  /** The customer's own words. */
  readonly text: string;
  readonly status: Exclude<CoverageStatus, "not_a_place">;
  /** What it can mean: one unless `ambiguous`. */
  readonly candidates: readonly (PlaceName & { readonly status: "covered" | "partly" | "not_listed" })[];
  /** Listed units this answers with: the unit itself, or for a province or city those below it. */
  readonly listed: readonly PlaceName[];
  /** For `not_listed`: listed units close by, nearest first, to be offered by name. */
  readonly nearest: readonly PlaceName[];
  /** How the name was recognised, where the reply should say so. */
  readonly recognised:
    | { readonly how: "name" }
    | { readonly how: "former"; readonly formerName: string }
    | { readonly how: "typo" }
    | { readonly how: "wrong_parent" }
    | { readonly how: "township"; readonly township: string }
    | { readonly how: "landmark"; readonly landmark: string }
    | { readonly how: "zone" };
}

/** What a text says about places. */
export interface PlaceReading {
  /** For the whole message, by RULES.md; `not_a_place` when no place is named. */
  readonly status: CoverageStatus;
  /** Codes of the listed units the reply must name. */
  readonly codes: readonly string[];
  readonly parts: readonly PlacePart[];
  /** The whole country was asked about ("全国都能上门吗"). */
  readonly nationwide: boolean;
  /** Nothing but a place (and particles) was written: "漳浦", "漳浦呢?", "and Zhangpu?". */
  readonly bare: boolean;
}

export interface Places {
  /**
   * Finds the places in a text and what the list says of each.
   * @param context codes understood earlier in the conversation, so that 徐州 after 鼓楼 narrows it
   */
  read(text: string, context?: { readonly codes: readonly string[] }): PlaceReading;
  /** The verdict on one known code (a pressed button). Undefined for a code that doesn't exist. */
  byCode(code: string): PlaceReading | undefined;
}
