import type { CoverageArea } from "../knowledge/types.ts";
import { onlyAsks } from "./asking.ts";
import { englishName } from "./english.ts";
import { createGazetteer, type Gazetteer, isWithin, type UnitStatus } from "./gazetteer.ts";
import { findHanzi, type Mention } from "./hanzi.ts";
import { createLatinIndex, findLatin } from "./latin.ts";
import { createLatinTypoFinder } from "./latin-typo.ts";
import { latinWords } from "./latin-words.ts";
import { createNameIndex, type Sense } from "./names.ts";
import { createNear } from "./near.ts";
import { createNearest } from "./nearest.ts";
import { type Asked, resolveAsked } from "./resolve.ts";
import type { CoverageStatus, PlacePart, PlaceReading, Places, PlacesData } from "./types.ts";
import { createTypoFinder } from "./typo.ts";

export interface PlacesTools {
  /** NFKC, simplified, lower case, clause breaks as one comma; `nlu/normalise`. */
  readonly normalise: (text: string) => string;
  /** Characters → toneless pinyin syllables, ü as v; `nlu/pinyin`. */
  readonly toneless: (hanzi: string) => readonly string[];
}

const ABROAD_CODE = "000000";
const NATIONWIDE =
  /全国(?:各地|各个?城市|各省|到处|哪里|哪儿|任何地方|范围内?)?(?:是不是|是否)?(?:都|均)?(?:能|可以|可|有[吗没网点师]|覆盖|上门|支持|去)|覆盖(?:了)?全国|(?:哪些|哪几个)(?:地方|城市|地区|省份?|区域|县)(?:你们)?(?:都|是)?(?:能|可以|有|覆盖|服务|上门|支持|在服务)|(?:覆盖|服务|支持|上门).{0,4}(?:哪些|哪几个)(?:地方|城市|地区|省份?|区域|县)|所有(?:地区|城市|地方|省)都?(?:能|可以|有|覆盖)|all over china|nationwide|whole (?:of )?(?:china|country)|everywhere in china|anywhere in china|(?:which|what) (?:areas|cities|regions|provinces|counties) (?:do|are|can)/u;

/** Reads places in customers' texts by the rules of `data/coverage/RULES.md`. */
export function createPlaces(
  data: PlacesData,
  coverage: readonly CoverageArea[],
  tools: PlacesTools,
): Places {
  const gazetteer = createGazetteer(data, coverage);
  const index = createNameIndex(data, gazetteer, tools.normalise);
  const latin = createLatinIndex(data, gazetteer);
  const nearest = createNearest([...latin.names.keys()]);
  const typos = createTypoFinder(index, latin, nearest, data, tools.toneless);
  const latinTypos = createLatinTypoFinder(data, latin, nearest, latinWords);

  return {
    near: createNear(data.centres, gazetteer),
    read(raw, context) {
      const text = tools.normalise(raw.replaceAll("、", "和"));
      const exact = [
        ...findHanzi(text, index, data.words, context?.talkOf ?? "anything"),
        ...findLatin(text, latin, latinWords),
      ].sort((a, b) => a.from - b.from);
      const misspelt = [...typos.find(text, exact), ...latinTypos(raw, text, exact)];
      const apart = exact.filter((m) => !misspelt.some((t) => m.from >= t.from && m.to <= t.to));
      const mentions = [...apart, ...misspelt].sort((a, b) => a.from - b.from);
      const bare = isBare(text, mentions);
      const known = context?.codes ?? [];
      const asked = resolveAsked(text, mentions, known).map((a) =>
        bare ? answerToWhichOne(gazetteer, a, known) : a,
      );
      const parts = withNearest(
        gazetteer,
        onceEach(text, asked).flatMap((a) => partsOf(gazetteer, a, asWritten(raw, text, a))),
      );
      const nationwide = parts.length === 0 && NATIONWIDE.test(text);
      if (parts.length === 0)
        return { status: nationwide ? "partly" : "not_a_place", codes: [], parts, nationwide, bare: false };
      return { ...overall(parts), parts, nationwide, bare };
    },
    byCode(code) {
      const name = gazetteer.name(code);
      if (name === undefined) return undefined;
      const how: Sense["how"] = "name";
      const senses: Sense[] = [{ how, codes: [code], label: name.full }];
      const asked: Asked = { from: 0, to: 0, senses, typo: false, wrongParent: false };
      const parts = withNearest(gazetteer, partsOf(gazetteer, asked, name.full));
      return { ...overall(parts), parts, nationwide: false, bare: true };
    },
  };
}

/** 徐州的, after 鼓楼 was found to be four places: the one in 徐州. */
function answerToWhichOne(gazetteer: Gazetteer, asked: Asked, known: readonly string[]): Asked {
  const [stem, ...other] = new Set(known.map((code) => gazetteer.division(code)?.stem));
  if (known.length < 2 || stem === undefined || other.length > 0) return asked;
  const here = known.filter((code) =>
    asked.senses.some((s) => s.codes.some((c) => c !== code && isWithin(code, c))),
  );
  if (here.length === 0) return asked;
  return { ...asked, senses: here.map((code): Sense => ({ how: "name", codes: [code], label: stem })) };
}

