import { HONG_KONG_MACAU_TAIWAN, isWithin, levelOf } from "./gazetteer.ts";
import type { Mention } from "./hanzi.ts";
import { liesIn, type Sense } from "./names.ts";

/** A place asked about, its senses narrowed by the places around it. */
export interface Asked {
  readonly from: number;
  readonly to: number;
  readonly senses: readonly Sense[];
  readonly typo: boolean;
  /** Written as part of what it isn't in: 泉州漳浦. */
  readonly wrongParent: boolean;
}

const LEVELS = { province: 0, prefecture: 1, county: 2 };
/** Between a place and one inside it: nothing, 的, a comma in English. */
const JOINED = /^(?:[\s,]*|的|市|省|那边的?|这边的?|下面的?|里面?的?)$/u;
const LISTED = /^(?:[\s,]*(?:和|跟|与|及|以及|还有|或者?|and|or)[\s,]*|[\s,]*)$/u;
/** Clauses that only mention a place: known already, not what was meant. */
const MENTIONED_ONLY =
  /知道|晓得|清楚|不用说|不用管|不是问|没问|不问|别说|先不管|不要|不说了|就不说|不提|除了|听说|(?<!在)不在|(?:^|[,\s])不是|already know|i know|not asking|other than|besides|except|(?:^|[,\s])not (?!in )/u;
/** Right before a place: 不是杭州, 南昌的. */
const DENIED = /(?<!是)不是|唔系|唔是|不系|并非|bu ?shi(?![a-z])/u;
const WHERE_FROM = /买的|买了|购买|网购|发货|寄来|bought|purchased/u;
/** Where the customer is, beside where the safe is. */
const WHERE_I_AM = /人在|人不在|打工|上班|工作|出差|上学|读书|i work|i'm away/u;

const LONG_CLAUSE = 24;
const BESIDE = 10;

/**
 * Which places are asked about, and what each can mean: parents narrow namesakes and are no question of
 * their own; a place that's only mentioned (漳浦我知道有,那云霄呢) doesn't count (R11b).
 * @param context codes understood before
 */
export function resolveAsked(
  text: string,
  mentions: readonly Mention[],
  context: readonly string[],
): Asked[] {
  const askedOf = withoutParents(text, mentions);
  const relevant = onlyWhatIsAsked(text, askedOf);
  return relevant.map((asked) => ({ ...asked, senses: settle(narrowByContext(asked.senses, context)) }));
}

function withoutParents(text: string, mentions: readonly Mention[]): Asked[] {
  const narrowed: Asked[] = mentions.map(({ from, to, senses, typo }) => ({
    from,
    to,
    senses,
    typo,
    wrongParent: false,
  }));
  const canHold = narrowed.map(({ senses }) => senses.some(isAboveCounties));
  const isNamed = narrowed.map(({ senses }) => senses.some((s) => s.how === "name" || s.how === "former"));
  const isSmall = narrowed.map(({ senses }) => senses.some((s) => s.how !== "name"));
  const parents = new Set<number>();
  const childrenOf = new Map<number, Set<number>>();
  const narrow = (i: number, k: number) => {
    const inner = narrowed[i];
    const outer = narrowed[k];
    if (!canHold[k] && !(isSmall[i] && isNamed[k])) return;
    if (inner === undefined || outer === undefined || childrenOf.get(i)?.has(k)) return;
    const between = k < i ? text.slice(outer.to, inner.from) : text.slice(inner.to, outer.from);
    const near = Math.abs(i - k) === 1 && JOINED.test(between);
    // 漳州、漳浦: both asked, but 徐州的鼓楼 and, later on, 云龙 still are 徐州's.
    if (k > i && !near && !sameQuestion(between)) return;
    const inside = inner.senses.filter((s) => outer.senses.some((o) => liesIn(s, o)));
    if (inside.length === 0) return;
    narrowed[i] = { ...inner, senses: inside };
    narrowed[k] = { ...outer, senses: outer.senses.filter((o) => inside.some((s) => liesIn(s, o))) };
    childrenOf.set(k, (childrenOf.get(k) ?? new Set()).add(i));
    if (near || !LISTED.test(between) || between.trim() === "") parents.add(k);
  };
  // 淮安淮阴: what comes first holds what follows, before the other way round.
  for (let i = 0; i < narrowed.length; i++) for (let k = 0; k < i; k++) narrow(i, k);
  for (let i = 0; i < narrowed.length; i++) for (let k = i + 1; k < narrowed.length; k++) narrow(i, k);
  markWrongParents(text, narrowed, parents);
  return narrowed
    .flatMap((asked, i) => (parents.has(i) ? [] : [{ ...asked, senses: knownHere(asked.senses, narrowed) }]))
    .filter((a) => a.senses.length > 0);
}

function isAboveCounties({ codes }: Sense): boolean {
  return codes.some((code) => levelOf(code) !== "county");
}

function sameQuestion(between: string): boolean {
  return between.length <= 6 && !between.includes(",");
}

