import { z } from "zod";
import type { ContentFiles } from "./content.ts";
import { error, type Finding, type Position, startOf, warning } from "./findings.ts";
import { LANGS, type Saying, sayingAt } from "./sayings.ts";
import { checkShape, localized, text } from "./shape.ts";
import { INTENT_IDS, type Intent, type IntentId, type Lang } from "./types.ts";
import { readYaml, type YamlFile } from "./yaml.ts";

/** A training utterance and where it stands. */
export interface Example {
  readonly intent: IntentId;
  readonly lang: Lang;
  readonly text: string;
  readonly at: Position;
}

export interface ParsedIntents {
  readonly intents: ReadonlyMap<IntentId, Intent>;
  readonly examples: readonly Example[];
  readonly answers: readonly Saying[];
  readonly findings: readonly Finding[];
}

/** Under `least`, an intent can't be told apart reliably; under `good`, it is worth more work. */
const EXAMPLES = { zh: { least: 25, good: 40 }, en: { least: 15, good: 20 } } as const;
const FOLDER = "intents/";
const HAN = /\p{Script=Han}/u;
const LATIN = /\p{Script=Latin}/u;

const intentShape = z.strictObject({
  id: z.enum(INTENT_IDS),
  title: localized,
  examples: z.strictObject({ zh: z.array(text), en: z.array(text) }),
  answer: localized,
  // Checked by rule below, which can say more about a wrong one than a list of thirty names.
  buttons: z.array(z.string()),
});

/** Reads `intents/*.yaml`: all thirty must be there, each under its own name. */
export function parseIntents(files: ContentFiles): ParsedIntents {
  const given = [...files.keys()].filter((file) => file.startsWith(FOLDER));
  const expected = INTENT_IDS.map(fileOf);
  const parsed = INTENT_IDS.map((id) => parseIntent(id, files.get(fileOf(id))));
  return {
    intents: new Map(parsed.flatMap(({ intent }) => (intent === undefined ? [] : [[intent.id, intent]]))),
    examples: parsed.flatMap(({ examples }) => examples),
    answers: parsed.flatMap(({ answers }) => answers),
    findings: [
      ...parsed.flatMap(({ findings }) => findings),
      ...given
        .filter((file) => !expected.includes(file))
        .map((file) =>
          error(startOf(file), "unknown-file", "names no intent: files here are <intent id>.yaml"),
        ),
    ],
  };
}

interface ParsedIntent {
  readonly intent?: Intent;
  readonly examples: readonly Example[];
  readonly answers: readonly Saying[];
  readonly findings: readonly Finding[];
}

function parseIntent(id: IntentId, content: string | undefined): ParsedIntent {
  const file = fileOf(id);
  const nothing = { examples: [], answers: [] };
  if (content === undefined)
    return {
      ...nothing,
      findings: [error(startOf(file), "missing-file", `${id} has no file: write this intent`)],
    };
  const { yaml, findings } = readYaml(file, content);
  if (yaml === undefined) return { ...nothing, findings };
  const { value, findings: misshapen } = checkShape(yaml, intentShape, "intent-shape");
  if (value === undefined) return { ...nothing, findings: misshapen };

  const intent = { ...value, buttons: value.buttons.filter(isIntentId) };
  const about = /^downgrade(\.|$)/u.test(id) ? "downgrade" : "anything";
  const at = (lang: Lang, index: number) => yaml.at(["examples", lang, index]);
  return {
    intent,
    examples: LANGS.flatMap((lang) =>
      intent.examples[lang].map((text, i) => ({ intent: id, lang, text, at: at(lang, i) })),
    ),
    answers: LANGS.map((lang) =>
      sayingAt(yaml, ["answer", lang], { lang, text: intent.answer[lang], about }),
    ),
    findings: [
      ...checkIdentity(yaml, intent, id),
      ...checkButtons(yaml, id, value.buttons),
      ...checkExamples(yaml, intent),
      ...checkLanguages(yaml, intent),
    ],
  };
}

function fileOf(id: IntentId): string {
  return `${FOLDER}${id}.yaml`;
}

function isIntentId(id: string): id is IntentId {
  return (INTENT_IDS as readonly string[]).includes(id);
}

function checkIdentity(yaml: YamlFile, intent: Intent, name: string): Finding[] {
  if (intent.id === name) return [];
  return [
    error(
      yaml.at(["id"]),
      "intent-id-mismatch",
      `the id is ${intent.id}, the file is named ${name}: use one`,
    ),
  ];
}

function checkButtons(yaml: YamlFile, id: IntentId, buttons: readonly string[]): Finding[] {
  return buttons.flatMap((button, index) => {
    const at = yaml.at(["buttons", index]);
    if (!isIntentId(button))
      return [
        error(at, "unknown-button", `no intent is called ${button}: a button names one of intents/*.yaml`),
      ];
    const reason = pointless(id, buttons, index, button);
    return reason === undefined ? [] : [error(at, "pointless-button", `${reason}: remove it`)];
  });
}

function pointless(
  id: IntentId,
  buttons: readonly string[],
  index: number,
  button: IntentId,
): string | undefined {
  if (button === "human") return "the human button is added to every answer by itself";
  if (button === "oos") return "oos is what the bot doesn't understand, nothing a customer can ask for";
  if (button === id) return "the button asks what was just answered";
  if (buttons.indexOf(button) < index) return `${button} is listed twice`;
  return undefined;
}

function checkExamples(yaml: YamlFile, intent: Intent): Finding[] {
  return LANGS.flatMap((lang) => {
    const { least, good } = EXAMPLES[lang];
    const count = intent.examples[lang].length;
    if (count >= good) return [];
    const at = yaml.keyAt(["examples", lang]);
    return count < least
      ? [error(at, "thin-intent", `${count} examples in ${lang}: at least ${least}, better ${good}`)]
      : [warning(at, "thin-intent", `${count} examples in ${lang}: ${good} or more make it reliable`)];
  });
}

/** Catches a text pasted under the wrong language; Chinese examples may be pinyin, so they aren't held to it. */
function checkLanguages(yaml: YamlFile, intent: Intent): Finding[] {
  const findings: Finding[] = [];
  for (const field of ["title", "answer"] as const) {
    if (!HAN.test(intent[field].zh))
      findings.push(error(yaml.at([field, "zh"]), "wrong-language", `${field}.zh has no Chinese in it`));
    if (!LATIN.test(intent[field].en))
      findings.push(error(yaml.at([field, "en"]), "wrong-language", `${field}.en has no English in it`));
  }
  for (const [index, example] of intent.examples.en.entries())
    if (HAN.test(example) && !LATIN.test(example))
      findings.push(
        error(
          yaml.at(["examples", "en", index]),
          "wrong-language",
          `"${example}" is Chinese: move it to examples.zh`,
        ),
      );
  return findings;
}
