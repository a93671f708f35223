import { onlyAsks } from "./asking.ts";
import { HONG_KONG_MACAU_TAIWAN, levelOf } from "./gazetteer.ts";
import type { Sense } from "./names.ts";
import type { Span } from "./segment.ts";

/** A place in a text, and what it can mean. */
interface Named extends Span {
  readonly senses: readonly Sense[];
  readonly typo: boolean;
}

/** Clauses that only mention a place: known already, not what was meant. */
const MENTIONED_ONLY =
  /知道|晓得|清楚|不用说|不用管|不是问|没问|不问|别说|先不管|不要|不说了|就不说|不提|除了|听说|(?<!在)不在|(?:^|[,\s])不是|already know|i know|not asking|other than|besides|except|(?:^|[,\s])not (?!in )/u;
/** Right before a place: 不是杭州, 南昌的. */
const DENIED = /(?<!是)不是|唔系|唔是|不系|并非|bu ?shi(?![a-z])/u;
/** What others had, or were told: 朋友说三水有, "a friend in Xishui used you". */
const OTHERS =
  /(?:朋友|同事|邻居|亲戚|人家|别人|同学|客户|老乡|同行|有人|网上)[^,]{0,4}(?:说|讲|话|告诉|提)|(?:朋友|同事|邻居|亲戚|同学|客户)(?:[在是家]|那边)|\b(?:friend|colleague|neighbou?r|cousin|relative|client|customer)s?\b.{0,40}\b(?:used|had|got|said|says|told|lives?|is|was|has)\b/u;
/** What was before: 上次在光山修的, "last time you came to Xishui". */
const BEFORE_NOW =
  /上次|上回|之前|以前|从前|原来|原先|前几年|去年|前年|last (?:time|year)|previously|used to|moved from/u;
const WHERE_FROM = /买的|买了|购买|网购|发货|寄来|bought|purchased/u;
/** Where the customer is, beside where the safe is. */
const WHERE_I_AM = /人在|人不在|打工|上班|工作|出差|上学|读书|i work|i'm away/u;

/** 我妈在会昌，我在上海: they ask for others, or for a safe that isn't where they are. */
const I_AM_IN = /(?:^|[,\s])我(?:人|本人|自己)?(?:现在|目前)?(?:住|人)?在$/u;
const OTHERS_ARE_IN =
  /(?:妈|爸|父母|爹|娘|老人|爷爷|奶奶|外公|外婆|公公|婆婆|丈人|岳[父母]|老婆|老公|孩子|儿子|女儿|家里|老家|店|厂|柜子?|保险[柜箱])[^,]{0,3}在/u;

/** Beside a place: 挨着五台, 离香港很近, 宁河隔壁, 盘山脚下. */
const BESIDE_BEFORE =
  /(?:挨着|挨到|靠着|紧靠|靠近|临近|紧邻|紧挨着?|毗邻|邻近|接近|连着|对着|隔着|[靠离距挨]|距离|从|next to|close to|near|far from|hours? from|drive from|minutes? from|km from)\s*$/u;
const BESIDE_AFTER =
  /^[市县区]?(?:城区|市区|县城|那边|那里)?(?:的?(?:隔壁|旁边|边上|对面|交界|接壤|搭界|相邻|邻居)|[很挺蛮]?[不]?[远近](?!不)|[^,]{0,2}(?:公里|小时|分钟|里地|里路)|脚下|山脚|口音)/u;
/** 高港来的客户, 平度人: where people come from; 总公司在应县, 娘家桃江: what else is there. */
const OF_PEOPLE_BEFORE = /(?:娘家|婆家|籍贯|祖籍|总公司在?|总部在?|总店在?|户口在?|身份证是?|出生在?|生在)$/u;
const OF_PEOPLE_AFTER =
  /^[市县区]?(?:那边|这边)?(?:过?来的|的(?:客户|老板|朋友|亲戚|同行|货|媳妇|女婿|司机)|(?:客户|老板|老乡|媳妇|女婿|籍)|人(?=$|[,\s]))/u;
/** 高邮的师傅能不能来海陵: who comes, not where to. */
const WHO_COMES = /^[市县区]?(?:市里|城里|那边|这边|里)?的?(?:师傅|技术员|工人|维修工)/u;
const GOES_TO = /[来到去往]$/u;

