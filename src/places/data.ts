import type { AliasRow, CentreRow, DivisionRow, FormerRow, NamedRow, PlacesData, ZoneRow } from "./types.ts";

/** The files of `data/places/` that {@link parsePlacesData} asks for. */
export const PLACES_FILES = [
  "divisions.tsv",
  "townships.tsv",
  "former.tsv",
  "aliases.tsv",
  "zones.tsv",
  "landmarks.tsv",
  "abroad.tsv",
  "lookalikes.tsv",
  "words.tsv",
  "centres.tsv",
] as const;
export type PlacesFile = (typeof PLACES_FILES)[number];

const RELATIONS: readonly string[] = ["same", "inside", "contains"] satisfies ZoneRow["relation"][];
const CENTRES: readonly string[] = ["towns", "seat", "abroad"] satisfies CentreRow["how"][];

/**
 * Parses `data/places/`.
 * @param textOf a file's whole text
 * @throws with file and line where a row isn't what its header says
 */
export function parsePlacesData(textOf: (file: PlacesFile) => string): PlacesData {
  return {
    divisions: rows("divisions.tsv", textOf, true, divisionRow),
    townships: new Map(
      rows("townships.tsv", textOf, false, ([county = "", names = ""]) => [county, names] as const),
    ),
    former: rows("former.tsv", textOf, true, formerRow),
    aliases: rows("aliases.tsv", textOf, true, aliasRow),
    zones: rows("zones.tsv", textOf, true, zoneRow),
    landmarks: rows("landmarks.tsv", textOf, true, namedRow),
    abroad: rows("abroad.tsv", textOf, true, ([name = "", english = ""]) => ({
      name,
      english: english === "" ? [] : english.split("|"),
    })),
    lookalikes: new Map(
      rows("lookalikes.tsv", textOf, true, ([right = "", taken = ""]) =>
        right === "" || taken === "" ? undefined : ([right, taken] as const),
      ),
    ),
    words: new Map(
      rows("words.tsv", textOf, false, ([word = "", bits = ""]) => [word, Number(bits)] as const),
    ),
    centres: rows("centres.tsv", textOf, true, centreRow),
  };
}

type Columns = readonly string[];

function rows<R>(
  file: PlacesFile,
  textOf: (file: PlacesFile) => string,
  header: boolean,
  parse: (columns: Columns) => R | undefined,
): R[] {
  const parsed: R[] = [];
  textOf(file)
    .split(/\r?\n/)
    .forEach((line, index) => {
      if (line === "" || (header && index === 0)) return;
      const row = parse(line.split("\t"));
      if (row === undefined)
        throw new Error(`data/places/${file}:${index + 1}: can't read ${JSON.stringify(line)}`);
      parsed.push(row);
    });
  return parsed;
}

function divisionRow([code = "", name = "", stem = "", pinyin = "", others = ""]: Columns):
  | DivisionRow
  | undefined {
  if (!/^\d{6}$/.test(code) || name === "" || stem === "" || pinyin === "") return undefined;
  return { code, name, stem, readings: others === "" ? [pinyin] : [pinyin, ...others.split("|")] };
}

function formerRow([name = "", under = "", now = ""]: Columns): FormerRow | undefined {
  if (name === "" || now === "") return undefined;
  const needsParent = name.startsWith("*");
  return { name: needsParent ? name.slice(1) : name, under, now: now.split(","), needsParent };
}

function namedRow([name = "", unit = ""]: Columns): NamedRow | undefined {
  return name === "" || unit === "" ? undefined : { name, unit };
}

function aliasRow(columns: Columns): AliasRow | undefined {
  const row = namedRow(columns);
  return row && { ...row, isDisplayName: columns[2] === "en" };
}

function zoneRow([name = "", relation = "", unit = ""]: Columns): ZoneRow | undefined {
  if (name === "" || unit === "" || !isRelation(relation)) return undefined;
  return { name, relation, unit };
}

function centreRow([code = "", latitude = "", longitude = "", how = ""]: Columns): CentreRow | undefined {
  const point = { latitude: Number(latitude), longitude: Number(longitude) };
  if (code === "" || !isCentre(how) || !(Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180))
    return undefined;
  return { code, ...point, how };
}

function isCentre(text: string): text is CentreRow["how"] {
  return CENTRES.includes(text);
}

function isRelation(text: string): text is ZoneRow["relation"] {
  return RELATIONS.includes(text);
}
