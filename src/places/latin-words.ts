const SYLLABLE =
  /^(?:[zcs]h?(?:i|ai|ao|an|ang|ou|ong|en|eng|[eau]|ui|un|uo|uan|uai|uang|ua)|r(?:i|e|u|an|ang|ao|en|eng|ong|ou|ua|uan|ui|un|uo)|[jqx](?:i|ia|ie|iao|iu|ian|iang|in|ing|iong|u|ue|uan|un)|[bpm](?:a|o|ai|ei|ao|ou|an|ang|en|eng|i|ie|iao|ian|in|ing|u|e|iu)|f(?:a|o|ei|ou|an|ang|en|eng|u)|[dt](?:a|e|i|u|ai|ei|ao|ou|an|ang|en|eng|ong|ia|ie|iao|iu|ian|ing|ui|un|uo|uan)|[nl](?:a|e|i|u|v|ai|ei|ao|ou|an|ang|en|eng|ong|ia|ie|iao|iu|ian|iang|in|ing|un|uo|uan|ue|ve)|[gkh](?:a|e|u|ai|ei|ao|ou|an|ang|en|eng|ong|ua|uai|ui|un|uo|uan|uang)|y(?:a|o|e|i|u|ai|ao|ou|an|ang|in|ing|ong|ue|uan|un)|w(?:a|o|u|ai|ei|an|ang|en|eng)|a|o|e|ai|ei|ao|ou|an|ang|en|eng|er)$/;
const LONGEST_SYLLABLE = 6;

/** What English maps and pinyin writers put after a name → the endings it fits. */
export const KINDS: ReadonlyMap<string, RegExp> = new Map([
  ["county", /县$/u],
  ["district", /区$/u],
  ["city", /市$/u],
  ["banner", /旗$/u],
  ["province", /省$|自治区$/u],
  ["prefecture", /州$|地区$|市$/u],
  ["league", /盟$/u],
  ["region", /自治区$/u],
  ["xian", /县$/u],
  ["qu", /区$/u],
  ["shi", /市$/u],
  ["qi", /旗$/u],
  ["sheng", /省$/u],
  ["zhou", /州$/u],
]);

/** Cuts a run of letters into the fewest pinyin syllables; undefined where it isn't pinyin. */
export function splitSyllables(letters: string): string[] | undefined {
  const fewest = [0];
  const begins = [0];
  for (let to = 1; to <= letters.length; to++) {
    fewest[to] = Number.POSITIVE_INFINITY;
    for (let from = Math.max(0, to - LONGEST_SYLLABLE); from < to; from++) {
      const count = (fewest[from] ?? 0) + 1;
      if (count >= (fewest[to] ?? 0) || !SYLLABLE.test(letters.slice(from, to))) continue;
      fewest[to] = count;
      begins[to] = from;
    }
  }
  if (fewest[letters.length] === Number.POSITIVE_INFINITY) return undefined;
  const syllables: string[] = [];
  for (let to = letters.length; to > 0; to = begins[to] ?? 0)
    syllables.unshift(letters.slice(begins[to], to));
  return syllables;
}

/** Knows ordinary English words and pinyin that could be taken for places. */
export interface LatinWords {
  isPinyin(tokens: readonly string[]): boolean;
  /** Whether words are ordinary ones in this kind of text, and name a place only with their kind (Guide County). */
  isOrdinary(parts: readonly string[], pinyin: boolean): boolean;
}

/** Pinyin that carries a sentence, as syllables or words. */
const PINYIN_WORDS = new Set(
  "ni nimen wo women zan zanmen ta tamen zai ma ne a ya ba la you mei meiyou neng bu shi de le lai qu shifu qing qingwen wen wenxia wenyixia nali na nar zhe zhebian zhe bian nabian li xiu xiufu weixiu shang men shangmen shouhou fuwu wangdian dian fanwei gei hao nin ninhao nihao xiang zhidao yao yi xia yixia ge ren you ren laima keyi bukeyi duoshao qian jia jiali zhu suo kai kaisuo bao baoxian gui guizi baoxiangui baoxianxiang suoxin jiedan nage naxie zhege mima huan xianzai jintian mingtian dianhua shen me shenme zenme dou ye hai haiyou he gen dao pai fugai zuo da".split(
    " ",
  ),
);
/** English words that are also the pinyin of a place, and the short words that would join up into one. */
const ENGLISH_WORDS = new Set(
  "a an and am as at be been by can do did for from get go had has have he her here hi him his how i if in is it its just let like long man me mean men my no not of on or our out pan ran sang she so song such tan than that the then they this to too us was we what when where which who why will with you your guide guiding dean lean bose boxing donga mile saga longan jian luan duan huan guan yuan hailing fan ban hang gang bang rang tang ping pin ding ming bin sheng dong".split(
    " ",
  ),
);

export const latinWords: LatinWords = {
  isPinyin(tokens) {
    const syllabic = tokens.filter((token) => splitSyllables(token.replaceAll("'", "")) !== undefined).length;
    const carried = tokens.filter((token) => PINYIN_WORDS.has(token)).length;
    return syllabic >= tokens.length * 0.8 && carried >= Math.min(2, tokens.length / 3);
  },
  isOrdinary(parts, pinyin) {
    const ordinary = pinyin ? PINYIN_WORDS : ENGLISH_WORDS;
    return pinyin
      ? parts.every((part) => ordinary.has(part))
      : parts.length === 1
        ? ordinary.has(parts[0] ?? "")
        : parts.some((part) => ordinary.has(part));
  },
};
