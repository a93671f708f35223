import { pinyin } from "pinyin-pro";

const HAN_RUN = /\p{Script=Han}+/gu;
const cache = new Map<string, string>();

/**
 * The toneless reading of one character out of context (转 → "zhuan", ü as "v"); "" for what isn't Han.
 * Cached: a first look-up costs about 20 µs, a repeated one nothing.
 */
export function syllable(char: string): string {
  let reading = cache.get(char);
  if (reading === undefined) {
    reading = /^\p{Script=Han}$/u.test(char) ? (read(char)[0] ?? "") : "";
    cache.set(char, reading);
  }
  return reading;
}

/**
 * One toneless syllable per Han character, read in context (重庆 → chong qing, 重量 → zhong liang);
 * other characters are skipped. A character without a known reading stands for itself.
 */
export function toneless(text: string): string[] {
  return (text.match(HAN_RUN) ?? []).flatMap((run) => (run.length === 1 ? [syllable(run)] : read(run)));
}

function read(run: string): string[] {
  return pinyin(run, { toneType: "none", type: "array", v: true });
}

/** The toneless syllables of Standard Chinese (GB/T 16159), ü as v. */
const SYLLABLES = new Set(
  (
    "a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng " +
    "cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu " +
    "cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo e " +
    "ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan " +
    "guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian " +
    "jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai kuan kuang " +
    "kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu long lou lu luan lue lun luo " +
    "lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen " +
    "neng ng ni nian niang niao nie nin ning niu nong nou nu nuan nue nuo nv nve o ou pa pai pan pang pao pei pen peng " +
    "pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re " +
    "ren reng ri rong rou ru ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen " +
    "sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te " +
    "teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao " +
    "xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang " +
    "zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui " +
    "zhun zhuo zi zong zou zu zuan zui zun zuo"
  ).split(" "),
);
const LONGEST = 6;
/** Inside a word these come after an apostrophe (tian'e), so that "change" isn't chang-e. */
const NEVER_INSIDE = new Set(["a", "e", "o", "ei", "en", "eng", "ou"]);

/** A Latin word in lower case read as pinyin syllables ("zhuanren" → zhuan ren), or undefined where it can't be. */
export function syllables(word: string): readonly string[] | undefined {
  const parts = word.split("'").map((part) => split(part, 0, new Set()));
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

/** `deadEnds` are positions from which no reading reaches the end: without it xianxianxian…q takes 2^n steps. */
function split(part: string, from: number, deadEnds: Set<number>): readonly string[] | undefined {
  if (from === part.length) return from === 0 ? undefined : [];
  if (deadEnds.has(from)) return undefined;
  for (let length = Math.min(LONGEST, part.length - from); length > 0; length--) {
    const head = part.slice(from, from + length);
    if (!SYLLABLES.has(head) || (from > 0 && NEVER_INSIDE.has(head))) continue;
    const rest = split(part, from + length, deadEnds);
    if (rest) return [head, ...rest];
  }
  deadEnds.add(from);
  return undefined;
}
