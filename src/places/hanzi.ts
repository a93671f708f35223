import { liesIn, type NameIndex, type Sense } from "./names.ts";
import { type Span, segment } from "./segment.ts";

/** Words of a text that name a place. */
export interface Mention extends Span {
  readonly senses: readonly Sense[];
  /** Read as another name than was written. */
  readonly typo: boolean;
  /** 兴县 of 东兴县: perhaps the end of a longer name that's misspelt. */
  readonly isEnd?: true;
}

/** log2 frequencies given to place names, beside those of common words: longer names are the surer ones. */
const NAME_BITS = { stem: 9, long: 15, township: 13, pair: 16 };
const LONGEST_TOWNSHIP = 10;
/** 原平行不行 asks of 原平. */
const A_NOT_A = /^(.)不\1$/u;
const TOWNSHIP = /(?:[镇乡]|街道|苏木)$/u;
const KIND = /^[县市区旗州盟省]$/u;
const ENDS_IN_KIND = /[县市区旗州盟省镇乡道]$/u;
/** 五台柜子, 有个旧柜子: a number of things, not 五台 and 个旧. */
const COUNTED = /(?:[二三四五六七八九十]台|[有这那几一两三四五六七八九十]个旧)$/u;
const THING = /^的?(?:保险|柜|箱|机|锁|电|设备|老|旧|新|房|门|都|要|一起|同时|没|坏)/u;
/** Said so often as words that only a county beside them or 县 behind makes them places. */
const ONLY_WORDS = /^(?:比如|公安|资源|合作|延长|解放|安定|城区|郊区)$/u;
/** 镇, 村 that no list of ours knows: not the county of that stem. */
const SMALLER = /^(?:[镇村庄屯]|乡(?!下)|街道|社区|小区|苏木|嘎查)/u;
/** 松江乡下: the country around 松江, not a township; but 松江乡下午. */
const COUNTRY = /^下(?![午周个星礼次])/u;
/** Before 兴县: a character of a longer name (东兴县), unless it's one of the sentence's. */
const PART_OF_LONGER =
  /[^\P{Script=Han}在到去来问下我你您们的了吗呢有没能和跟与及或是住往从家人省市州区县那把说找急亲俺咱叫会也还就做修跑都查诶哎喂嗯呃哦派要请盖含归离]$/u;
/** 中山路, 兰州拉面: named after a place, not there. */
const NAMESAKE_THING =
  /^(?:里江|路|街(?!道)|大道|大街|巷|银行|牌|小吃|拉面|火锅|烤鸭|啤酒|话|菜(?!市)|米粉|麻花|火腿|白酒|装(?!柜)|方言|烧饼|手机|日报|卫视|黄酒|老窖|特曲|茶(?!陵)|鱼|扑克|人寿|证券|大学|理工)/u;
/** Where a stem that is also a word (和平, 城中) is a place: between these. */
const BEFORE_PLACE =
  /(?:^|[,\s]|[在喺到去来嚟住从往是跟和与那咁说讲話话我俺咱家您你亲急人看查诶哎喂嗯呃哦派盖做归离跑管包接]|你们|我们|他们|问下|问一下|查下|查一下|请问|想问|还有|以及|或者?|地址|位于|老家|师傅|售后|老板|客服|艾莱仕)$/u;
const AFTER_PLACE =
  /^(?:$|[,\s]|[你的这那有没能可会来呢吗嘛么行做派包属算在是和跟或全哪都点也呀啊吧去修冇咁嗰𠮶边附周归管要查住上不卖种养搞跑接离靠挨咋啥几叫喊]|到底|开(?!放|始|心|关|机)|单子|县里|嘅|市区|乡下|农村|县城|城区|覆盖|服务|还有|以及|上门|售后|维修|开锁|报修|师傅|网点|地区|一带|还?好|怎么|多少|人)/u;
/** Said before and behind one more place, once places were asked about: 忘了说石狮, 德化漏了. */
const BEFORE_ANOTHER = /[漏忘少加说问][了个上下]{0,2}$/u;
const AFTER_ANOTHER = /^(?:[漏忘又咧嘞勒呐捏哈啦咯嘅]|同样|一样)/u;
const ABOUT_SERVICE =
  /你们[^,]{0,3}[来去到跑]$|师傅|上门|售后|修|网点|服务|覆盖|派[人个师]|[来去][人不吗得]|都[来去]|有没有|有[吗嘛么没人]|没有|做不做|能|开锁|换锁|保险柜|柜子|夹万|点[吗嘛没]|哪里|哪些|范围|区域|名单|归你们|来得了|有冇|[行成][吗不]|呢$|我在|人在|家在|住|我这|这里是|地址|名单|[归管]|业务|可以|多久|^查|查一?下|老家|^的$/u;

