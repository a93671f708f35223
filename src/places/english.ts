import { pinyin } from "pinyin-pro";

export interface NamedDivision {
  readonly name: string;
  /** Toneless syllables of the whole name; read from the characters where absent. */
  readonly pinyin?: string;
  readonly exonym?: string;
  readonly parent?: NamedDivision;
}

/** Longest first: the kind a name ends in and what English maps call it. */
const KINDS: readonly (readonly [ending: string, english: string])[] = [
  ["特别行政区", ""],
  ["自治区", ""],
  ["自治州", "Prefecture"],
  ["自治县", "Autonomous County"],
  ["自治旗", "Autonomous Banner"],
  ["左旗", "Left Banner"],
  ["右旗", "Right Banner"],
  ["前旗", "Front Banner"],
  ["后旗", "Rear Banner"],
  ["街道", "Subdistrict"],
  ["地区", "Prefecture"],
  ["新区", "New Area"],
  ["矿区", "Mining District"],
  ["特区", "Special District"],
  ["林区", "Forestry District"],
  ["省", ""],
  ["市", "City"],
  ["县", "County"],
  ["区", "District"],
  ["旗", "Banner"],
  ["盟", "League"],
  ["镇", "Town"],
  ["乡", "Township"],
];

const PEOPLES: readonly (readonly [people: string, english: string])[] = [
  ["蒙古族", "Mongol"],
  ["蒙古", "Mongol"],
  ["回族", "Hui"],
  ["藏族", "Tibetan"],
  ["维吾尔", "Uyghur"],
  ["苗族", "Miao"],
  ["彝族", "Yi"],
  ["壮族", "Zhuang"],
  ["布依族", "Bouyei"],
  ["朝鲜族", "Korean"],
  ["满族", "Manchu"],
  ["侗族", "Dong"],
  ["瑶族", "Yao"],
  ["白族", "Bai"],
  ["土家族", "Tujia"],
  ["哈尼族", "Hani"],
  ["哈萨克族", "Kazakh"],
  ["哈萨克", "Kazakh"],
  ["傣族", "Dai"],
  ["黎族", "Li"],
  ["傈僳族", "Lisu"],
  ["佤族", "Va"],
  ["畲族", "She"],
  ["拉祜族", "Lahu"],
  ["水族", "Sui"],
  ["东乡族", "Dongxiang"],
  ["纳西族", "Nakhi"],
  ["景颇族", "Jingpo"],
  ["柯尔克孜", "Kyrgyz"],
  ["土族", "Tu"],
  ["达斡尔族", "Daur"],
  ["仫佬族", "Mulao"],
  ["羌族", "Qiang"],
  ["布朗族", "Blang"],
  ["撒拉族", "Salar"],
  ["毛南族", "Maonan"],
  ["仡佬族", "Gelao"],
  ["锡伯", "Xibe"],
  ["普米族", "Pumi"],
  ["塔吉克", "Tajik"],
  ["怒族", "Nu"],
  ["保安族", "Bonan"],
  ["裕固族", "Yugur"],
  ["独龙族", "Derung"],
  ["各族", "Various Peoples"],
];

/** 漳州市漳浦县 → Zhangpu County, Zhangzhou; an exonym where English maps have one. */
export function englishName(division: NamedDivision): string {
  const { parent } = division;
  if (parent === undefined) return ofCity(division);
  if (!/(?:省|自治区)$/u.test(parent.name))
    return `${division.exonym ?? spelled(division)}, ${ofCity(parent)}`;
  return ofCity(division);
}

/** A city right under its province goes by its name alone, Zhangzhou, but for the one called like its province. */
function ofCity({ exonym, ...division }: NamedDivision): string {
  if (exonym !== undefined) return exonym;
  const english = spelled(division);
  return division.name.endsWith("市") && division.name !== "吉林市" ? english.replace(/ City$/, "") : english;
}

function spelled({ name, pinyin: known }: NamedDivision): string {
  const syllables = (known ?? pinyin(name, { toneType: "none", v: true })).split(" ");
  const [ending, kind] = KINDS.find(([e]) => name.endsWith(e) && name.length - e.length >= 2) ??
    KINDS.find(([e]) => name.endsWith(e) && name.length > e.length) ?? ["", ""];
  const peoples: string[] = [];
  let base = name.slice(0, name.length - ending.length);
  if (ending.startsWith("自治")) {
    for (let hit = endingPeople(base); hit !== undefined; hit = endingPeople(base)) {
      base = base.slice(0, -hit[0].length);
      peoples.unshift(hit[1]);
    }
  }
  const joined = join(syllables.slice(0, [...base].length));
  const people = ending === "自治县" || ending === "自治旗" ? peoples.join(" and ") : "";
  // 渠县: the kind belongs to a name of one syllable, and maps write Qu County.
  return [joined, people, kind].filter(Boolean).join(" ");
}

function endingPeople(base: string): readonly [string, string] | undefined {
  return PEOPLES.find(([people]) => base.endsWith(people) && base.length > people.length);
}

/** xing an → Xing'an, lv → lü. */
function join(syllables: readonly string[]): string {
  const word = syllables
    .map((s, i) => (i > 0 && /^[aoe]/.test(s) ? `'${s}` : s))
    .join("")
    .replaceAll("v", "ü");
  return word.charAt(0).toUpperCase() + word.slice(1);
}
