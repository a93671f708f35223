import type { Mention } from "./hanzi.ts";
import type { LatinIndex } from "./latin.ts";
import { liesIn, type NameIndex, type Sense } from "./names.ts";
import { createNearest, type Nearest } from "./nearest.ts";
import type { PlacesData } from "./types.ts";

/** Finds names with one character wrong, where no name is right. Never looks at what is a real name. */
export interface TypoFinder {
  /** @param exact the names found as written; the typos returned may contain some of them, and then stand for them */
  find(text: string, exact: readonly Mention[]): Mention[];
}

const KIND = /^[县市区旗]$/u;
const LONGEST = 15;
const OFFERED_AT_MOST = 8;
/** Unknown words that end like a county's name, looked at in one message: more of them are no typos. */
const UNKNOWN_AT_MOST = 12;
/** Characters of the sentence around a name; the few names that have one of them are read as written only. */
const SENTENCE =
  /[我你您他她它们咱俺的了吗呢嘛呀啊吧是不没有能在去来问请这那哪些个几都和跟与给到做修会可以家人想还就也要把被让急亲,\s\d]/u;
/** 小区, 服务区, 三个县: no names of units. */
const NO_UNIT =
  /(?:[全本该各分整]|什么|整个|直辖)[县市区旗]$|(?:[小社园校景市县地郊牧矿灾库片辖街商厂新老海港防禁误盲时专展林战疫选]|服务|开发|高新|经开|示范|保税|工业|度假|风景|[试实]验|合作)区$|(?:[超门上夜股集楼早菜城县]|一线|二线|三线)市$|[红国军彩]旗$/u;
/** 这三县, 老城区; but 巫三县 sounds like 巫山县, and 敲城区 like 谯城区. */
const SELDOM_UNIT = /(?:[一二两三四五六七八九十几多][县市区旗]|[城山]区)$/u;
/** What stands before a name in a question about coverage, and what behind it. */
const BEFORE =
  /^(?:你好|您好|请问(?:一下)?|问一?下|麻烦(?:问一?下)?|想问(?:一?下)?|艾莱仕|诶|哎|喂|亲|急|你们家?|我们?|咱们?|俺|人|家|住|在|到|去|来|师傅|来不来|那|还有)/u;
const BEHIND =
  /(?:这边|那边|这里|那里|这儿|那儿|附近|的|都|有没有|能不能|可不可以|是不是|算不算|来不来|做不做|有|没有|能|可以|会|来|去|派|上门|售后|维修|服务|网点|师傅|点|站|人|修|换锁芯?|开锁|报修|保险柜|柜子|覆盖|范围|区域|内|里|在不在|在|算|一?下|行不行|行|得了|管不管|修不修|管|伐|哦|哈|咧|到|属于|你们|吗|么|嘛|呢|不|没|啊|呀|吧|了|过来|安排|一个)$/u;
const LONGEST_QUESTION = 60;
const POLITE_END = /,(?:谢谢|急+|麻烦了|拜托了?|在线等|哈)$/u;

type Reader = (written: string) => readonly Sense[];