/** Finds places written in Chinese characters. The text is normalised. */
export function findHanzi(
  text: string,
  index: NameIndex,
  words: ReadonlyMap<string, number>,
  talkOf: "places" | "anything",
): Mention[] {
  const mentions: Mention[] = [];
  for (const run of text.matchAll(/[\p{Script=Han}\d]+/gu)) {
    const cut = cutAtNames(run[0], index, words).map(({ from, to }) => ({
      from: run.index + from,
      to: run.index + to,
    }));
    cut.forEach((word, i) => {
      const found = mentionOf(word, cut[i - 1], cut[i + 1], mentions.at(-1));
      if (found !== undefined && found.from >= (mentions.at(-1)?.to ?? 0)) mentions.push(found);
    });
  }
  return mentions.filter((mention, i) => {
    if (!isOrdinaryWord(mention) || looksLikePlace(mention)) return true;
    return [mentions[i - 1], mentions[i + 1]].some(
      (beside) => beside !== undefined && (belongTogether(mention, beside) || isListedWith(mention, beside)),
    );
  });

  function mentionOf(
    word: Span,
    last: Span | undefined,
    next: Span | undefined,
    before: Mention | undefined,
  ): Mention | undefined {
    const name = text.slice(word.from, word.to);
    const after = next === undefined ? "" : text.slice(next.from, next.to);
    const inside = before?.to === word.from ? townshipInside(before, word.from) : undefined;
    if (name.endsWith("乡") && COUNTRY.test(text.slice(word.to))) return countryAround(word);
    const senses = sensesOf(name);
    if (senses.length === 0) return inside;
    const known = senses.some((s) => before?.senses.some((outer) => liesIn(s, outer)));
    if (inside !== undefined && (inside.to > word.to || (inside.to === word.to && !known))) return inside;
    if (
      /^.[县市区旗州盟]$/u.test(name) &&
      last !== undefined &&
      last.to - last.from === 1 &&
      PART_OF_LONGER.test(text.slice(0, word.from))
    )
      return { ...word, senses, typo: false, isEnd: true };
    if (name.length === 2 && COUNTED.test(text.slice(0, word.to)) && THING.test(text.slice(word.to)))
      return undefined;
    if (name.length <= 3 && !index.names.has(after) && NAMESAKE_THING.test(text.slice(word.to)))
      return undefined;
    if (ENDS_IN_KIND.test(name)) return cityQuarter(word, senses) ?? { ...word, senses, typo: false };
    if (SMALLER.test(text.slice(word.to))) return undefined;
    if (KIND.test(after) && next !== undefined) return otherKind(word, next, senses, after);
    return { ...word, senses, typo: false };
  }

  function countryAround({ from, to }: Span): Mention | undefined {
    const senses = index.senses(text.slice(from, to - 1));
    return senses.length > 0 ? { from, to: to - 1, senses, typo: false } : undefined;
  }

  /** 济南市中: 市中区 of 济南, not 济南市. */
  function cityQuarter({ from, to }: Span, senses: readonly Sense[]): Mention | undefined {
    const quarter = text.slice(to - 1, to + 1);
    if (!/^市[中南北]$/u.test(quarter) || /^[心间部方边面]/u.test(text.slice(to + 1))) return undefined;
    const quarters = sensesOf(quarter).filter((s) => senses.some((city) => liesIn(s, city)));
    return quarters.length > 0 ? { from, to: to + 1, senses: quarters, typo: false } : undefined;
  }

  function isOrdinaryWord({ from, to, senses }: Mention): boolean {
    return to - from === 2 && words.has(text.slice(from, to)) && senses.some((s) => s.how !== "abroad");
  }

  /** 石狮、漳浦: in one list with what can only be a place. */
  function isListedWith(a: Mention, b: Mention): boolean {
    const [first, second] = a.from < b.from ? [a, b] : [b, a];
    return !isOrdinaryWord(b) && /^(?:,|和|跟|还有|以及)$/u.test(text.slice(first.to, second.from));
  }

  /** 徐州的鼓楼: beside its city even 鼓楼 is no tower. */
  function belongTogether(a: Mention, b: Mention): boolean {
    const [first, second] = a.from < b.from ? [a, b] : [b, a];
    if (!/^(?:的|[\s,]*)$/u.test(text.slice(first.to, second.from))) return false;
    return a.senses.some((x) => b.senses.some((y) => liesIn(x, y) || liesIn(y, x)));
  }

  function sensesOf(name: string): readonly Sense[] {
    const known = index.senses(name);
    if (name.length < 3 || !TOWNSHIP.test(name)) return known;
    return [
      ...known,
      ...index.townships(name).map((county): Sense => ({ how: "township", codes: [county], label: name })),
    ];
  }

  /** 定安富文, 中山港口: a township's stem right after what it lies in. */
  function townshipInside(parent: Mention, from: number): Mention | undefined {
    const codes = new Set(
      parent.senses.flatMap((sense) => (sense.how === "name" || sense.how === "former" ? sense.codes : [])),
    );
    for (let length = LONGEST_TOWNSHIP; length >= 2; length--) {
      const stem = text.slice(from, from + length);
      if (stem.length < length || !/^\p{Script=Han}+$/u.test(stem)) continue;
      for (const county of codes) {
        const township = index.townshipIn(county, stem);
        if (township === undefined) continue;
        return {
          from,
          to: from + length,
          senses: [{ how: "township", codes: [county], label: township }],
          typo: false,
        };
      }
    }
    return undefined;
  }

  /** 昌邑县 for today's 昌邑市, 漳浦区 for 漳浦县: the kind is wrong, the stem is right. */
  function otherKind(word: Span, kind: Span, senses: readonly Sense[], written: string): Mention | undefined {
    const named = senses.filter((sense) => sense.how === "name");
    const cities =
      written === "县" ? named.filter((s) => /市$/u.test(s.label) && !s.codes[0]?.endsWith("00")) : [];
    const meant = cities.length === 1 ? cities : named;
    return { from: word.from, to: kind.to, senses: meant.length > 0 ? meant : senses, typo: true };
  }

  function looksLikePlace({ from, to }: Span): boolean {
    const before = text.slice(0, from);
    const after = text.slice(to);
    if (ONLY_WORDS.test(text.slice(from, to))) return text.length === to - from;
    const goesOn = talkOf === "places";
    if (!AFTER_PLACE.test(after) && !(goesOn && AFTER_ANOTHER.test(after))) return false;
    if (mentions.some((other) => other.to === from)) return true;
    if (!BEFORE_PLACE.test(before) && !(goesOn && BEFORE_ANOTHER.test(before))) return false;
    if (goesOn) return true;
    return text.length <= to - from + 2 || ABOUT_SERVICE.test(before) || ABOUT_SERVICE.test(after);
  }
}

