import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { askedLexiconSchema } from "./dialogue/asked.ts";
import { letterLexiconSchema } from "./dialogue/downgrade/letter-lexicon.ts";
import { letterTemplateSchema } from "./dialogue/downgrade/letter-template.ts";
import { downgradeLexiconSchema } from "./dialogue/downgrade/lexicon.ts";
import { reminderLexiconSchema } from "./dialogue/downgrade/remind-lexicon.ts";
import { followLexiconSchema } from "./dialogue/follow-lexicon.ts";
import type { Mind } from "./dialogue/mind.ts";
import { repairLexiconSchema } from "./dialogue/repair/lexicon.ts";
import { STRING_PARAMS } from "./dialogue/strings.ts";
import { keep, keepOnly, OWN, readKept, SHIPPED } from "./kept.ts";
import { type Content, readContent, versionOf } from "./knowledge/content.ts";
import { formatFinding } from "./knowledge/findings.ts";
import { type ContentShapes, knowledgeOf } from "./knowledge/read.ts";
import { createSay } from "./knowledge/say.ts";
import type { IntentId, Knowledge } from "./knowledge/types.ts";
import { MendableError } from "./mendable.ts";
import { createClassifier, loadModel, type Model, saveModel, trainModel } from "./nlu/engine/index.ts";
import { createHumanDetector } from "./nlu/human/detector.ts";
import { humanLexiconSchema } from "./nlu/human/lexicon.ts";
import { normalise } from "./nlu/normalise.ts";
import { toneless } from "./nlu/pinyin.ts";
import { withPinyin } from "./nlu/spelt.ts";
import type { LabelledText } from "./nlu/types.ts";
import { createPlaces, type PlacesFile, parsePlacesData } from "./places/index.ts";

/** What the rooms know of their own files, told to `knowledge/`, which stands below them. */
export const CONTENT_SHAPES: ContentShapes = {
  strings: STRING_PARAMS,
  humanLexicon: humanLexiconSchema,
  repairLexicon: repairLexiconSchema,
  letterLexicon: letterLexiconSchema,
  reminderLexicon: reminderLexiconSchema,
  followLexicon: followLexiconSchema,
  askedLexicon: askedLexiconSchema,
  letter: letterTemplateSchema,
  downgradeLexicon: downgradeLexiconSchema,
  parsePlaces: (files) =>
    parsePlacesData((file: PlacesFile) => {
      const text = files[file];
      if (text === undefined) throw new Error(`data/places/${file} is missing`);
      return text;
    }),
};

/** Makes knowledge usable. Takes as long as the index of places and, without a kept model, the training. */
export function createMind(knowledge: Knowledge, model: Model): Mind {
  return {
    knowledge,
    nlu: {
      classifier: withPinyin(createClassifier<IntentId>(model), () => ({
        examples: examplesOf(knowledge).map(({ text }) => text),
        names: knowledge.places.divisions.flatMap(({ name, stem }) => [name, stem]),
      })),
      human: createHumanDetector(knowledge.humanLexicon),
    },
    places: createPlaces(knowledge.places, knowledge.coverage, { normalise, toneless }),
    say: createSay<typeof STRING_PARAMS>(knowledge.strings, knowledge.business),
  };
}

function examplesOf(knowledge: Knowledge): LabelledText[] {
  return [...knowledge.intents.values()].flatMap(({ id, examples }) =>
    [...examples.zh, ...examples.en].map((text) => ({ text, intent: id })),
  );
}

/**
 * The trained model of these examples, kept by their hash, so that a start doesn't train again. A folder that can't
 * be written costs the training at each start and nothing else.
 */
export async function modelFor(knowledge: Knowledge, folder: string = OWN): Promise<Model> {
  const examples = examplesOf(knowledge);
  const name = modelName(examples);
  for (const kept of await readKept(name, [SHIPPED, folder])) {
    try {
      return loadModel(kept);
    } catch {
      // Kept by another version of the engine: trained anew below.
    }
  }
  const model = trainModel(examples);
  await keep(folder, name, saveModel(model));
  return model;
}

/** The content has errors; `zhida check` shows them all. */
class ContentError extends MendableError {
  override readonly name = "ContentError";
}

/**
 * Reads the content and makes it usable. What the build has checked and parsed already isn't again.
 * @throws ContentError with the first findings
 */
export async function loadMind(contentDir: string): Promise<Mind> {
  const content = await readContent(contentDir);
  const [parsed] = await readKept(knowledgeName(versionOf(content.files)), [SHIPPED]);
  const knowledge = parsed === undefined ? checked(content) : (deserialize(parsed) as Knowledge);
  return createMind(knowledge, await modelFor(knowledge));
}

function checked(content: Content): Knowledge {
  const { knowledge, findings } = knowledgeOf(content, CONTENT_SHAPES);
  if (knowledge !== undefined) return knowledge;
  const errors = findings.filter((finding) => finding.severity === "error").map(formatFinding);
  throw new ContentError(
    ["the content has errors; `zhida check` shows them all:", ...errors.slice(0, 5)].join("\n"),
  );
}

/**
 * Parses and trains what ships with the package, so that its first start is as fast as any. Run by the build, which
 * clears away what it made of former content.
 * @public
 */
export async function ship(contentDir: string): Promise<void> {
  const knowledge = checked(await readContent(contentDir));
  const names = [knowledgeName(knowledge.version), modelName(examplesOf(knowledge))];
  await keep(SHIPPED, knowledgeName(knowledge.version), serialize(knowledge));
  await modelFor(knowledge, SHIPPED);
  await keepOnly(SHIPPED, names);
}

const knowledgeName = (version: string) => `knowledge-${version.slice(0, 16)}.bin`;

function modelName(examples: readonly LabelledText[]): string {
  return `model-${createHash("sha256").update(JSON.stringify(examples)).digest("hex").slice(0, 16)}.bin`;
}
