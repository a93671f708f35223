import { describe, expect, test } from "vitest";
import type { DowngradeCase } from "../../../src/dialogue/downgrade/case.ts";
import { hearCase } from "../../../src/dialogue/downgrade/hear.ts";
import { isBroken } from "../../../src/dialogue/downgrade/remind-lexicon.ts";
import type { IntentId, Lang } from "../../../src/knowledge/types.ts";
import { realMind } from "../../support/mind.ts";
import { startTalk } from "../../support/talk.ts";

const { knowledge } = await realMind();
const HOUR = 3_600_000;
/** Monday, 10:00 in Shanghai. */
const NOW = Date.UTC(2026, 10, 23, 2, 0);

function hear(
  text: string,
  {
    lang = "zh" as Lang,
    at = NOW,
    intent = null as IntentId | null,
    previous = null as DowngradeCase | null,
  } = {},
): DowngradeCase {
  return hearCase(
    { text, lang, at, timeZone: "Asia/Shanghai", intent, broken: isBroken(text, knowledge.reminderLexicon) },
    previous,
    knowledge.downgradeLexicon,
  );
}

describe("what a customer says of their dispute", () => {
  test.each<[string, Lang, object]>([
    [
      "我想把移动的129套餐降到8元保号套餐",
      "zh",
      { provider: "中国移动", plan: "129套餐", target: "8元保号套餐" },
    ],
    ["从129降到8元，打了10086三次都不给办", "zh", { plan: "129", target: "8元", attempts: "打了10086三次" }],
    ["我用的是199元套餐，想改成39的", "zh", { plan: "199元套餐", target: "39" }],
    ["大流量套餐换最低套餐", "zh", { plan: "大流量套餐", target: "最低套餐" }],
    ["百度网盘SVIP想降成普通会员", "zh", { provider: "百度网盘", plan: "SVIP", target: "普通会员" }],
    ["把2T空间改成200G", "zh", { plan: "2T空间", target: "200G" }],
    ["5月3日联通多扣了我121块，要求退还121元", "zh", { happened: "2026-05-03", refund: "121" }],
    ["11月20日上午打10086提的", "zh", { channel: "打10086" }],
    ["I asked on 20 November by calling 10086", "en", { channel: "calling 10086" }],
    ["昨天下午三点打电话给客服", "zh", { happened: "2026-11-22 15:00", channel: "打电话" }],
    ["去年11月办的合约", "zh", { happened: "2025-11" }],
    ["客服说48小时内回电，结果等了三天没人打", "zh", { promised: "48小时内回电", waited: "三天" }],
    [
      "等了40分钟，客服说“您的套餐有合约，不能降”",
      "zh",
      { words: "您的套餐有合约，不能降", waited: "40分钟" },
    ],
    ["11月20日申请降级，工单号20261120003", "zh", { happened: "2026-11-20", number: "20261120003" }],
    ["我已经向12315投诉了", "zh", { elsewhere: "我已经向12315投诉了" }],
    [
      "with China Unicom, from 129 yuan to 8 yuan",
      "en",
      { provider: "中国联通", plan: "129 yuan", target: "8 yuan" },
    ],
    [
      "They told me they'd call back within 48 hours, I called three times",
      "en",
      { promised: "they'd call back within 48 hours", attempts: "called three times" },
    ],
    ["I was on hold for 40 minutes", "en", { waited: "40 minutes" }],
    ["客服让我等48小时", "zh", {}],
    [
      "China Mobile keeps stalling me, they said they'd call back within 48 hours",
      "en",
      { promised: "they'd call back within 48 hours" },
    ],
    ["its 129 and i want the 8 yuan one", "en", { plan: "129", target: "8 yuan" }],
    ["I called them, it's 3 days now", "en", {}],
    ["iQIYI told me to wait 48 hours", "en", { words: "to wait 48 hours" }],
    ["客服让我等了40分钟", "zh", { waited: "40分钟" }],
    ["爱奇艺说48小时内回电", "zh", { promised: "48小时内回电" }],
    [
      "I was charged on May 3, ticket number 20261120003",
      "en",
      { happened: "2026-05-03", number: "20261120003" },
    ],
    ["downgrade to the basic plan please", "en", { target: "basic plan" }],
  ])("%s", (text, lang, facts) => {
    expect(hear(text, { lang }).facts).toMatchObject(facts);
  });

  test.each<[string, Lang, string]>([
    ["他们说两天内联系我，四天了", "zh", "两天内联系我"],
    ["客服说48小时内回电，都五天过去了没人打", "zh", "48小时内回电"],
    ["They said they'd contact me in two days, it's been four days", "en", "they'd contact me in two days"],
  ])("%s: the promise was over at a time nobody told", (text, lang, promised) => {
    const { facts } = hear(text, { lang });
    expect(facts.promised).toBe(promised);
    expect(facts).not.toHaveProperty("promised_by");
  });

  test.each([
    ["移动电源坏了"],
    ["我想去12315投诉"],
    ["劝了我4次不让我降"],
    ["能不能把套餐改便宜点"],
    ["只能去营业厅办吗"],
  ])("%s: nothing is made up", (text) => {
    expect(hear(text).facts).toEqual({});
  });

  test.each([
    ["10086不给降", "telecom"],
    ["天翼云盘的会员", "cloud"],
    ["手机套餐降不下来", "telecom"],
    ["爱奇艺会员", "membership"],
    ["my iCloud storage", "cloud"],
    ["找不到入口", null],
  ])("%s is %s", (text, sector) => {
    expect(hear(text).sector).toBe(sector);
  });
});