/** What asks behind a place: 漳州呢, 漳州那边有没有. */
const ASKED_AFTER =
  /^[省市县区州]?(?:那边|这边|那里|这里|那块|那儿|这块|的话|市里|市区|里面|下面|\s)*(?:呢|咧|嘞|咯|捏|有没有|有吗|有么|有没|有冇|能|可以|也|都|修不|来不|去不|[去来修跑做]吗|行|算|在不在|归|属于|覆盖|(?:ne|you|neng|keyi|ye|xiu)\b)/u;
/** What makes a city or province more than where the other place lies: 漳州其他地方, "the rest of Fujian". */
const WHOLE_BEFORE = /(?:整个|全|还有|以及|或者?|the rest of|other parts of|all of|about|\band|\bor)\s*$/u;
const WHOLE_AFTER =
  /^[省市县区州]?(?:的|里|下面|那边)*(?:其他|其它|别的|别处|剩下|周边|各[县地区市]|全境|哪些|哪几|几个[县地区市])/u;
const ASKS =
  /[吗么嘛没不否伐](?:啊|呀|哦|哈)?$|呢$|有没有|有冇|能不能|可不可以|是不是|行不行|谁|多少|怎么|(.)不\1|\b(?:ma|ne)$|^(?:so |and |but |also |then |please )*(?:do|does|did|can|could|will|would|is|are|any|what about|how about|and|or)\b/u;
/** 福建的, 南阳那个, 晋中这边的: says which one. */
const WHICH_ONE = /^[省市县区州]?(?:那边|这边|下面|底下|地区|那里|嗰边|那|这)?的?(?:那个|个)?(?:地方)?$/u;

const IN_A_LIST = /^[\s,]*(?:和|跟|与|及|以及|还有|或者?|and|or)?[\s,]*$/u;

const LONG_CLAUSE = 24;
const BESIDE = 10;

/** Whether a city or province is asked about for itself, though a place in it was named before it. */
export function isAskedForItself(text: string, outer: Span, inner: Span): boolean {
  const before = text.slice(0, outer.from);
  const after = text.slice(outer.to);
  if (WHOLE_BEFORE.test(before) || WHOLE_AFTER.test(after)) return true;
  if (/[归属离距]$|属于$|距离$/u.test(before) || WHO_COMES.test(after)) return false;
  if (ASKED_AFTER.test(after)) return true;
  const { from, to } = clauseAt(text, outer);
  return inner.to <= from && ASKS.test(text.slice(from, to)) && !WHICH_ONE.test(text.slice(outer.to, to));
}

/** The places that are asked about: not those that are only mentioned beside them (R11b). */
export function onlyWhatIsAsked<N extends Named>(text: string, asked: readonly N[]): readonly N[] {
  const clauseOf = (a: N) => around(text, a);
  const asides: ((a: N, others: readonly N[]) => boolean)[] = [
    (a) => DENIED.test(sinceLast(text, a, asked)) && !isListedOn(text, a, asked),
    (a) => MENTIONED_ONLY.test(clauseOf(a)),
    (a) => OTHERS.test(clauseOf(a)),
    (a) => WHERE_FROM.test(clauseOf(a)),
    (a) => BEFORE_NOW.test(clauseOf(a)),
    (a) => /老家/u.test(clauseOf(a)) && /现在|目前|如今/u.test(text),
    (a) => WHERE_I_AM.test(around(text, a, 4)),
    (a, others) =>
      I_AM_IN.test(text.slice(0, a.from)) && others.some((other) => OTHERS_ARE_IN.test(clauseOf(other))),
    (a) => BESIDE_BEFORE.test(text.slice(0, a.from)) || BESIDE_AFTER.test(text.slice(a.to)),
    (a) => OF_PEOPLE_BEFORE.test(text.slice(0, a.from)) || OF_PEOPLE_AFTER.test(text.slice(a.to)),
    (a, others) =>
      WHO_COMES.test(text.slice(a.to)) && others.some((other) => GOES_TO.test(text.slice(0, other.from))),
    (a) => isOutOfChina(a) && !isAsked(text, a, asked),
    (a, others) => isTold(text, a, asked) && !(isLarge(a) && others.some(({ typo }) => typo)),
  ];
  let left = asked;
  for (const isAside of asides) {
    const others = left.filter(
      (a) =>
        !isAside(
          a,
          left.filter((other) => other !== a),
        ),
    );
    if (others.length > 0) left = others;
  }
  return left;
}

