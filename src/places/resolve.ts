import { isAskedForItself, onlyWhatIsAsked } from "./aside.ts";
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
    // 漳浦有吗，漳州呢: both asked, but 漳浦有吗，漳州那个 only says which one.
    if (k > i && !near && isAskedForItself(text, outer, inner)) return;
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
