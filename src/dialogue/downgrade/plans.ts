/** 129, 129元, 8块钱的保号套餐, 大流量套餐, SVIP, 2T空间. */
const MONEY = "[¥￥]?\\d{1,4}(?:\\.\\d{1,2})?\\s?(?:元|块钱|块|圆)?(?:一个月|每个?月|/月)?";
const KIND = "(?:套餐|会员|月租|保号|档位?|卡|版)";
const PLAN = `(?:\\d{1,4}\\s?(?:tb|gb|t|g)(?:的?(?:空间|会员|套餐|版))?|${MONEY}(?:的?[\\p{Script=Han}A-Za-z]{0,4}?${KIND}+)?|(?:最低|最便宜|基础|普通|免费|标准|高级|(?:(?![把将从由想要降改换说的])[\\p{Script=Han}A-Za-z\\d+]){1,8}?)的?${KIND}+|s?vip\\d?)`;
const DOWN = "(?:降级?|改|换|转|变更?|调低?|退)(?:到|成|为|至|回)?";
const OF = "(?:从|由|把|将|现在用?的?是?|目前用?的?是?|我的|我用的是?|用的是?|办的是?|在用)";
const FROM_TO = new RegExp(
  `${OF}?\\s?(?<from>${PLAN})(?:套餐)?的?(?:我?想要?|我?要|给我|直接|能|可以)?${DOWN}\\s?(?<to>${PLAN})`,
  "iu",
);
const TO = new RegExp(
  `(?:降级?|改|换|转|变更?|调低?)(?:到|成|为|至|回)\\s?(?<to>${PLAN})|(?:想|要)(?:办|用|换)(?:个|一个)?(?<wanted>\\d{1,3}(?:元|块钱?)的?${KIND}*)`,
  "iu",
);
const FROM = new RegExp(
  `(?:现在用?的?是?|目前用?的?是?|我的|我用的是?|用的是?|办的是?|在用)\\s?(?<from>${PLAN})`,
  "iu",
);

const EN_PLAN =
  "(?:(?:[¥￥]|rmb\\s?|cny\\s?)?\\d{1,4}(?:\\.\\d{1,2})?(?:[\\s-]?(?:yuan|rmb|gb|tb))?(?:[\\s-](?:a|per) month)?(?:[\\s-](?:plan|tier|package))?|[a-z+]{1,14}(?:\\s[a-z+]{1,14}){0,2}?\\s(?:plan|tier|package|membership)|basic|standard|premium|s?vip|free)";
const EN_FROM_TO = new RegExp(
  `\\bfrom\\s+(?:my\\s|the\\s|an?\\s)?(?<from>${EN_PLAN})\\s(?:down\\s)?to\\s+(?:the\\s|an?\\s)?(?<to>${EN_PLAN})`,
  "iu",
);
const EN_TO = new RegExp(
  `\\b(?:downgrade|switch|change|go down|move down|move|drop)\\b[^,.?!]{0,30}?\\bto\\s+(?:the\\s|an?\\s)?(?<to>${EN_PLAN})`,
  "iu",
);

const EN_ONE = "(?:[¥￥]|rmb\\s?|cny\\s?)?\\d{1,4}(?:\\.\\d{1,2})?(?:[\\s-]?(?:yuan|rmb|gb|tb))?";
const EN_WANTED = new RegExp(
  `\\b(?:want|need|like)\\s+(?:the|an?)\\s(?<to>${EN_ONE})\\s(?:one|plan|tier|package)\\b`,
  "iu",
);
const EN_HAVE = new RegExp(
  `\\b(?:it['’]?s|i['’]?m on|i have|i pay)\\s(?:the\\s|an?\\s)?(?<from>${EN_ONE})(?:\\s(?:one|plan|tier|package))?(?=\\s*(?:[,.;]|$|and\\b|now\\b|a month\\b|per month\\b|but\\b))`,
  "iu",
);

/** The plan a customer has and the one they want, as they call them. */
export function plansIn(text: string): { readonly plan?: string; readonly target?: string } {
  const both = FROM_TO.exec(text)?.groups ?? EN_FROM_TO.exec(text)?.groups;
  if (both !== undefined) return named(both.from, both.to);
  const to = TO.exec(text)?.groups ?? EN_TO.exec(text)?.groups ?? EN_WANTED.exec(text)?.groups;
  const wanted = to?.to ?? to?.wanted;
  // "It's 129" names a plan only beside the one that is wanted.
  const has = wanted === undefined ? undefined : EN_HAVE.exec(text)?.groups?.from;
  return named(FROM.exec(text)?.groups?.from ?? has, wanted);
}

function named(from: string | undefined, to: string | undefined): { plan?: string; target?: string } {
  const plan = trimmed(from);
  const target = trimmed(to);
  return { ...(plan === undefined ? {} : { plan }), ...(target === undefined ? {} : { target }) };
}

/** Without what leads up to the name: 现在的大流量套餐 is the 大流量套餐. */
function trimmed(name: string | undefined): string | undefined {
  const bare = name?.trim().replace(/^(?:现在|目前|原来|这个|那个|我)?的?/u, "");
  return bare === "" || bare === undefined || /^(?:套餐|会员|卡|版|档)$/u.test(bare) ? undefined : bare;
}

/** 8 yuan plan → 8元套餐; a plan with a name of its own keeps it. */
export function planInChinese(name: string): string {
  return name.replace(/^(\d+(?:\.\d+)?)[\s-]?(?:yuan|rmb)(?:\s(?:plan|tier|package))?$/iu, "$1元套餐");
}
