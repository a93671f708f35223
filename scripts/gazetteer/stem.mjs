const PEOPLES =
  "汉|满|回|壮|苗|土|藏|彝|白|侗|瑶|畲|黎|傣|水|怒|佤|京|羌|蒙古|哈萨克|东乡|保安|撒拉|布依|土家|朝鲜|达斡尔|鄂温克|鄂伦春|锡伯|塔吉克|柯尔克孜|仡佬|仫佬|毛南|傈僳|独龙|拉祜|布朗|哈尼|景颇|纳西|普米|裕固|维吾尔|各";
const PEOPLE = new RegExp(`(?:(?:${PEOPLES})族|蒙古|哈萨克|达斡尔|锡伯|塔吉克|柯尔克孜|维吾尔)+$`, "u");

/** 漳浦县 → 漳浦, 芷江侗族自治县 → 芷江, 井陉矿区 → 井陉, but 万柏林区 → 万柏林; the whole name where less than two characters would be left. */
export function stemOf(name) {
  const base =
    without(name, /(自治县|自治旗|自治州|自治区|特别行政区|地区|新区|矿区|特区)$/u) ??
    without(name, /(?<=神农架)林区$|[省县市区旗盟州]$/u) ??
    name;
  if (!/自治|前郭/u.test(name)) return base;
  return without(base, PEOPLE) ?? without(base, /族$/u) ?? base;
}

function without(name, ending) {
  const left = name.replace(ending, "");
  return left === name || left.length < 2 ? undefined : left;
}
