/**
 * Asks the built program about every county in many forms and sentences, and judges by data/coverage/RULES.md with
 * an index of names of its own: what a form can mean follows from the gazetteer's names alone.
 * Usage: npm run build && node bench/places/forms.mjs
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

const root = join(import.meta.dirname, "../..");
const dist = process.env.DIST ?? join(root, "dist");
const { normalise } = await import(join(dist, "nlu/normalise.js"));
const { toneless } = await import(join(dist, "nlu/pinyin.js"));
const { createPlaces, parsePlacesData } = await import(join(dist, "places/index.js"));

const data = parsePlacesData((file) => readFileSync(join(root, "data/places", file), "utf8"));
const coverage = parse(readFileSync(join(root, "data/coverage.csv"), "utf8"), { columns: true });
const places = createPlaces(data, coverage, { normalise, toneless });
const listed = coverage.map((row) => row.code);

const ZH =
  "你们X修不修|X有网点吗|我在X上班，柜子也在那边，能来吗|X呢|查X|X行不行|诶X你们跑不跑啊|X城区能来吗|X乡下来不来|住X，怎么预约|我是X的|派个师傅来X|打不开了，X有师傅吗|X|能不能到X来一趟|X归你们管吗";
const PINYIN =
  "nimen qu X ma|X neng xiu ma|wo zai X, neng lai ma|nimen lai X ma|X you mei you shifu|zhu X keyi lai xiu ma|X";
const ENGLISH =
  "Do you cover X?|do you guys come to X|X|and X?|is there a service point in X|my safe is in X and it won't open";

const units = new Map(data.divisions.map((division) => [division.code, division]));
const provinceOf = ({ code }) => units.get(`${code.slice(0, 2)}0000`);
const parentOf = (unit) => units.get(`${unit.code.slice(0, 4)}00`) ?? provinceOf(unit);
const isCounty = ({ code }) => !code.endsWith("00");
const isIn = (unit, outer) => unit !== outer && unit.code.startsWith(outer.code.replace(/(?:00)+$/, ""));
const syllables = ({ readings, stem }) => readings[0].split(" ").slice(0, [...stem].length);
const letters = (unit) => syllables(unit).join("");
const KINDS = { 县: ["xian", "County"], 市: ["shi", "City"], 区: ["qu", "District"], 旗: ["qi", "Banner"] };

const index = new Map();
for (const unit of units.values()) {
  const spelled = unit.readings.flatMap((reading) => {
    const all = reading.split(" ");
    return [all.slice(0, [...unit.stem].length).join(""), all.join("")];
  });
  for (const name of new Set([unit.name, unit.stem, ...spelled.map((s) => s.replaceAll("v", "u"))]))
    index.set(name, [...(index.get(name) ?? []), unit]);
}
const named = (name) => index.get(name.replaceAll("v", "u")) ?? [];
const inside = (name, outer) => named(name).filter((unit) => isIn(unit, outer));
const ofKind = (unit, list) => list.filter((u) => isCounty(u) && u.name.at(-1) === unit.name.at(-1));

/** Form → the words for a county, and all that they can mean. */
const FORMS = {
  "county name": [ZH, (u) => [u.name, named(u.name)]],
  "city + county name": [ZH, (u) => [parentOf(u).name + u.name, [u]]],
  stem: [ZH, (u) => [u.stem, named(u.stem)]],
  "city + stem": [ZH, (u) => [parentOf(u).stem + u.stem, inside(u.stem, parentOf(u))]],
  "city 的 stem": [ZH, (u) => [`${parentOf(u).stem}的${u.stem}`, inside(u.stem, parentOf(u))]],
  "province + stem": [ZH, (u) => [provinceOf(u).stem + u.stem, inside(u.stem, provinceOf(u))]],
  "pinyin, joined": [PINYIN, (u) => [letters(u), named(letters(u))]],
  "pinyin, spaced": [PINYIN, (u) => [syllables(u).join(" "), named(letters(u))]],
  "pinyin, spaced, with its city": [
    PINYIN,
    (u) => [[...syllables(parentOf(u)), ...syllables(u)].join(" "), inside(letters(u), parentOf(u))],
  ],
  "English, with its kind": [
    ENGLISH,
    (u) => [`${letters(u)} ${KINDS[u.name.at(-1)]?.[1]}`, ofKind(u, named(letters(u)))],
  ],
  "English, with its city": [
    ENGLISH,
    (u) => [`${letters(u)}, ${letters(parentOf(u))}`, inside(letters(u), parentOf(u))],
  ],
};

const under = ({ code }) => listed.filter((area) => area.startsWith(code.replace(/(?:00)+$/, "")));
const statusOf = (unit) =>
  listed.includes(unit.code) ? "covered" : under(unit).length > 0 ? "partly" : "not_listed";

/** R1–R3 for one meaning, R6 for several. Asking is right where there are several. */
function rightAnswers(meanings) {
  const statuses = new Set(meanings.map(statusOf));
  const [only] = statuses;
  if (meanings.length === 1) return [only];
  if (statuses.size === 1 && only !== "partly") return [only, "ambiguous"];
  const prefecture = meanings.find((unit) => !isCounty(unit));
  const isItsOwn = prefecture && meanings.every((unit) => unit === prefecture || isIn(unit, prefecture));
  const isProvince = meanings.some(({ code }) => code.endsWith("0000"));
  return isItsOwn || isProvince ? ["ambiguous", "partly", "not_listed"] : ["ambiguous"];
}

let at = 0;
for (const [form, [sentences, wordsFor]] of Object.entries(FORMS)) {
  const count = { asked: 0, right: 0 };
  const yes = [];
  for (const county of [...units.values()].filter(isCounty)) {
    const [words, meanings] = wordsFor(county);
    if (meanings.length === 0 || words.includes("undefined")) continue;
    const sentence = sentences.split("|")[at++ % sentences.split("|").length];
    const text = sentence.replace("X", words);
    const { status } = places.read(text);
    const right = rightAnswers(meanings);
    count.asked++;
    if (right.includes(status)) count.right++;
    else if (status === "covered") yes.push(text);
  }
  const share = ((100 * count.right) / count.asked).toFixed(2);
  console.log(
    `${form}: ${count.right}/${count.asked} (${share} %), ${yes.length} false yes ${yes.slice(0, 5).join(" · ")}`,
  );
}
