/** What stands around a place where somebody asks whether the service comes there, the longest first. */
const AROUND = [
  "能不能|可不可以|是不是|算不算|来不来|去不去|做不做|修不修|跑不跑|管不管|行不行|在不在|有没有|来得了|去得了",
  "请问一下|麻烦查一下|麻烦问一下|查一下|问一下|想问一下|请问|想问|麻烦|查查|问下|查下|帮我|看看|查",
  "你们家|你们|我们|咱们|咱|俺|恁|我这里是|我这里|我老家|老家|我家|家里|人在|住在|地址|我|人|家|住|在|到|去|来",
  "艾莱仕|保险柜|柜子|师傅|服务区域|服务范围|服务网点|服务|网点|维修点|维修|售后|上门|业务|覆盖|名单|范围|区域|开锁|报修|换锁芯|换锁",
  "这边|那边|这里|那里|这儿|那儿|附近|城区|乡下|周边|一带|的话|派个|派|安排|一个|一趟|多久|预约|怎么|要|过来",
  "什么的|还有|那么|就是|说的是|我是说|那个|这个|可以|不是|属于|归|您好|你好|谢谢|那|也|就|都|系|是|能|会|行|做|跑|修|管|有|没|点|站|个|上|内|里|的|了|着|呢|吗|么|嘛|啊|呀|啦|吧|咧|嘞|勒|嚟|呐|捏|哈|呗|咯|啰|嘅|㗎|噶|唔|喺|咁|哦|喔|噢|诶|哎|喂|亲|急|不|对",
].join("|");
/** The like in pinyin and English. */
const AROUND_LATIN =
  "nimen|qingwen|shifu|shangmen|weixiu|fuwu|fanwei|wangdian|you mei you|meiyou|keyi|haiyou|women|laima|youma|zhebian|nabian|wo|zai|zhu|jia|neng|qu|lai|you|na|ne|ma|ba|a|xiu|de|what about|how about|and|or|one|i mean|im|i|am|from|in|the|then|please|thanks|do|you|cover|serve|come|to";

const WORDS = new RegExp(`${AROUND}|(?<![a-z])(?:${AROUND_LATIN})(?![a-z])`, "gu");
const MARKS = /[\s,\p{S}]/gu;

/** Whether a text without its places only asks whether the service comes there, or says nothing at all. */
export function onlyAsks(text: string): boolean {
  return text.replaceAll("'", "").replace(WORDS, "").replace(MARKS, "") === "";
}
