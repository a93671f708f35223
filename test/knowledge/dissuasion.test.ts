import { expect, test } from "vitest";
import { DISSUASION, findings, intentYaml, RIGHTS } from "./fixtures/content.ts";

const LIST = "data/lint/dissuasion.yaml";
const hours = (answer: string) => findings({ "intents/hours.yaml": intentYaml("hours", { answer }) });

test("talking a customer out of it is refused, in both languages", () => {
  expect(hours("{ zh: 建议您保留套餐, en: So are you sure you want to leave? }")).toEqual([
    'intents/hours.yaml:66:15  dissuasion  "建议您保留" talks the customer out of it: 直接说怎么办',
    'intents/hours.yaml:66:28  dissuasion  "are you sure you want to leave" talks the customer out of it: say how it is done',
  ]);
});

test("strings and the guide are held to it too", () => {
  const strings =
    'hello: { zh: 建议您保留, en: Hello }\nticket.opened: { zh: "#{number}", en: "#{number}" }\n';
  expect(findings({ "data/strings/chat.yaml": strings })).toEqual([
    expect.stringContaining("data/strings/chat.yaml:1:14  dissuasion"),
  ]);
  expect(findings({ "data/downgrade/rights.yaml": RIGHTS.replace("自主选择", "不如升级") })).toEqual([
    expect.stringContaining("data/downgrade/rights.yaml:7:16  dissuasion"),
  ]);
});

test("an upsell is refused in any string: each may be said to somebody who wants to go down", () => {
  const strings = 'hello: { zh: 不如升级, en: Hello }\nticket.opened: { zh: "#{number}", en: "#{number}" }\n';
  expect(findings({ "data/strings/chat.yaml": strings })).toEqual([
    expect.stringContaining("data/strings/chat.yaml:1:14  dissuasion"),
  ]);
});

test.each(["「建议您保留」", "“建议您保留”", '"建议您保留"', "『建议您保留』"])(
  "what a provider says may be quoted: %s",
  (quoted) => {
    expect(hours(`{ zh: '对方说${quoted}，不用理会', en: Ignore it }`)).toEqual([]);
  },
);

test("quotation marks alone, without anybody whose words they are, hide nothing", () => {
  expect(hours("{ zh: '我们“建议您保留”它', en: Fine }")).toHaveLength(1);
});

test("a quotation doesn't hide what follows it", () => {
  expect(hours("{ zh: 对方说「好」，建议您保留，「好」, en: Fine }")).toHaveLength(1);
});

test("an upsell is refused where somebody wants to go down, and only there", () => {
  const answer = "{ zh: 不如升级, en: Upgrade }";
  expect(hours(answer)).toEqual([]);
  for (const id of ["downgrade", "downgrade.rights"] as const)
    expect(findings({ [`intents/${id}.yaml`]: intentYaml(id, { answer }) })).toEqual([
      expect.stringContaining(`intents/${id}.yaml:66:15  dissuasion`),
    ]);
});

test("an exception with a reason holds, at the end of the line or above it", () => {
  expect(hours("{ zh: 建议您保留, en: Fine } # allow dissuasion: 指保留证据")).toEqual([]);
  expect(
    hours("\n  # allow dissuasion: 指保留证据\n  # (录屏)\n  zh: |\n    第一行\n    建议您保留\n  en: Fine"),
  ).toEqual([]);
});

test("an exception without a reason, or for another rule, doesn't hold", () => {
  expect(hours("{ zh: 建议您保留, en: Fine } # allow dissuasion")).toEqual([
    expect.stringContaining("intents/hours.yaml:66:15  dissuasion"),
    "intents/hours.yaml:66:33  allow-without-reason  say why: # allow dissuasion: <the reason>",
  ]);
  expect(hours("{ zh: 建议您保留, en: Fine } # allow wrong-language: 没关系")).toHaveLength(1);
});

test("rules that state what would break have no exceptions", () => {
  expect(hours('{ zh: "打{boss}", en: Fine } # allow unknown-placeholder: 没关系')).toEqual([
    expect.stringContaining("intents/hours.yaml:66:15  unknown-placeholder"),
    expect.stringContaining("allow-without-reason  unknown-placeholder can't be allowed"),
  ]);
});

test("the list proves itself: each pattern matches its own example", () => {
  expect(findings({ [LIST]: DISSUASION.replace("example: 建议您保留套餐", "example: 您好") })).toEqual([
    `${LIST}:4:16  dissuasion-list  /建议您?保留/ doesn't match its own example`,
  ]);
  expect(findings({ [LIST]: DISSUASION.replace("建议您?保留", "建议(保留") })).toEqual([
    `${LIST}:4:16  dissuasion-list  /建议(保留/ is not a valid regular expression`,
  ]);
  expect(findings({ [LIST]: null })).toEqual([
    `${LIST}:1:1  missing-file  needed: the phrases that the bot never says`,
  ]);
});
