import { type Division, type Gazetteer, isWithin, levelOf } from "./gazetteer.ts";
import { TOWNSHIP_KIND, townshipsOf } from "./townships.ts";
import type { PlacesData } from "./types.ts";

/** One thing a name can stand for. */
export interface Sense {
  readonly how: "name" | "former" | "township" | "landmark" | "zone" | "abroad";
  /** The divisions meant: several where a former unit was split. Empty abroad. */
  readonly codes: readonly string[];
  /** The name as the data has it. */
  readonly label: string;
  /** What a former unit was under. */
  readonly under?: string;
  readonly needsParent?: true;
  /** What a place abroad is called in English. */
  readonly english?: string;
  /** A zone that only lies in the unit, or holds more than the listed unit. */
  readonly relation?: "inside" | "contains";
}

/** Names in Chinese characters → what they can stand for. */
export interface NameIndex {
  senses(name: string): readonly Sense[];
  /** County codes of the townships of exactly this name. */
  townships(name: string): readonly string[];
  /** The township of a county (or city without counties) whose name is this or begins with it, up to its kind. */
  townshipIn(code: string, stem: string): string | undefined;
  readonly names: ReadonlyMap<string, readonly Sense[]>;
  /** Whether a name can be a province or prefecture. */
  isParent(name: string): boolean;
  /** Whether a name can be of something in what another name stands for. */
  isChild(parent: string, name: string): boolean;
  /** Characters of the longest name. */
  readonly longest: number;
}

/** A name as the data has it, and what it stands for. */
type Named = readonly [name: string, sense: Sense];

/**
 * @param normalise the spelling in which texts will be looked up
 * @throws where a hand-written row names a unit that doesn't exist
 */
export function createNameIndex(
  data: PlacesData,
  gazetteer: Gazetteer,
  normalise: (text: string) => string,
): NameIndex {
  const townships = townshipIndex(data, normalise);
  const names = new Map<string, Sense[]>();
  const named = [
    ...divisionNames(gazetteer),
    ...otherNames(data, gazetteer),
    ...listedTownshipNames(gazetteer, townships),
  ];
  const keys = spelled(
    named.map(([name]) => name),
    normalise,
  );
  named.forEach(([name, sense], i) => {
    const key = keys[i] ?? name;
    const senses = names.get(key);
    if (senses === undefined) names.set(key, [sense]);
    else if (!senses.some((s) => s.how === sense.how && s.codes.join() === sense.codes.join()))
      senses.push(sense);
  });
  let longest = 0;
  const parents = new Map<string, Sense[]>();
  for (const [name, senses] of names) {
    longest = Math.max(longest, name.length);
    const above = senses.filter(isAboveCounties);
    if (above.length > 0) parents.set(name, above);
  }

  return {
    names,
    longest: Math.max(longest, 10),
    senses: (name) => names.get(name) ?? [],
    isParent: (name) => parents.has(name),
    isChild: (parent, name) =>
      names.get(name)?.some((inner) => parents.get(parent)?.some((outer) => liesIn(inner, outer))) ?? false,
    townships: (name) => townships.get(name)?.split(" ") ?? [],
    townshipIn(code, stem) {
      if (!data.townships.get(code)?.includes(stem)) return undefined;
      return townshipsOf(data, code).find(
        ({ name }) => name === stem || name.replace(TOWNSHIP_KIND, "") === stem,
      )?.name;
    },
  };
}

function divisionNames({ divisions }: Gazetteer): Named[] {
  return divisions.flatMap((division) => {
    const sense: Sense = { how: "name", codes: [division.code], label: division.name };
    return namesOf(division).map((name): Named => [name, sense]);
  });
}

function otherNames(data: PlacesData, gazetteer: Gazetteer): Named[] {
  const unit = (full: string, file: string) => {
    const code = gazetteer.byFullName(full)?.code;
    if (code === undefined) throw new Error(`data/places/${file}: there's no ${full}`);
    return code;
  };
  const current = new Set(data.divisions.flatMap(({ name, stem }) => [name, stem]));
  const named: Named[] = [];
  for (const { name, unit: full } of data.aliases) {
    const sense: Sense = { how: "name", codes: [unit(full, "aliases.tsv")], label: name };
    if (/^\p{Script=Han}/u.test(name)) named.push([name, sense]);
  }
  for (const { name, under, now, needsParent } of data.former) {
    const codes = now.map((full) => unit(full, "former.tsv"));
    const sense: Sense = { how: "former", codes, label: name, under, ...(needsParent && { needsParent }) };
    named.push([name, sense]);
    // 思茅 as people say it, of what was a prefecture.
    const wasPrefecture = codes.every((code) => code.endsWith("00")) && name.length > 2;
    const stem = name.replace(wasPrefecture ? /(?:地区|市|盟)$/u : /[县市区]$/u, "");
    // 渝北, 胶南: as people still say it, where it isn't a word.
    if (wasPrefecture || (stem.length === 2 && !needsParent && !data.words.has(stem) && !current.has(stem)))
      named.push([stem, sense]);
  }
  for (const { name, relation, unit: full } of data.zones) {
    const code = relation === "contains" ? gazetteer.listedTownship(full) : unit(full, "zones.tsv");
    if (code !== undefined)
      named.push([
        name,
        { how: "zone", codes: [code], label: name, ...(relation !== "same" && { relation }) },
      ]);
  }
  for (const { name, unit: full } of data.landmarks)
    named.push([name, { how: "landmark", codes: [unit(full, "landmarks.tsv")], label: name }]);
  for (const { name, english } of data.abroad) named.push([name, abroadSense(name, english)]);
  return named;
}