/** Cuts a run at the names in it; 南阳镇平 is 南阳·镇平 because 镇平 lies in 南阳, and 衢州的龙游行不行 no 游行. */
function cutAtNames(run: string, index: NameIndex, words: ReadonlyMap<string, number>): Span[] {
  const seams = new Map<number, Map<number, { outer: number; inner: number }>>();
  const cut = segment(run, function* (from) {
    for (let to = from + 1; to <= Math.min(run.length, from + index.longest); to++) {
      const word = run.slice(from, to);
      const bits = bitsOf(word);
      if (bits !== undefined) yield { to, bits };
      if (word.length < 2) continue;
      // 郧西城区: not 西城区.
      if (run.startsWith("城区", to) && index.names.has(word)) {
        seams.set(from, (seams.get(from) ?? new Map()).set(to + 2, { outer: to, inner: to }));
        yield { to: to + 2, bits: NAME_BITS.pair };
      }
      if (!index.isParent(word)) continue;
      const next = run[to] === "的" ? to + 1 : to;
      for (let end = next + 2; end <= Math.min(run.length, next + index.longest); end++) {
        if (!index.isChild(word, run.slice(next, end))) continue;
        seams.set(from, (seams.get(from) ?? new Map()).set(end, { outer: to, inner: next }));
        yield { to: end, bits: NAME_BITS.pair };
      }
    }
  });
  return cut.flatMap(({ from, to }) => {
    const seam = seams.get(from)?.get(to);
    return seam === undefined || index.names.has(run.slice(from, to))
      ? [{ from, to }]
      : [
          { from, to: seam.outer },
          { from: seam.inner, to },
        ];
  });

  function bitsOf(word: string): number | undefined {
    const common = A_NOT_A.test(word) ? NAME_BITS.long : words.get(word);
    if (index.names.has(word))
      return Math.max(common ?? 0, word.length > 2 ? NAME_BITS.long : NAME_BITS.stem);
    if (word.length > 2 && TOWNSHIP.test(word) && index.townships(word).length > 0) return NAME_BITS.township;
    return common;
  }
}
