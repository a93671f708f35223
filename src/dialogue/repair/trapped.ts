import { normalise } from "../../nlu/normalise.ts";
import type { RepairLexicon } from "./lexicon.ts";

/** Letters between who it is and where they are: 孩子刚才自己被锁在里面, "my son got himself locked in the safe". */
const BETWEEN = 20;
/** 孩子把钥匙锁在里面了: a thing is inside. */
const A_THING = /[把将钱卡证]|钥匙|手机|东西|文件|护照|首饰|\b(?:keys?|phone|wallet|stuff|passport|money)\b/u;

/** Whether somebody is said to be shut in: then the rescue number comes before everything else. */
export function isTrapped(text: string, { people, trapped }: RepairLexicon): boolean {
  const said = normalise(text);
  return people.some((who) => {
    for (let at = said.indexOf(who); at >= 0; at = said.indexOf(who, at + who.length)) {
      const after = said.slice(at + who.length);
      const where = trapped.map((word) => after.indexOf(word)).filter((from) => from >= 0 && from <= BETWEEN);
      if (where.length > 0 && !A_THING.test(after.slice(0, Math.min(...where)))) return true;
    }
    return false;
  });
}
