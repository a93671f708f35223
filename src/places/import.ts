import Fuse from "fuse.js";
import type { CoverageArea } from "../knowledge/types.ts";
import { createGazetteer, type Division } from "./gazetteer.ts";
import { findHanzi } from "./hanzi.ts";
import { createNameIndex } from "./names.ts";
import { resolveAsked } from "./resolve.ts";
import { townshipsOf } from "./townships.ts";
import type { PlacesData } from "./types.ts";

export interface ImportedCoverage {
  /** Each area once, in the order the text has them first. */
  readonly rows: readonly CoverageArea[];
  /** How many times areas were named; above the number of rows where the text repeats itself. */
  readonly mentions: number;
  /** Items of a list of areas that are no area we know, or could be several. */
  readonly unresolved: readonly UnresolvedItem[];
}

export interface UnresolvedItem {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Full names of areas that read like it. */
  readonly suggestions: readonly string[];
}

const SEPARATOR = /[、，,;；\s]+/u;
/** A line is a list of areas where this many of its items are; slogans and articles around it are passed over. */
const AREAS_IN_LIST = 0.5;
/** 漳州市章浦县, alone on its line: an area misspelt, not a slogan. */
const AREA_LIKE = /^\p{Script=Han}{2,20}(?:[省市县区州盟旗镇乡]|街道)$/u;
const ONLY_KINDS = /^[省市县区州盟旗镇乡地城街道]+$/u;
const HAN = /^\p{Script=Han}+$/u;
const SUGGESTIONS_AT_MOST = 3;

/**
 * Reads areas out of a published text ("漳州市漳浦县、黔东南岑巩县、…"), such as the page the list comes from.
 * Only what names one county or township beyond doubt becomes a row.
 * @returns a function from text to rows
 */
export function createCoverageImporter(
  data: PlacesData,
  normalise: (text: string) => string,
): (text: string) => ImportedCoverage {
  const gazetteer = createGazetteer(data, []);
  const index = createNameIndex(data, gazetteer, normalise);
  const units = gazetteer.divisions.map((division) => gazetteer.name(division.code)?.full ?? division.name);
  const fuse = new Fuse(units, { threshold: 0.4 });

  return (text) => {
    const rows = new Map<string, CoverageArea>();
    const unresolved: UnresolvedItem[] = [];
    let mentions = 0;
    const take = (area: CoverageArea) => {
      mentions++;
      if (!rows.has(area.code)) rows.set(area.code, area);
    };
    text.split(/\r?\n/).forEach((line, at) => {
      const items = line.split(SEPARATOR).filter(Boolean);
      const whole = line.includes("、") ? undefined : areaOf(items.filter((item) => HAN.test(item)).join(""));
      if (whole !== undefined) {
        take(whole);
        return;
      }
      const areas = items.map(areaOf);
      const isList = areas.filter(Boolean).length >= items.length * AREAS_IN_LIST;
      if (items.length === 0 || !(isList || items.every(looksLikeArea))) return;
      items.forEach((item, i) => {
        const area = areas[i];
        if (area === undefined)
          unresolved.push({ line: at + 1, text: item, suggestions: suggestionsFor(item) });
        else take(area);
      });
    });
    return { rows: [...rows.values()], mentions, unresolved };
  };

  function areaOf(wording: string): CoverageArea | undefined {
    const item = normalise(wording);
    const mentions = findHanzi(item, index, data.words, "anything");
    if (mentions.reduce((length, m) => length + m.to - m.from, 0) !== item.length) return undefined;
    const [asked, ...others] = resolveAsked(item, mentions, []);
    const [sense, ...namesakes] = asked?.senses ?? [];
    const [code, ...parts] = sense?.codes ?? [];
    if (asked === undefined || sense === undefined || code === undefined) return undefined;
    if (others.length > 0 || namesakes.length > 0 || parts.length > 0 || asked.typo || asked.wrongParent)
      return undefined;
    if (sense.how === "township") return townshipArea(code, sense.label, wording);
    const division = gazetteer.division(code);
    return sense.how === "name" && division?.level === "county"
      ? areaRow(division, "", code, wording)
      : undefined;
  }

  function townshipArea(county: string, name: string, wording: string): CoverageArea | undefined {
    const township = townshipsOf(data, county).find((t) => t.name === name);
    const home = gazetteer.division(county);
    return township && home && areaRow(home, name, township.code, wording);
  }

  function suggestionsFor(item: string): string[] {
    return fuse.search(item, { limit: SUGGESTIONS_AT_MOST }).map(({ item: unit }) => unit);
  }
}

function looksLikeArea(item: string): boolean {
  return AREA_LIKE.test(item) && !ONLY_KINDS.test(item);
}

function areaRow(division: Division, township: string, code: string, wording: string): CoverageArea {
  const chain: Division[] = [];
  for (let d: Division | undefined = division; d !== undefined; d = d.parent) chain.push(d);
  const at = (level: Division["level"]) => chain.find((d) => d.level === level)?.name ?? "";
  const province = at("province");
  // 北京市 is its own prefecture, as the list has it.
  const prefecture = at("prefecture") || (/^(?:11|12|31|50)/.test(code) ? province : "");
  return { code, province, prefecture, county: at("county"), township, wording };
}
