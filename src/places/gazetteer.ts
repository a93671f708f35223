import type { CoverageArea } from "../knowledge/types.ts";
import { englishName, type NamedDivision } from "./english.ts";
import { kmBetween } from "./km.ts";
import type { DivisionRow, PlaceName, PlacesData } from "./types.ts";

export type Level = "province" | "prefecture" | "county";

/** A current administrative division. */
export interface Division extends DivisionRow {
  readonly level: Level;
  /** The prefecture of a county, or the province where there's no prefecture between; absent for a province. */
  readonly parent?: Division;
}

export type UnitStatus = "covered" | "partly" | "not_listed";

/** The divisions of China and the published list laid over them. */
export interface Gazetteer {
  readonly divisions: readonly Division[];
  division(code: string): Division | undefined;
  /** By full name, as {@link PlaceName.full} has it: 漳州市漳浦县, 漳州市, 福建省. */
  byFullName(full: string): Division | undefined;
  name(code: string): PlaceName | undefined;
  /** What the list says of a unit; townships that aren't listed themselves are `not_listed`. */
  status(code: string): UnitStatus;
  /** Listed units at or under a code, in the order of their codes. */
  listedUnder(code: string): readonly PlaceName[];
  /** Listed townships, of a county or of a city without counties where one is given. */
  listedTownships(code?: string): readonly CoverageArea[];
  /** The code of a listed township by its full name: 中山市东升镇. */
  listedTownship(full: string): string | undefined;
  /** At most five listed units of the same prefecture, then of the province, nearest first as far as centres are known. */
  nearest(code: string): readonly PlaceName[];
}

export const HONG_KONG_MACAU_TAIWAN: ReadonlySet<string> = new Set(["710000", "810000", "820000"]);
const NEAREST_AT_MOST = 5;
/** Farther than anything within a province: for units without a known centre. */
const FAR_KM = 5000;

/** The digits that all units under a division begin with. */
function prefixOf(code: string): string {
  if (code.length > 6) return code;
  if (code.endsWith("0000")) return code.slice(0, 2);
  return code.endsWith("00") ? code.slice(0, 4) : code;
}

/** Whether a unit lies in another or is it. Municipalities' counties hang on the province. */
export function isWithin(code: string, ancestor: string): boolean {
  return code.startsWith(prefixOf(ancestor));
}

export function levelOf(code: string): Level {
  return code.endsWith("0000")
    ? "province"
    : code.length === 6 && code.endsWith("00")
      ? "prefecture"
      : "county";
}

export function createGazetteer(data: PlacesData, coverage: readonly CoverageArea[]): Gazetteer {
  const byCode = new Map<string, Division>();
  const byFull = new Map<string, Division>();
  for (const row of data.divisions) {
    const parent = parentOf(row.code, byCode);
    const division: Division = { ...row, level: levelOf(row.code), ...(parent && { parent }) };
    byCode.set(row.code, division);
    byFull.set(fullName(division), division);
  }
  const exonyms = new Map<string, string>();
  for (const { name, unit, isDisplayName } of data.aliases) {
    const code = byFull.get(unit)?.code;
    if (code !== undefined && isDisplayName) exonyms.set(code, name);
  }
  const areas = new Map(
    [...coverage].sort((a, b) => (a.code < b.code ? -1 : 1)).map((area) => [area.code, area]),
  );
  const centres = new Map(data.centres.map((centre) => [centre.code, centre]));
  const listedCodes = [...areas.keys()];
  const townshipAreas = [...areas.values()].filter((area) => area.township !== "");

  function name(code: string): PlaceName | undefined {
    const area = areas.get(code);
    if (area?.township) return townshipName(area);
    const division = byCode.get(code);
    if (division === undefined) return undefined;
    return { code, full: fullName(division), fullEn: englishName(named(division)) };
  }

  function townshipName(area: CoverageArea): PlaceName {
    const home = byCode.get(area.code.slice(0, 6)) ?? byCode.get(`${area.code.slice(0, 4)}00`);
    const inside = home === undefined ? undefined : named(home);
    const full = `${home?.name ?? ""}${area.township}`;
    return {
      code: area.code,
      full,
      fullEn: englishName({ name: area.township, ...(inside && { parent: inside }) }),
    };
  }

  function named(division: Division): NamedDivision {
    const exonym = exonyms.get(division.code);
    return {
      name: division.name,
      ...(division.readings[0] !== undefined && { pinyin: division.readings[0] }),
      ...(exonym !== undefined && { exonym }),
      ...(division.parent && { parent: named(division.parent) }),
    };
  }

  function listedUnder(code: string): PlaceName[] {
    return listedCodes.filter((listed) => isWithin(listed, code)).flatMap((listed) => name(listed) ?? []);
  }

  return {
    divisions: [...byCode.values()],
    division: (code) => byCode.get(code),
    byFullName: (full) => byFull.get(full),
    name,
    status(code) {
      if (areas.has(code)) return "covered";
      return listedCodes.some((listed) => isWithin(listed, code)) ? "partly" : "not_listed";
    },
    listedUnder,
    listedTownships: (code = "") => townshipAreas.filter((area) => code === "" || isWithin(area.code, code)),
    listedTownship: (full) => townshipAreas.find((area) => townshipName(area).full === full)?.code,
    nearest(code) {
      const here = centres.get(code);
      const km = (listed: string) => {
        const there = centres.get(listed) ?? centres.get(listed.slice(0, 6));
        return here === undefined || there === undefined ? FAR_KM : kmBetween(here, there);
      };
      const codesApart = (listed: string) => Math.abs(Number(listed.slice(0, 6)) - Number(code.slice(0, 6)));
      const inPrefecture = (listed: string) => (listed.slice(0, 4) === code.slice(0, 4) ? 0 : 1);
      return listedCodes
        .filter((listed) => listed.slice(0, 2) === code.slice(0, 2))
        .sort((a, b) => inPrefecture(a) - inPrefecture(b) || km(a) - km(b) || codesApart(a) - codesApart(b))
        .slice(0, NEAREST_AT_MOST)
        .flatMap((listed) => name(listed) ?? []);
    },
  };
}

function parentOf(code: string, byCode: ReadonlyMap<string, Division>): Division | undefined {
  if (code.endsWith("0000")) return undefined;
  const prefecture = code.endsWith("00") ? undefined : byCode.get(`${code.slice(0, 4)}00`);
  return prefecture ?? byCode.get(`${code.slice(0, 2)}0000`);
}

function fullName(division: Division): string {
  return division.level === "county" && division.parent
    ? `${division.parent.name}${division.name}`
    : division.name;
}