/** @param nearestInLetters ranks the names of `latin` */
export function createTypoFinder(
  index: NameIndex,
  latin: LatinIndex,
  nearestInLetters: Nearest,
  { words, lookalikes }: Pick<PlacesData, "words" | "lookalikes">,
  toneless: (hanzi: string) => readonly string[],
): TypoFinder {
  /** Full names by kind and length: 县3 → 漳浦县 … */
  const shelves = new Map<string, string[]>();
  for (const [name, senses] of index.names) {
    const kind = name.at(-1) ?? "";
    if (name.length < 3 || !KIND.test(kind) || !senses.some((s) => s.how === "name")) continue;
    const shelf = `${kind}${name.length}`;
    const names = shelves.get(shelf);
    if (names === undefined) shelves.set(shelf, [name]);
    else names.push(name);
  }
  const writtenFor = new Map<string, string[]>();
  for (const [right, taken] of lookalikes)
    for (const other of taken) writtenFor.set(other, [...(writtenFor.get(other) ?? []), right]);
  const nearestLongName = createNearest([...shelves.values()].flat().filter((name) => name.length > 3));

  return {
    find(text, exact) {
      // 商城区 for 上城区: where the kind is wrong, the sound may be what's right.
      const found = exact.filter((m) => m.typo).flatMap((m) => withSoundingLike(m, text.slice(m.from, m.to)));
      const endings = [...text.matchAll(/[县市区旗]/gu)].map((m) => m.index + 1);
      const known = new Set(exact.filter((m) => !m.isEnd).map((m) => m.to));
      const unknown = endings.filter((end) => !known.has(end)).slice(0, UNKNOWN_AT_MOST);
      found.push(...unknown.flatMap((end) => endingAt(text, end, exact) ?? []));
      if (found.length > 0) return found;
      if (exact.length === 0) return bareStem(text, 0);
      const beside = exact.flatMap((m) => insideParent(text, m, exact) ?? []);
      return beside.length > 0 ? beside : stemsOfParents(text, exact);
    },
  };

  function endingAt(text: string, end: number, exact: readonly Mention[]): Mention | undefined {
    const windows: { from: number; written: string }[] = [];
    for (let length = 3; length <= LONGEST && length <= end; length++) {
      const from = end - length;
      const written = text.slice(from, end);
      if (!/^\p{Script=Han}+$/u.test(written)) break;
      if (/^(?:自治|族|治)/u.test(written)) continue;
      if (exact.some((m) => !m.isEnd && m.from < end && m.to > from && (m.from < from || m.to >= end)))
        continue;
      windows.push({ from, written });
    }
    if (NO_UNIT.test(text.slice(0, end))) return undefined;
    const reads: readonly Reader[] = SELDOM_UNIT.test(text.slice(0, end))
      ? [soundingOrLookingLike, likely]
      : [soundingOrLookingLike, oneCharacterOff, oneCharacterMissing];
    // 常兴县: 长兴县, or 兴县 after a word that we don't know; but 漳蒲县 sounds like 漳浦县 for a reason.
    const ending = exact.find((m) => m.isEnd && m.to === end);
    let first: Mention | undefined;
    for (const read of reads) {
      for (const { from, written } of [...windows].reverse()) {
        const lead = ending === undefined ? written : written.slice(0, Math.max(0, ending.from - from));
        if (read !== soundingOrLookingLike && SENTENCE.test(lead)) continue;
        const senses = read(written);
        const inside = insideOf(senses, from, exact);
        const meant = inside.length > 0 ? inside : senses;
        if (meant.length === 0 || (meant.length > OFFERED_AT_MOST && ending === undefined)) continue;
        const alone = read === soundingOrLookingLike || inside.length > 0 ? [] : (ending?.senses ?? []);
        const mention: Mention = { from, to: end, senses: [...meant, ...alone], typo: true };
        // 来阳市，衡阳那个 is 耒阳市, though it sounds like 莱阳市.
        if (exact.length === 0 || inside.length > 0) return mention;
        first ??= mention;
      }
    }
    return first;
  }

  function withSoundingLike(mention: Mention, written: string): Mention[] {
    const alike = soundingLike(written).filter(
      (s) => !mention.senses.some((m) => m.codes.join() === s.codes.join()),
    );
    return alike.length > 0 ? [{ ...mention, senses: [...mention.senses, ...alike] }] : [];
  }

  /** What lies in the place right before it, or else in one that is named anywhere: 浙川县，南阳那个. */
  function insideOf(senses: readonly Sense[], from: number, exact: readonly Mention[]): readonly Sense[] {
    const before = exact.filter((m) => m.to === from);
    const liesInOne = (s: Sense, parents: readonly Mention[]) =>
      parents.some((m) => m.senses.some((p) => liesIn(s, p)));
    const beside = senses.filter((s) => liesInOne(s, before));
    return beside.length > 0 ? beside : senses.filter((s) => liesInOne(s, exact));
  }

  /** What sounds the same, and what looks alike: 来阳市 can be 莱阳市 or 耒阳市. */
  function soundingOrLookingLike(written: string): readonly Sense[] {
    const sounding = soundingLike(written);
    if (SENTENCE.test(written)) return sounding;
    const looking = namesOneOff(written).filter((name) => looksLike(name, written));
    return distinct([...sounding, ...sensesOf(looking)]);
  }

  /** 奉洁县 sounds like 奉节县. */
  function soundingLike(written: string): readonly Sense[] {
    const letters = toneless(written).join("");
    return (latin.names.get(letters) ?? []).filter(
      (s) => s.label.at(-1) === written.at(-1) && fitsLength(s, written),
    );
  }

  function fitsLength(sense: Sense, written: string): boolean {
    return (
      sense.label.length === written.length ||
      (/自治[县旗]$/u.test(sense.label) && sense.label.length > written.length)
    );
  }

  /** 大菁山县 → 大箐山县; of several, those that look or sound nearly alike. */
  function oneCharacterOff(written: string): readonly Sense[] {
    const names = namesOneOff(written);
    if (names.length < 2) return sensesOf(names);
    const alike = likely(written);
    if (alike.length > 0) return alike;
    // So short a name that's off in 区 or 市 may well be none at all.
    return written.length === 3 && !/[县旗]$/u.test(written) ? [] : sensesOf(names);
  }

  function namesOneOff(written: string): readonly string[] {
    // 密码区 is no misspelt 密云区.
    if (words.has(written.slice(0, -1))) return [];
    const shelf = shelves.get(`${written.at(-1)}${written.length}`) ?? [];
    return shelf.filter((name) => differences(name, written) === 1);
  }

  /** 浙川县 looks like 淅川县; 巫三县 sounds nearly like 巫山县 (z for zh, n for ng). */
  function likely(written: string): readonly Sense[] {
    const sound = slurred(toneless(written));
    return sensesOf(
      namesOneOff(written).filter((name) => looksLike(name, written) || slurred(toneless(name)) === sound),
    );
  }

  function looksLike(name: string, written: string): boolean {
    return [...name].every((right, i) => {
      const other = written[i] ?? "";
      return right === other || lookalikes.get(right)?.includes(other) === true;
    });
  }

  /** 克什腾旗 → 克什克腾旗. Of three characters what's left is too little. */
  function oneCharacterMissing(written: string): readonly Sense[] {
    if (written.length < 4 || words.has(written.slice(0, -1))) return [];
    const near = nearestLongName(written, 1, (name) => name.at(-1) === written.at(-1));
    return sensesOf(near.map(({ name }) => name).filter((name) => name.length !== written.length));
  }

  /** 漳州章普: after a city what sounds nearly like something in it, and like nothing else there. */
  function insideParent(text: string, parent: Mention, exact: readonly Mention[]): Mention | undefined {
    const from = parent.to;
    for (let to = from + 4; to >= from + 2; to--) {
      const written = text.slice(from, to);
      if (!/^\p{Script=Han}{2,4}$/u.test(written) || SENTENCE.test(written) || words.has(written)) continue;
      if (exact.some((m) => m.from < to && m.to > from)) continue;
      if (askedOf(text.slice(to)).left !== "") continue;
      const inside = (name: string) =>
        (latin.names.get(name) ?? []).filter(
          (s) => parent.senses.some((p) => liesIn(s, p)) && stemLength(s) === written.length,
        );
      const near = nearestInLetters(toneless(written).join(""), 1, (name) => inside(name).length > 0);
      const sounding = near.flatMap(({ name }) => inside(name));
      const senses =
        sounding.length > 0
          ? sounding
          : lookingLike(written).filter((s) => parent.senses.some((p) => liesIn(s, p)));
      if (senses.length > 0) return { from, to, senses, typo: true };
    }
    return undefined;
  }

  function sensesOf(names: readonly string[]): Sense[] {
    return names.flatMap((name) => index.senses(name).filter((s) => s.how === "name"));
  }

  /** A stem with one character written as another that looks like it: 浙川 for 淅川. */
  function lookingLike(written: string): readonly Sense[] {
    return [...written].flatMap((other, i) =>
      (writtenFor.get(other) ?? []).flatMap((right) =>
        index.senses(written.slice(0, i) + right + written.slice(i + 1)).filter((s) => s.how === "name"),
      ),
    );
  }

  /** 浙川能修吗，南阳那个: a clause without a name, and a city that a name in it lies in. */
  function stemsOfParents(text: string, exact: readonly Mention[]): Mention[] {
    let from = 0;
    return text.split(",").flatMap((clause) => {
      const here = from;
      from += clause.length + 1;
      if (exact.some((m) => m.from >= here && m.to <= here + clause.length)) return [];
      return bareStem(clause, here).flatMap((mention) => {
        const senses = mention.senses.filter((s) => exact.some((m) => m.senses.some((p) => liesIn(s, p))));
        return senses.length > 0 ? [{ ...mention, senses }] : [];
      });
    });
  }

  /** 漳蒲能上门吗: no kind to hold on to, so what's left of a question must be a stem by its sound or looks. */
  function bareStem(text: string, offset: number): Mention[] {
    const { from, left } = askedOf(text.replace(POLITE_END, ""));
    const stems = [...left.matchAll(/\p{Script=Han}{2,4}/gu)];
    const [stem] = stems;
    if (stem === undefined || stems.length > 1 || /\p{Script=Han}/u.test(left.replace(stem[0], "")))
      return [];
    if (words.has(stem[0]) || SENTENCE.test(stem[0]) || text.length === stem[0].length + 1) return [];
    if (["镇", "乡", "街道"].some((kind) => index.townships(stem[0] + kind).length > 0)) return [];
    const sounding = (latin.names.get(toneless(stem[0]).join("")) ?? []).filter(
      (s) => s.how === "name" && [...stem[0]].some((c) => s.label.includes(c)),
    );
    const senses = sounding.length > 0 ? sounding : lookingLike(stem[0]);
    const start = offset + from + stem.index;
    return senses.length > 0 ? [{ from: start, to: start + stem[0].length, senses, typo: true }] : [];
  }
}

/** A question without the words around what it asks about. One word at a time: a pattern of them all can take years. */
function askedOf(question: string): { readonly from: number; readonly left: string } {
  if (question.length > LONGEST_QUESTION) return { from: 0, left: question };
  let from = 0;
  for (let hit = BEFORE.exec(question); hit !== null; hit = BEFORE.exec(question.slice(from)))
    from += hit[0].length;
  let left = question.slice(from);
  for (let hit = BEHIND.exec(left); hit !== null; hit = BEHIND.exec(left)) left = left.slice(0, hit.index);
  return { from, left };
}

function stemLength({ label }: Sense): number {
  return label.replace(/(?:自治)?[县市区旗]$/u, "").length;
}

function distinct(senses: readonly Sense[]): readonly Sense[] {
  return [...new Map(senses.map((s) => [`${s.how} ${s.codes.join()}`, s])).values()];
}

function differences(a: string, b: string): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count;
}

/** How many southerners say it: no curled tongue, one nasal. */
function slurred(syllables: readonly string[]): string {
  return syllables
    .join(" ")
    .replace(/([zcs])h/g, "$1")
    .replace(/ng\b/g, "n")
    .replace(/\bl/g, "n");
}