describe("a case goes on", () => {
  test("what is said later adds to it, and corrects it", () => {
    const first = hear("移动129套餐降到8元", { intent: "downgrade" });
    const second = hear("不对，要降到39元", { previous: first, at: NOW + HOUR });
    expect(second.facts).toMatchObject({ provider: "中国移动", target: "39元" });
    expect(second).toMatchObject({ startedAt: NOW, sector: "telecom", obstacle: "downgrade" });
  });

  test("memberships that come with a phone plan leave the carrier's case what it is", () => {
    const first = hear("移动129套餐降到8元");
    expect(hear("他们说会员权益就没了", { previous: first }).sector).toBe("telecom");
  });

  test("another provider is another case", () => {
    const first = hear("移动129套餐降到8元，工单号20261120003");
    const other = hear("爱奇艺也不让我退", { previous: first, at: NOW + HOUR });
    expect(other).toMatchObject({ startedAt: NOW + HOUR, sector: "membership" });
    expect(other.facts).not.toHaveProperty("number");
  });

  test("the provider that is named late belongs to the case of its sector", () => {
    const first = hear("手机套餐从129降到8元");
    expect(hear("移动的", { previous: first }).facts).toMatchObject({ plan: "129", provider: "中国移动" });
  });
});

describe("in a conversation", () => {
  test("a question of the guide begins a case, and what follows within three days adds to it", async () => {
    const talk = startTalk(await realMind());
    talk.says("移动的套餐找不到降级入口");
    talk.says("从129降到8元");
    expect(talk.snapshot.conversation?.downgrade).toMatchObject({
      sector: "telecom",
      facts: { provider: "中国移动", plan: "129", target: "8元" },
    });
    talk.later(73 * HOUR);
    talk.says("工单号20261120003");
    expect(talk.snapshot.conversation?.downgrade?.facts).not.toHaveProperty("number");
  });

  test("questions about our own service begin none", async () => {
    const talk = startTalk(await realMind());
    talk.says("漳浦能修保险柜吗");
    expect(talk.snapshot.conversation?.downgrade ?? null).toBeNull();
  });

  test("somebody else's words, passed on, say nothing of the customer's case", async () => {
    const talk = startTalk(await realMind());
    talk.says("移动的套餐找不到降级入口");
    talk.says("爱奇艺自动续费怎么取消", { forwarded: true });
    expect(talk.snapshot.conversation?.downgrade?.facts.provider).toBe("中国移动");
  });
});

test("a pasted page is read for facts at its beginning only", async () => {
  const talk = startTalk(await realMind());
  talk.says(`移动的套餐找不到降级入口，${"条款".repeat(600)}，工单号20261120003`);
  expect(talk.snapshot.conversation?.downgrade?.facts).toEqual({ provider: "中国移动" });
});