/** 定安龙河, in one piece lest it's 安龙; and 坦洲 alone for the listed 坦洲镇, where no other township is called so. */
function listedTownshipNames(gazetteer: Gazetteer, townships: ReadonlyMap<string, string>): Named[] {
  return gazetteer.listedTownships().flatMap(({ code, township }): Named[] => {
    const sense: Sense = { how: "township", codes: [code], label: township };
    const stem = township.replace(TOWNSHIP_KIND, "");
    const alike = ["镇", "乡", "街道"].flatMap((kind) => townships.get(stem + kind)?.split(" ") ?? []);
    const home = gazetteer.division(code.slice(0, 6)) ?? gazetteer.division(`${code.slice(0, 4)}00`);
    const inside = [home?.name ?? "", home?.stem ?? ""].flatMap((outer) => [outer + township, outer + stem]);
    return [...(home === undefined ? [] : inside), ...(alike.length === 1 ? [stem] : [])].map(
      (name): Named => [name, sense],
    );
  });
}

/** Township name → its county codes, separated by spaces: a string each, since there are forty thousand. */
function townshipIndex(data: PlacesData, normalise: (text: string) => string): Map<string, string> {
  const names: string[] = [];
  const counties: string[] = [];
  for (const [county, packed] of data.townships) {
    for (const name of packed.replaceAll(/\d+/g, "").split(" ")) {
      names.push(name);
      counties.push(county);
    }
  }
  const index = new Map<string, string>();
  spelled(names, normalise).forEach((name, i) => {
    const known = index.get(name);
    index.set(name, known === undefined ? (counties[i] ?? "") : `${known} ${counties[i]}`);
  });
  return index;
}

/**
 * Normalises names. Nearly all are what they should be: only those with a character that normalising changes
 * (乾县) are looked at, which makes a start a quarter of a second faster.
 */
function spelled(names: readonly string[], normalise: (text: string) => string): readonly string[] {
  const characters = [...new Set(names.join(""))];
  const after = normalise(characters.join(",")).split(",");
  const changed = new Set(characters.filter((character, i) => after[i] !== character));
  const differs = (name: string) => {
    for (const character of name) if (changed.has(character)) return true;
    return false;
  };
  return names.map((name) => (differs(name) ? normalise(name) : name));
}

export function abroadSense(name: string, english: readonly string[]): Sense {
  return { how: "abroad", codes: [], label: name, ...(english[0] !== undefined && { english: english[0] }) };
}

function isAboveCounties({ how, codes }: Sense): boolean {
  return how === "name" && codes[0] !== undefined && levelOf(codes[0]) !== "county";
}

/** Whether a sense can lie in another one's ground. */
export function liesIn(inner: Sense, outer: Sense): boolean {
  if (inner.how === "abroad" || (outer.how !== "name" && outer.how !== "former")) return false;
  if (inner.under !== undefined && inner.under !== "" && isSameName(inner.under, outer.label)) return true;
  // 长安镇 hangs on 东莞 itself.
  const below = inner.how === "name" || inner.how === "former";
  return inner.codes.some((code) =>
    outer.codes.some((ancestor) => (!below || code !== ancestor) && isWithin(code, ancestor)),
  );
}

function isSameName(under: string, label: string): boolean {
  const stem = (name: string) =>
    name.length > 2 ? name.replace(/(?:地区|自治区|省|市|县|盟|州)$/u, "") : name;
  return stem(under) === stem(label);
}

/** 芷江侗族自治县 → itself, 芷江, 芷江县, 芷江自治县. */
function namesOf({ name, stem, level }: Division): string[] {
  const names = [name, stem];
  if (name.endsWith("自治县")) names.push(`${stem}县`, `${stem}自治县`);
  if (name.endsWith("自治旗")) names.push(`${stem}旗`, `${stem}自治旗`);
  if (name.endsWith("自治州")) names.push(`${stem}州`, `${stem}自治州`);
  if (name.endsWith("自治区")) names.push(`${stem}自治区`, `${stem}区`);
  if (/(?:新|矿|林|特)区$/u.test(name) && stem !== name && level === "county") names.push(`${stem}区`);
  return names;
}
