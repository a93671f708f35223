import { normalise } from "../nlu/normalise.ts";
import type { PlaceReading } from "../places/types.ts";

/** Asked of a place, these ask whether we come there, not for somebody to talk to: 有没有人, 来人吗, "anyone in". */
const ANYBODY = new RegExp(
  [
    "(?:还|是否)?(?:有没有|有冇|有无|有|设有)(?:你们|你哋|贵公?司)?(?:家|公司)?的?(?:服务|售后|维修|驻点|工作)?(?:人员|人手|人(?![工类])|干活的)(?:能|可以|肯)?(?:来|过来|上门|去)?(?:修|看|弄|开)?(?:[吗么没不嘛伐无冇呢]|没有)?(?:啊|呀|哦|哈|㗎|喔|噃)?(?=$|[\\s,]|修|开|换|弄|在|上门)",
    "(?:你们|你们的人)?(?:能|可以)?(?:来|派|派不派|来不来|安排|喊得到|叫得到)(?:得了|个|一个|几个)?人?(?:来|过来|去|上门)?(?:修|看)?[吗么没不嘛伐](?=$|[\\s,])",
    "有不有人|派不派人",
    "\\b(?:you mei you|you|lai|pai(?: bu pai)?(?: ge)?) ren(?: neng)?(?: lai| xiu| shangmen)?(?: ma| mei| bu| me)?(?=$|[ ,])",
    "\\b(?:got |have |is there |are there )?(?:any ?one|anybody|someone|somebody)(?= (?:in|at|near|around|who can come|to come)\\b)",
  ].join("|"),
  "gu",
);

/** The like of it right behind a place. */
const BEHIND_PLACE = new RegExp(
  `^(?:${[
    "[市县区旗]|那边|这边|那块|这块|那里|这里|那儿|这儿|的话|到底|现在|今天|你们|还|都|[,\\s]",
    "shi|xian|qu|zhebian|nabian|zhe bian|na bian|nimen",
  ].join("|")})*(?:${[
    "(?:有没有|有冇|有没|有无)(?=$|[\\s,]|人|师傅|你们|售后|服务|维修|网点|驻|点|修|据点|门店)",
    "(?:呢|咧|嘞)(?=$|[\\s,])|有[吗么不]|有人(?:[吗么没不嘛伐]|没有)",
    "(?:接单|接活|接案|接不接|做不做|跑不跑|去不去|来不来|派不派|管不管|修不修|归不归|行不行|行吗|可以吗|可以不|能来|开通)",
    "(?:能不能|能否|可不可以|可否|能)(?:来|上门|修|开|派|整|弄|搞)",
    "(?:pai bu pai|jie dan|jie bu jie|you ren|lai bu lai|qu bu qu|xiu bu xiu|zuo bu zuo|guan bu guan)(?=$| )",
    "(?:neng bu neng|neng|keyi) (?:lai|xiu|kai|zheng|shangmen|pai)",
  ].join("|")})`,
  "u",
);
const ANYWHERE =
  /接单[吗么没不]|接活[吗么没不]|接案吗|派人(?:来|过来)?[吗么没不]|(?:能|可以)来(?:给|帮)?[^,]{0,4}[吗么没不](?=$|[\s,])|来人[吗么没不]|上门[吗么没不嘛](?=$|[\s,])/u;

/** Whether it's plainly asked if somebody comes to a place that is named. */
export function asksWhetherWeCome(text: string, { parts }: PlaceReading): boolean {
  const said = normalise(text);
  if (ANYWHERE.test(said)) return true;
  return parts.some((part) => {
    const name = normalise(part.text);
    const at = name === "" ? -1 : said.lastIndexOf(name);
    return at >= 0 && BEHIND_PLACE.test(said.slice(at + name.length).trimStart());
  });
}

/**
 * What is left of a text without its places and what asks whether anybody comes to them. The place is left out in
 * one, and 那边 stands for it in the other: what asks for a person does in either.
 */
export function besidePlaces(text: string, { parts }: PlaceReading): readonly string[] {
  const named = parts.map((part) => normalise(part.text)).filter((name) => name !== "");
  return ["", "那边"].map((instead) =>
    named.reduce((left, name) => left.replaceAll(name, instead), normalise(text)).replace(ANYBODY, ""),
  );
}
