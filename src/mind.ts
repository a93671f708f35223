import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Mind } from "./dialogue/mind.ts";
import { STRING_PARAMS } from "./dialogue/strings.ts";
import type { ContentShapes } from "./knowledge/read.ts";
import { createSay } from "./knowledge/say.ts";
import type { IntentId, Knowledge } from "./knowledge/types.ts";
import { createClassifier, loadModel, type Model, saveModel, trainModel } from "./nlu/engine/index.ts";
import { createHumanDetector } from "./nlu/human/detector.ts";
import { humanLexiconSchema } from "./nlu/human/lexicon.ts";
import { normalise } from "./nlu/normalise.ts";
import { toneless } from "./nlu/pinyin.ts";
import type { LabelledText } from "./nlu/types.ts";
import { createPlaces, type PlacesFile, parsePlacesData } from "./places/index.ts";

/** What the rooms know of their own files, told to `knowledge/`, which stands below them. */
export const CONTENT_SHAPES: ContentShapes = {
  strings: STRING_PARAMS,
  humanLexicon: humanLexiconSchema,
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
      classifier: createClassifier<IntentId>(model),
      human: createHumanDetector(knowledge.humanLexicon),
    },
    places: createPlaces(knowledge.places, knowledge.coverage, { normalise, toneless }),
    say: createSay<typeof STRING_PARAMS>(knowledge.strings, knowledge.business),
  };
}

export function examplesOf(knowledge: Knowledge): LabelledText[] {
  return [...knowledge.intents.values()].flatMap(({ id, examples }) =>
    [...examples.zh, ...examples.en].map((text) => ({ text, intent: id })),
  );
}

/** Raise it with the engine's form, so that a model kept by an older version isn't read. */
const MODEL_VERSION = 1;

/**
 * The trained model of these examples, kept in `folder` by their hash, so that a start doesn't train again. A
 * folder that can't be written costs the training at each start and nothing else.
 */
export async function modelFor(knowledge: Knowledge, folder: string): Promise<Model> {
  const examples = examplesOf(knowledge);
  const hash = createHash("sha256")
    .update(`${MODEL_VERSION}\n${JSON.stringify(examples)}`)
    .digest("hex");
  const path = join(folder, `model-${hash.slice(0, 16)}.bin`);
  try {
    return loadModel(await readFile(path));
  } catch {
    // Not there, or not whole: trained anew below.
  }
  const model = trainModel(examples);
  try {
    await mkdir(folder, { recursive: true });
    const unfinished = `${path}.${process.pid}`;
    await writeFile(unfinished, saveModel(model));
    await rename(unfinished, path);
  } catch {
    // Kept for speed alone.
  }
  return model;
}
