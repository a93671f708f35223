import { splitSyllables } from "./latin-words.ts";
import type { PlacesData } from "./types.ts";

const WORLD_ZONE = /^(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)\//;

/**
 * Whether letters spell a real place that the Latin names don't have (R9), so that it's never "corrected": a
 * township, a name of the past, a country, a city that a time zone is called after. Townships are looked up by
 * characters, since 41,000 names in pinyin would double the index.
 */
export function createRealNames(data: PlacesData): (letters: string) => boolean {
  const characters = new Map<string, Set<string>>();
  for (const { name, readings } of data.divisions) {
    const syllables = readings[0]?.split(" ") ?? [];
    [...name].forEach((character, i) => {
      const syllable = syllables[i] ?? "";
      characters.set(syllable, (characters.get(syllable) ?? new Set()).add(character));
    });
  }
  const world = worldNames();
  const all = [...data.townships.values(), ...data.former.map((row) => row.name)].join(" ");
  return (letters) => {
    if (world.has(letters)) return true;
    const classes = splitSyllables(letters)?.map((syllable) =>
      [...(characters.get(syllable) ?? [])].join(""),
    );
    if (classes === undefined || classes.length < 2 || classes.some((c) => c === "")) return false;
    const stem = classes.map((c) => `[${c}]`).join("");
    return new RegExp(`[ \\d]${stem}(?:$| |街道|苏木|民族乡|[镇乡县市区])`, "u").test(all);
  };
}

/** Countries and cities that ICU knows, letters only: sudan, yangon. */
function worldNames(): ReadonlySet<string> {
  const countries = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const names = letters.flatMap((a) => letters.flatMap((b) => countries.of(a + b) ?? []));
  const cities = Intl.supportedValuesOf("timeZone")
    .filter((zone) => WORLD_ZONE.test(zone))
    .map((zone) => zone.slice(zone.lastIndexOf("/") + 1));
  return new Set([...names, ...cities].map((name) => name.toLowerCase().replace(/[^a-z]/g, "")));
}