/** The customer's own words for a stretch of the normalised text. */
function asWritten(raw: string, text: string, { from, to }: Asked): string {
  if (raw.length === text.length) return raw.slice(from, to);
  const words = text.slice(from, to);
  const at = raw.toLowerCase().indexOf(words);
  return at < 0 ? words : raw.slice(at, at + words.length);
}

function isBare(text: string, mentions: readonly Mention[]): boolean {
  let left = text;
  for (const { from, to } of [...mentions].reverse()) left = `${left.slice(0, from)} ${left.slice(to)}`;
  return onlyAsks(left);
}

/** 港澳 is several places in one word: a part each. */
function partsOf(gazetteer: Gazetteer, asked: Asked, text: string): PlacePart[] {
  const provinces = asked.senses.filter((s) => s.how === "name" && s.codes[0]?.endsWith("0000"));
  if (provinces.length > 1 && provinces.length === asked.senses.length) {
    return provinces.map((sense) => partOf(gazetteer, { ...asked, senses: [sense] }, text));
  }
  return [partOf(gazetteer, asked, text)];
}

/** A name that's repeated is one question. */
function onceEach(text: string, asked: readonly Asked[]): readonly Asked[] {
  return [...new Map(asked.map((a) => [text.slice(a.from, a.to), a])).values()];
}

/** Beside a single place what's near; of several the answer has no room for it. */
function withNearest(gazetteer: Gazetteer, parts: readonly PlacePart[]): readonly PlacePart[] {
  const [part, ...others] = parts;
  const code = part?.candidates[0]?.code;
  if (part?.status !== "not_listed" || code === undefined || others.length > 0) return parts;
  return [{ ...part, nearest: gazetteer.nearest(code) }];
}

type Candidate = PlacePart["candidates"][number];

function partOf(gazetteer: Gazetteer, asked: Asked, text: string): PlacePart {
  const readings = asked.senses.map((sense) => ({ sense, candidates: candidatesOf(gazetteer, sense) }));
  const candidates = distinct(readings.flatMap((r) => r.candidates));
  const statuses = new Set(readings.map((r) => unite(r.candidates.map((c) => c.status))));
  const [only = "not_listed"] = statuses;
  const one = readings.length === 1;
  const status = one || (statuses.size === 1 && only === "not_listed") ? only : "ambiguous";
  const listed = distinct(
    (one ? readings : []).flatMap(({ sense, candidates: units }) =>
      sense.relation === "inside"
        ? []
        : units.filter((u) => u.status !== "not_listed").flatMap((u) => gazetteer.listedUnder(u.code)),
    ),
  );
  return {
    text,
    status,
    candidates,
    listed,
    nearest: [],
    recognised: recognisedAs(asked),
  };
}

function candidatesOf(gazetteer: Gazetteer, sense: Sense): Candidate[] {
  if (sense.how === "abroad")
    return [
      {
        code: ABROAD_CODE,
        full: sense.label,
        fullEn: sense.english ?? englishName({ name: sense.label }),
        status: "not_listed",
      },
    ];
  return sense.codes.flatMap((code) => {
    if (sense.how === "township") return townshipCandidate(gazetteer, code, sense.label);
    const name = gazetteer.name(code);
    if (name === undefined) return [];
    if (sense.relation === "inside")
      return [
        {
          ...name,
          full: sense.label,
          fullEn: englishName({ name: sense.label }),
          status: "not_listed" as const,
        },
      ];
    return [
      { ...name, status: sense.relation === "contains" ? ("partly" as const) : gazetteer.status(code) },
    ];
  });
}

/** A township on the list itself (R5), or covered with its county (R4). */
function townshipCandidate(gazetteer: Gazetteer, code: string, township: string): Candidate[] {
  const listed = gazetteer.listedTownships(code).find((area) => area.township === township);
  const name = gazetteer.name(listed?.code ?? code);
  if (name === undefined) return [];
  const status = gazetteer.status(name.code) === "covered" ? "covered" : "not_listed";
  return [{ ...name, status }];
}

function distinct<N extends { readonly code: string }>(names: readonly N[]): N[] {
  return [...new Map(names.map((name) => [name.code, name])).values()];
}

function unite(statuses: readonly UnitStatus[]): UnitStatus {
  const [first] = statuses;
  return first !== undefined && statuses.every((s) => s === first) ? first : "partly";
}

function recognisedAs({ senses, typo, wrongParent }: Asked): PlacePart["recognised"] {
  const sense = senses[0];
  if (typo) return { how: "typo" };
  if (wrongParent) return { how: "wrong_parent" };
  if (sense?.how === "former") return { how: "former", formerName: sense.label };
  if (sense?.how === "township") return { how: "township", township: sense.label };
  if (sense?.how === "landmark") return { how: "landmark", landmark: sense.label };
  if (sense?.how === "zone") return { how: "zone", zone: sense.label };
  return { how: sense?.how === "abroad" ? "abroad" : "name" };
}

/** R11: the same for all, or partly. */
function overall(parts: readonly PlacePart[]): Pick<PlaceReading, "status" | "codes"> {
  const statuses = new Set(parts.map((part) => part.status));
  const [only = "not_a_place"] = statuses;
  const status: CoverageStatus = statuses.size === 1 ? only : "partly";
  const codes = parts.flatMap((part) =>
    part.status === "ambiguous"
      ? part.candidates.filter((c) => c.status === "covered").map((c) => c.code)
      : part.listed.map((l) => l.code),
  );
  return { status, codes: [...new Set(codes)] };
}
