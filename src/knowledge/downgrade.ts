import { z } from "zod";
import type { ContentFiles } from "./content.ts";
import { error, type Finding, type Position, startOf } from "./findings.ts";
import { LANGS, type Saying, sayingAt } from "./sayings.ts";
import { checkShape, isoDate, text } from "./shape.ts";
import type { Sources } from "./types.ts";
import { readYaml, type YamlFile } from "./yaml.ts";

const FOLDER = "data/downgrade/";
const SOURCES_FILE = `${FOLDER}sources.yaml`;

/** A fact of the guide and the day until which its check is good. */
export interface DatedFact {
  readonly reviewAfter: string;
  readonly at: Position;
}

export interface ParsedDowngrade {
  /** Every file's value by its name without the ending. */
  readonly files: ReadonlyMap<string, unknown>;
  readonly sources: Sources;
  readonly facts: readonly DatedFact[];
  readonly sayings: readonly Saying[];
  readonly findings: readonly Finding[];
}

/** What any fact needs, whatever else its file says about it. */
const factShape = z.looseObject({
  source: z.union([text, z.array(text).min(1)]),
  confidence: z.string(),
  checked_on: isoDate,
  review_after: isoDate,
});
const FACT_KEYS = ["source", "confidence", "checked_on", "review_after"] as const;

const sourcesShape = z.record(
  z.string(),
  z.looseObject({ title: text, title_en: text, where: text, seen: isoDate, confidence: z.enum(["H", "M"]) }),
);

/**
 * Reads `data/downgrade/*.yaml`. The shapes are the guide's own; what is checked is that no fact stands
 * there without a source that exists, a confidence that allows stating it, and the day it was checked.
 */
export function parseDowngrade(content: ContentFiles): ParsedDowngrade {
  const files = new Map<string, unknown>();
  const facts: DatedFact[] = [];
  const sayings: Saying[] = [];
  const findings: Finding[] = [];
  const yamls: YamlFile[] = [];
  for (const [file, text] of content) {
    if (!file.startsWith(FOLDER)) continue;
    if (!file.endsWith(".yaml")) {
      findings.push(error(startOf(file), "unknown-file", "the guide is read from *.yaml only"));
      continue;
    }
    const { yaml, findings: syntax } = readYaml(file, text);
    findings.push(...syntax);
    if (yaml === undefined) continue;
    yamls.push(yaml);
    files.set(file.slice(FOLDER.length, -".yaml".length), yaml.value);
  }

  const sourcesFile = yamls.find((yaml) => yaml.file === SOURCES_FILE);
  const sources = sourcesFile && checkShape(sourcesFile, sourcesShape, "downgrade-shape");
  findings.push(...(sources?.findings ?? []));
  if (!content.has(SOURCES_FILE))
    findings.push(
      error(startOf(SOURCES_FILE), "missing-file", "needed: the sources that the guide rests on, by id"),
    );

  for (const yaml of yamls) {
    walk(yaml.value, [], (value, path) => {
      if (LANGS.every((lang) => typeof value[lang] === "string"))
        sayings.push(
          ...LANGS.map((lang) =>
            sayingAt(yaml, [...path, lang], { lang, text: String(value[lang]), about: "downgrade" }),
          ),
        );
      if (yaml === sourcesFile || !FACT_KEYS.some((key) => key in value)) return;
      const known = sources?.value === undefined ? undefined : new Set(Object.keys(sources.value));
      const checked = checkFact(yaml, path, value, known);
      findings.push(...checked.findings);
      if (checked.fact !== undefined) facts.push(checked.fact);
    });
  }
  return { files, sources: new Map(Object.entries(sources?.value ?? {})), facts, sayings, findings };
}

/** A fact past its day may have become wrong: laws change. Asked for by `zhida check`, never by a start. */
export function checkStale(facts: readonly DatedFact[], today: string): Finding[] {
  return facts
    .filter((fact) => fact.reviewAfter < today)
    .map(({ at, reviewAfter }) =>
      error(
        at,
        "stale-fact",
        `was to be reviewed after ${reviewAfter}: check it again, then move both dates`,
      ),
    );
}

function checkFact(
  yaml: YamlFile,
  path: readonly PropertyKey[],
  value: object,
  sources: ReadonlySet<string> | undefined,
): { readonly fact?: DatedFact; readonly findings: readonly Finding[] } {
  const here: YamlFile = {
    file: yaml.file,
    value,
    at: (inner) => yaml.at([...path, ...inner]),
    keyAt: (inner) => yaml.keyAt([...path, ...inner]),
    within: (inner, index) => yaml.within([...path, ...inner], index),
  };
  const shaped = checkShape(here, factShape, "downgrade-shape");
  if (shaped.value === undefined) return { findings: shaped.findings };
  const { source, confidence, review_after } = shaped.value;
  const unknown = [source].flat().filter((id) => sources !== undefined && !sources.has(id));
  const findings = [
    ...unknown.map((id) =>
      error(here.at(["source"]), "unknown-source", `${id} is not in ${SOURCES_FILE}: add it`),
    ),
    ...(confidence === "H" || confidence === "M"
      ? []
      : [
          error(
            here.at(["confidence"]),
            "weak-source",
            `confidence is ${confidence}: only H (the text itself was read) and M (a reliable report) may be stated`,
          ),
        ]),
  ];
  return { fact: { reviewAfter: review_after, at: here.at(["review_after"]) }, findings };
}

/** Visits every map of a parsed file, from the outside in. */
function walk(
  value: unknown,
  path: readonly PropertyKey[],
  visit: (value: Record<string, unknown>, path: readonly PropertyKey[]) => void,
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, [...path, index], visit);
  } else if (typeof value === "object" && value !== null) {
    visit(value as Record<string, unknown>, path);
    for (const [key, item] of Object.entries(value)) walk(item, [...path, key], visit);
  }
}