function markWrongParents(text: string, asked: Asked[], parents: Set<number>): void {
  for (let i = 1; i < asked.length; i++) {
    const outer = asked[i - 1];
    const inner = asked[i];
    if (
      outer === undefined ||
      inner === undefined ||
      text.slice(outer.to, inner.from).trim() !== "" ||
      parents.has(i - 1) ||
      parents.has(i)
    )
      continue;
    if (inner.senses.some((s) => outer.senses.some((o) => liesIn(s, o)))) continue;
    if (rank(outer.senses) >= rank(inner.senses)) continue;
    parents.add(i - 1);
    const abroad = outer.senses.every(
      (s) => s.how === "abroad" || s.codes.every((code) => HONG_KONG_MACAU_TAIWAN.has(code)),
    );
    asked[i] = abroad ? { ...inner, senses: outer.senses } : { ...inner, wrongParent: true };
  }
}

/** The highest level a mention can have; places without a level rank below counties. */
function rank(senses: readonly Sense[]): number {
  return Math.min(
    ...senses.map((s) =>
      s.how === "name" || s.how === "abroad" ? LEVELS[levelOf(s.codes[0] ?? "000000")] : 3,
    ),
  );
}

/** 郊区 and 市中区 of the past are known only beside the city they were in. */
function knownHere(senses: readonly Sense[], all: readonly Asked[]): readonly Sense[] {
  return senses.filter((s) => !s.needsParent || all.some((other) => other.senses.some((o) => liesIn(s, o))));
}

function onlyWhatIsAsked(text: string, asked: readonly Asked[]): readonly Asked[] {
  if (asked.length < 2) return asked;
  const clauseOf = (a: Asked) => around(text, a);
  const asides: ((a: Asked) => boolean)[] = [
    (a) => DENIED.test(sinceLast(text, a, asked)) && !isListedOn(text, a, asked),
    (a) => MENTIONED_ONLY.test(clauseOf(a)),
    (a) => WHERE_FROM.test(clauseOf(a)),
    (a) => /老家/u.test(clauseOf(a)) && /现在|目前|如今/u.test(text),
    (a) => WHERE_I_AM.test(around(text, a, 4)),
    // 从深圳搬到中山坦洲
    (a) => text[a.from - 1] === "从",
  ];
  for (const isAside of asides) {
    const left = asked.filter((a) => !isAside(a));
    if (left.length > 0 && left.length < asked.length) return left;
  }
  return asked;
}

/** What stands between a place and the one before it, within its clause; a space ends one too. */
function sinceLast(text: string, { from }: Asked, asked: readonly Asked[]): string {
  const last = Math.max(0, ...asked.map(({ to }) => to).filter((to) => to <= from));
  return (
    text
      .slice(last, from)
      .split(/,|(?<=\p{Script=Han}) /u)
      .at(-1) ?? ""
  );
}

/** 不是说漳浦和龙海都能修吗: nothing is corrected. */
function isListedOn(text: string, { to }: Asked, asked: readonly Asked[]): boolean {
  const next = asked.find(({ from }) => from >= to);
  return next !== undefined && /^[\s,]*(?:和|跟|与|及|以及|还有|and)/u.test(text.slice(to, next.from));
}

/** The clause a place is in; of a long one, as people speak without a pause, the words beside the place. */
function around(text: string, { from, to }: Asked, after = BESIDE): string {
  const start = text.lastIndexOf(",", from - 1) + 1;
  const comma = text.indexOf(",", to);
  const end = comma < 0 ? text.length : comma;
  // A letter is a fifth of a word, a character half of one.
  const scale = /\p{Script=Han}/u.test(text.slice(start, end)) ? 1 : 4;
  if (end - start <= LONG_CLAUSE * scale) return text.slice(start, end);
  return text.slice(Math.max(start, from - BESIDE * scale), Math.min(end, to + after * scale));
}

function narrowByContext(senses: readonly Sense[], context: readonly string[]): readonly Sense[] {
  if (senses.length < 2 || context.length === 0) return senses;
  const near = senses.filter((s) =>
    s.codes.some((code) => context.some((known) => isWithin(code, known) || isWithin(known, code))),
  );
  return near.length > 0 ? near : senses;
}

/** What's left of the namesakes: today's names before others, a province before its small namesakes, a prefecture before its seat. */
function settle(senses: readonly Sense[]): readonly Sense[] {
  const firstOf =
    (["name", "former", "zone", "landmark", "township", "abroad"] as const)
      .map((how) => senses.filter((s) => s.how === how))
      .find((s) => s.length > 0) ?? [];
  // Where a name is both today's and a former one elsewhere, today's counts.
  const provinces = firstOf.filter((s) => levelOf(s.codes[0] ?? "") === "province" && s.how === "name");
  if (provinces.length > 0 && !allSamePlaces(firstOf, provinces)) return provinces;
  const prefectures = firstOf.filter((s) => s.how === "name" && levelOf(s.codes[0] ?? "") === "prefecture");
  const rest = firstOf.filter((s) => !prefectures.includes(s) && !prefectures.some((p) => liesIn(s, p)));
  if (rest.length === 0 && prefectures.length === 1) return prefectures;
  return [...prefectures, ...firstOf.filter((s) => !prefectures.includes(s))];
}

/** 港澳 and 江浙沪 stand for all of them at once. */
function allSamePlaces(senses: readonly Sense[], provinces: readonly Sense[]): boolean {
  return senses.length === provinces.length;
}