function isOutOfChina({ senses }: Named): boolean {
  return senses.every((s) => s.how === "abroad" || s.codes.some((code) => HONG_KONG_MACAU_TAIWAN.has(code)));
}

function isLarge({ senses }: Named): boolean {
  return senses.some((s) => s.codes.some((code) => levelOf(code) !== "county"));
}

/** Whether what asks stands right behind a place, or in its clause, or a list joins it with another place. */
function isAsked(text: string, place: Named, all: readonly Named[]): boolean {
  if (ASKED_AFTER.test(text.slice(place.to))) return true;
  const { from, to } = clauseAt(text, place);
  const isAlone = all.every((other) => other === place || other.to <= from || other.from >= to);
  if (isAlone && ASKS.test(text.slice(from, to))) return true;
  return all.some(
    (other) =>
      other !== place &&
      IN_A_LIST.test(text.slice(Math.min(place.to, other.to), Math.max(place.from, other.from))),
  );
}

/** 湖州这俩县我经常跑: a clause that tells something, before or behind one that asks of another place. */
function isTold(text: string, place: Named, all: readonly Named[]): boolean {
  const own = clauseAt(text, place);
  if (asks(own) || isEmpty(text, own, all)) return false;
  const others = all.map((other) => clauseAt(text, other)).filter(({ from }) => from !== own.from);
  if (!others.some(asks)) return false;
  // 柜子在漳浦，能来修吗: what asks in the next clause asks of this place.
  for (let next = clauseAfter(text, own); next !== undefined; next = clauseAfter(text, next)) {
    if (others.some(({ from }) => from === next?.from)) return true;
    if (asks(next)) return false;
  }
  return true;

  function asks({ from, to }: Span): boolean {
    return ASKS.test(text.slice(from, to));
  }
}

/** What stands between a place and the one before it, within its clause; a space ends one too. */
function sinceLast(text: string, { from }: Span, asked: readonly Span[]): string {
  const last = Math.max(0, ...asked.map(({ to }) => to).filter((to) => to <= from));
  return (
    text
      .slice(last, from)
      .split(/,|(?<=\p{Script=Han}) /u)
      .at(-1) ?? ""
  );
}

/** 不是说漳浦和龙海都能修吗: nothing is corrected. */
function isListedOn(text: string, { to }: Span, asked: readonly Span[]): boolean {
  const next = asked.find(({ from }) => from >= to);
  return next !== undefined && /^[\s,]*(?:和|跟|与|及|以及|还有|and)/u.test(text.slice(to, next.from));
}

/** Whether a clause holds nothing but places and what stands around them. */
function isEmpty(text: string, { from, to }: Span, all: readonly Named[]): boolean {
  let left = text.slice(from, to);
  for (const place of all.filter((a) => a.from >= from && a.to <= to))
    left = left.replace(text.slice(place.from, place.to), " ");
  return onlyAsks(left);
}

function clauseAt(text: string, { from, to }: Span): Span {
  const comma = text.indexOf(",", to);
  return { from: text.lastIndexOf(",", from - 1) + 1, to: comma < 0 ? text.length : comma };
}

function clauseAfter(text: string, { to }: Span): Span | undefined {
  return to >= text.length ? undefined : clauseAt(text, { from: to + 1, to: to + 1 });
}

/** The clause a place is in; of a long one, as people speak without a pause, the words beside the place. */
function around(text: string, { from, to }: Span, after = BESIDE): string {
  const { from: start, to: end } = clauseAt(text, { from, to });
  // A letter is a fifth of a word, a character half of one.
  const scale = /\p{Script=Han}/u.test(text.slice(start, end)) ? 1 : 4;
  if (end - start <= LONG_CLAUSE * scale) return text.slice(start, end);
  return text.slice(Math.max(start, from - BESIDE * scale), Math.min(end, to + after * scale));
}
