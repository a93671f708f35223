import { expect, test } from "vitest";
import { examplesOf, findings, han, intentYaml, latin, read } from "./fixtures/content.ts";

test("sound content has no finding and becomes knowledge", () => {
  const { knowledge, findings } = read();
  expect(findings).toEqual([]);
  expect(knowledge?.intents.get("hours")?.answer).toEqual({ zh: "请打{hotline}", en: "Call {hotline}" });
});

test("an intent without a file is named", () => {
  expect(findings({ "intents/hours.yaml": null })).toEqual([
    "intents/hours.yaml:1:1  missing-file  hours has no file: write this intent",
  ]);
});

test("a file that names no intent is pointed out", () => {
  expect(findings({ "intents/refunds.yaml": "id: refunds\n", "intents/hours.yml": "id: hours\n" })).toEqual([
    "intents/hours.yml:1:1  unknown-file  names no intent: files here are <intent id>.yaml",
    "intents/refunds.yaml:1:1  unknown-file  names no intent: files here are <intent id>.yaml",
  ]);
});

test("an intent under another intent's name is pointed out", () => {
  expect(findings({ "intents/hours.yaml": intentYaml("hours", { id: "hotline" }) })).toEqual([
    "intents/hours.yaml:1:5  intent-id-mismatch  the id is hotline, the file is named hours: use one",
  ]);
});

test("every deviation from the shape has its own line and column", () => {
  const yaml = intentYaml("hours")
    .replace("title: { zh: 标题, en: Title }", "title: { zh: 标题 }\nnote: x")
    .replace("  en:\n", '  en:\n    - 10086\n    - ""\n');
  expect(findings({ "intents/hours.yaml": yaml })).toEqual([
    "intents/hours.yaml:2:8  intent-shape  `title.en` is missing: expected text",
    "intents/hours.yaml:3:1  intent-shape  `note` is not a known key: remove it, or correct its spelling",
    "intents/hours.yaml:47:7  intent-shape  `examples.en[0]` is 10086: expected text, so put it in quotes",
    "intents/hours.yaml:48:7  intent-shape  `examples.en[1]` is blank: expected text",
  ]);
});

test("a comma that ended a text inside braces is explained", () => {
  const yaml = intentYaml("hours").replace("{ zh: 标题, en: Title }", "{ zh: 好的,再见, en: Title }");
  expect(findings({ "intents/hours.yaml": yaml })).toEqual([
    "intents/hours.yaml:2:17  intent-shape  `title.再见` is not a known key: " +
      "inside { } a comma ends a text, so put the text in quotes",
  ]);
});

test("a button that names no intent is pointed out", () => {
  const [finding] = findings({
    "intents/hours.yaml": intentYaml("hours", { buttons: ["hotline", "prices"] }),
  });
  expect(finding).toBe(
    "intents/hours.yaml:67:20  unknown-button  no intent is called prices: a button names one of intents/*.yaml",
  );
});

test.each([
  ["human", "the human button is added to every answer by itself: remove it"],
  ["oos", "oos is what the bot doesn't understand, nothing a customer can ask for: remove it"],
  ["hours", "the button asks what was just answered: remove it"],
  ["hotline", "hotline is listed twice: remove it"],
])("a button for %s that serves nobody is pointed out", (button, message) => {
  const yaml = intentYaml("hours", { buttons: ["hotline", button] });
  expect(findings({ "intents/hours.yaml": yaml })).toEqual([
    `intents/hours.yaml:67:20  pointless-button  ${message}`,
  ]);
});

test.each([
  ["zh", 24, "24 examples in zh: at least 25, better 40"],
  ["zh", 25, "warning: 25 examples in zh: 40 or more make it reliable"],
  ["en", 14, "14 examples in en: at least 15, better 20"],
  ["en", 15, "warning: 15 examples in en: 20 or more make it reliable"],
] as const)("too few examples in %s (%i) are counted", (lang, count, message) => {
  const examples = examplesOf("hours", count, lang === "zh" ? han : latin);
  const line = lang === "zh" ? 4 : 45;
  expect(findings({ "intents/hours.yaml": intentYaml("hours", { [lang]: examples }) })).toEqual([
    `intents/hours.yaml:${line}:3  thin-intent  ${message}`,
  ]);
});

test("few examples warn, too few refuse", () => {
  const withExamples = (count: number) =>
    read({ "intents/hours.yaml": intentYaml("hours", { zh: examplesOf("hours", count, han) }) }).knowledge;
  expect(withExamples(25)).toBeDefined();
  expect(withExamples(24)).toBeUndefined();
});

test("an answer in the wrong language is pointed out", () => {
  const yaml = intentYaml("hours", { answer: "{ zh: open always, en: 全天 }" });
  expect(findings({ "intents/hours.yaml": yaml })).toEqual([
    "intents/hours.yaml:66:15  wrong-language  answer.zh has no Chinese in it",
    "intents/hours.yaml:66:32  wrong-language  answer.en has no English in it",
  ]);
});

test("a Chinese example among the English ones is pointed out; pinyin among the Chinese ones is not", () => {
  const zh = [...examplesOf("hours", 39, han), "ji dian kai men"];
  const en = [...examplesOf("hours", 19, latin), "几点开门"];
  expect(findings({ "intents/hours.yaml": intentYaml("hours", { zh, en }) })).toEqual([
    'intents/hours.yaml:65:7  wrong-language  "几点开门" is Chinese: move it to examples.zh',
  ]);
});

test("an answer may use the business facts and nothing else", () => {
  const answer = '{ zh: "请打{hotline}找{boss}", en: "{brand}, {hotline_hours}" }';
  expect(findings({ "intents/hours.yaml": intentYaml("hours", { answer }) })).toEqual([
    expect.stringMatching(
      /^intents\/hours\.yaml:66:15 {2}unknown-placeholder {2}\{boss\} is never filled: an answer may use \{brand\}/u,
    ),
  ]);
});

test("in a block of text the line and column are those of the placeholder itself", () => {
  const answer = "\n  zh: |\n    第一行\n    打{boss}\n  en: One line";
  expect(findings({ "intents/hours.yaml": intentYaml("hours", { answer }) })).toEqual([
    expect.stringContaining("intents/hours.yaml:69:6  unknown-placeholder"),
  ]);
});

test.each(["{}", "{Hotline}", "a } b"])("braces that name nothing are pointed out: %s", (broken) => {
  const answer = `{ zh: "请打${broken}", en: "Call" }`;
  expect(findings({ "intents/hours.yaml": intentYaml("hours", { answer }) })).toEqual([
    expect.stringContaining("intents/hours.yaml:66:15  placeholder-syntax"),
  ]);
});

test("the hotline's number written out is pointed out, however it is spaced", () => {
  const answer = '{ zh: "请打400 1234567", en: "Call us" }';
  expect(findings({ "intents/hours.yaml": intentYaml("hours", { answer }) })).toEqual([
    "intents/hours.yaml:66:15  hardcoded-fact  the hotline's number is written out: use {hotline}",
  ]);
});

test("a price in an answer is refused, except where the guide speaks of a provider's plan", () => {
  const answer = "{ zh: 上门80元, en: At your door }";
  expect(findings({ "intents/price.yaml": intentYaml("price", { answer }) })).toEqual([
    "intents/price.yaml:66:15  hardcoded-fact  a price, and we publish none: say how a price is agreed",
  ]);
  expect(findings({ "intents/downgrade.yaml": intentYaml("downgrade", { answer }) })).toEqual([]);
});
