import { z } from "zod";
import type { ContentFiles } from "./content.ts";
import { error, type Finding, startOf } from "./findings.ts";
import { type Checked, checkShape, isoDate, localized, text } from "./shape.ts";
import { INTENT_IDS, type Intent, type IntentId } from "./types.ts";
import { readYaml, type YamlFile } from "./yaml.ts";

const FILE = "data/downgrade/obstacles.yaml";

const fact = {
  source: z.array(text).min(1),
  confidence: z.enum(["H", "M"]),
  checked_on: isoDate,
  review_after: isoDate,
};

const step = z.strictObject({
  ...localized.shape,
  on: z.enum(["today", "event", "promise", "charge"]),
  /** Before the charge. */
  days: z.int().positive().optional(),
  basis: z.enum(["none", "provider_promise", "self_set"]),
  /** For that sector only; `membership` stands for all but telecom. */
  sector: z.enum(["telecom", "membership"]).optional(),
  /** The sector's ladder isn't climbed after it. */
  last: z.literal(true).optional(),
});

const entry = z.strictObject({
  intent: z.enum(INTENT_IDS),
  rights: z.array(text).min(1),
  say: localized.optional(),
  say_again: localized.optional(),
  fact: z.strictObject({ ...localized.shape, ...fact }).optional(),
  stop_after: z.strictObject({ rounds: z.int(), minutes: z.int(), basis: z.literal("self_set") }).optional(),
  keep: z.strictObject({ zh: z.array(text).min(1), en: z.array(text).min(1) }).optional(),
  next: z.array(step),
  ...fact,
});

/** What an intent of the guide rests on and leads to: an entry of `data/downgrade/obstacles.yaml`. */
export type GuideEntry = z.infer<typeof entry>;
export type GuideStep = z.infer<typeof step>;
export type Guide = ReadonlyMap<IntentId, GuideEntry>;

/**
 * Reads the guide and holds it against the rights it names and the answers it belongs to: what customers are told to
 * say is the same in both.
 * @param rights parsed `data/downgrade/rights.yaml`
 */
export function parseGuide(
  files: ContentFiles,
  rights: unknown,
  intents: ReadonlyMap<IntentId, Intent>,
): Checked<Guide> {
  const content = files.get(FILE);
  if (content === undefined)
    return {
      findings: [error(startOf(FILE), "missing-file", "needed: what each answer of the guide leads to")],
    };
  const { yaml } = readYaml(FILE, content);
  // What is wrong with the syntax is found with the rest of the folder.
  if (yaml === undefined) return { findings: [] };
  const { value, findings } = checkShape(yaml, z.array(entry), "downgrade-shape");
  if (value === undefined) return { findings };
  const guide: Guide = new Map(value.map((each) => [each.intent, each]));
  const missing = INTENT_IDS.filter((id) => /^downgrade\b/u.test(id) && !guide.has(id));
  return {
    value: guide,
    findings: [
      ...missing.map((id) => error(startOf(FILE), "downgrade-shape", `${id} has no entry: add one`)),
      ...value.flatMap((each, at) => [
        ...checkRights(yaml, each, at, idsOf(rights)),
        ...checkSayings(yaml, each, at, intents.get(each.intent)),
      ]),
    ],
  };
}

function idsOf(rights: unknown): ReadonlySet<unknown> {
  const entries: readonly unknown[] = Array.isArray(rights) ? rights : [];
  return new Set(
    entries.map((right) => (typeof right === "object" && right !== null && "id" in right ? right.id : null)),
  );
}

function checkRights(
  yaml: YamlFile,
  { rights }: GuideEntry,
  at: number,
  known: ReadonlySet<unknown>,
): Finding[] {
  return rights.flatMap((id, index) =>
    known.has(id)
      ? []
      : [
          error(
            yaml.at([at, "rights", index]),
            "unknown-right",
            `${id} is not in data/downgrade/rights.yaml`,
          ),
        ],
  );
}

function checkSayings(
  yaml: YamlFile,
  { say, say_again }: GuideEntry,
  at: number,
  intent: Intent | undefined,
): Finding[] {
  return Object.entries({ say, say_again }).flatMap(([key, said]) =>
    said === undefined || intent === undefined || intent.answer.zh.includes(`「${said.zh}」`)
      ? []
      : [
          error(
            yaml.at([at, key, "zh"]),
            "downgrade-shape",
            `intents/${intent.id}.yaml doesn't say 「${said.zh}」: what a tap copies is what the answer shows`,
          ),
        ],
  );
}
