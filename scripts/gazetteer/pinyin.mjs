import { pinyin } from "pinyin-pro";

/** Readings that a dictionary of common words gets wrong in place names: the local, official one. */
const LOCAL = new Map(
  Object.entries({
    乐都: "le du",
    乐清: "yue qing",
    乐亭: "lao ting",
    乐陵: "lao ling",
    丽水: "li shui",
    番禺: "pan yu",
    六安: "lu an",
    六合: "lu he",
    蔚县: "yu xian",
    单县: "shan xian",
    莘县: "shen xian",
    隰县: "xi xian",
    洪洞: "hong tong",
    繁峙: "fan shi",
    大城: "da cheng",
    涡阳: "guo yang",
    歙县: "she xian",
    浚县: "xun xian",
    泌阳: "bi yang",
    黄陂: "huang pi",
    什邡: "shi fang",
    尉犁: "yu li",
    都匀: "du yun",
    大埔: "da bu",
    百色: "bo se",
    吴堡: "wu bu",
    宕昌: "tan chang",
    称多: "chen duo",
    曾都: "zeng du",
    阆中: "lang zhong",
    筠连: "jun lian",
    子长: "zi chang",
    调兵山: "diao bing shan",
    三都: "san du",
    于都: "yu du",
    江都: "jiang du",
    丰都: "feng du",
    宜都: "yi du",
    武都: "wu du",
    新都: "xin du",
    花都: "hua du",
    昌都: "chang du",
    成都: "cheng du",
    都昌: "du chang",
    都安: "du an",
    都江堰: "du jiang yan",
    盐都: "yan du",
    殷都: "yin du",
    郫都: "pi du",
    鱼台: "yu tai",
    古蔺: "gu lin",
    会泽: "hui ze",
    铅山: "yan shan",
    什玲: "shi ling",
    龙泉驿: "long quan yi",
    石拐: "shi guai",
    漠河: "mo he",
    费县: "fei xian",
    中牟: "zhong mu",
    侯马: "hou ma",
    张家港: "zhang jia gang",
    长子: "zhang zi",
    阿克塞: "a ke sai",
    东阿: "dong e",
    解放: "jie fang",
    华阴: "hua yin",
    会同: "hui tong",
    珲春: "hun chun",
  }),
);

/** Characters with two readings that a writer, a keyboard or a program may take the one for the other. */
const EITHER = Object.entries({
  都: "du dou",
  乐: "le yue lao",
  长: "chang zhang",
  六: "lu liu",
  洞: "tong dong",
  莘: "shen xin",
  泌: "bi mi",
  浚: "xun jun",
  铅: "yan qian",
  单: "shan dan",
  蔚: "yu wei",
  歙: "she xi",
  尉: "yu wei",
  陂: "pi bei",
  堡: "bu bao pu",
  百: "bo bai",
  阿: "a e",
  涡: "guo wo",
  荥: "xing ying",
  峙: "shi zhi",
  调: "diao tiao",
  埔: "bu pu",
  什: "shi shen",
  宕: "tan dang",
  称: "chen cheng",
  曾: "zeng ceng",
  会: "hui kuai",
  大: "da dai",
  朝: "chao zhao",
  番: "pan fan",
  车: "che ju",
  泊: "bo po",
  柏: "bai bo",
  藏: "zang cang",
  珲: "hun hui",
  行: "xing hang",
}).map(([character, either]) => [character, either.split(" ")]);

/** Toneless syllables of a place name, the right reading first, then those it may be taken for. */
export function readings(name) {
  const common = pinyin(name, { toneType: "none", v: true }).replaceAll("ü", "v");
  const local = [...LOCAL].find(([word]) => name.startsWith(word) || name === word);
  const first = local === undefined ? common : spliced(common, local[1]);
  const all = new Set([first, common]);
  for (const [character, either] of EITHER) {
    const at = [...name].indexOf(character);
    if (at < 0) continue;
    for (const reading of either) {
      const syllables = first.split(" ");
      if (either.includes(syllables[at])) syllables[at] = reading;
      all.add(syllables.join(" "));
    }
  }
  return [...all];
}

function spliced(whole, start) {
  const head = start.split(" ");
  return [...head, ...whole.split(" ").slice(head.length)].join(" ");
}
