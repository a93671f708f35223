/** A province, prefecture or county of `divisions.tsv`. */
export interface DivisionRow {
  readonly code: string;
  readonly name: string;
  /** The name without its kind: 漳浦, 芷江. */
  readonly stem: string;
  /** Toneless syllables; the first is the right reading, the others are taken for it. */
  readonly readings: readonly string[];
}

/** A name no longer in use and the units that have its ground now (full names). */
export interface FormerRow {
  readonly name: string;
  readonly under: string;
  readonly now: readonly string[];
  /** 郊区, 市中区: too common to be known without what it was under. */
  readonly needsParent: boolean;
}

/** A name beside the official ones, and the unit it stands for or lies in (full name). */
export interface NamedRow {
  readonly name: string;
  readonly unit: string;
}

export interface AliasRow extends NamedRow {
  /** What the unit is called in our English answers: Hexigten Banner. */
  readonly isDisplayName: boolean;
}

export interface ZoneRow extends NamedRow {
  /** `same`: coextensive with the unit; `inside` it, without a code of its own; `contains` a listed unit and more. */
  readonly relation: "same" | "inside" | "contains";
}

/** WGS 84, degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Where a unit is: the middle of its towns, or its city's seat. `abroad`: a foreign town near the border. */
export interface CentreRow extends Point {
  /** A division's code, or a country's where it is abroad. */
  readonly code: string;
  readonly how: "towns" | "seat" | "abroad";
}

/** What `data/places/` holds, parsed by `parsePlacesData`. */
export interface PlacesData {
  readonly divisions: readonly DivisionRow[];
  /** County code → its townships, packed; read by `townshipsOf`. */
  readonly townships: ReadonlyMap<string, string>;
  readonly former: readonly FormerRow[];
  /** Short forms and exonyms. */
  readonly aliases: readonly AliasRow[];
  readonly zones: readonly ZoneRow[];
  readonly landmarks: readonly NamedRow[];
  readonly abroad: readonly { readonly name: string; readonly english: readonly string[] }[];
  readonly centres: readonly CentreRow[];
  /** A character of names → those that are written for it because they look like it: 淅 → 浙. */
  readonly lookalikes: ReadonlyMap<string, string>;
  /** Common words with log2 of their frequency: they tell 机会同意 from 会同. */
  readonly words: ReadonlyMap<string, number>;
}

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
  /** For a single place that's `not_listed`: listed units close by, nearest first, to be offered by name. */
  readonly nearest: readonly PlaceName[];
  /** How the name was recognised, where the reply should say so. */
  readonly recognised:
    | { readonly how: "name" }
    | { readonly how: "former"; readonly formerName: string }
    | { readonly how: "typo" }
    | { readonly how: "wrong_parent" }
    | { readonly how: "township"; readonly township: string }
    | { readonly how: "landmark"; readonly landmark: string }
    | { readonly how: "zone"; readonly zone: string }
    | { readonly how: "abroad" };
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
  /** Nothing but a place was written, and words that ask whether somebody comes: "漳浦呢?", "你们漳浦修不修". */
  readonly bare: boolean;
}

/** A unit that a point may lie in; `km` to its centre. */
export interface NearUnit extends PlaceName {
  readonly km: number;
  readonly status: "covered" | "partly" | "not_listed";
}

/** Where a point seems to be, the likeliest first: something to ask, never to assert. */
export type Nearby =
  /** At least one of them is on the list, or has parts that are. */
  | { readonly kind: "around"; readonly units: readonly NearUnit[] }
  /** None of them is; `listed` is the nearest that is. */
  | { readonly kind: "far"; readonly units: readonly NearUnit[]; readonly listed: NearUnit | undefined }
  /** Abroad, or far from any county. */
  | { readonly kind: "outside" };

/** What was talked of before a text. */
export interface PlacesContext {
  /** Codes understood earlier, so that 徐州 after 鼓楼 narrows it. */
  readonly codes: readonly string[];
  /** After a talk of places a name that is a word as well (石狮, 德化) is the place wherever it stands. */
  readonly talkOf?: "places" | "anything";
}

export interface Places {
  /** Finds the places in a text and what the list says of each. */
  read(text: string, context?: PlacesContext): PlaceReading;
  /** The verdict on one known code (a pressed button). Undefined for a code that doesn't exist. */
  byCode(code: string): PlaceReading | undefined;
  /** The units about a point on the map (a shared location). */
  near(point: Point): Nearby;
}
