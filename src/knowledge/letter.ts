import { z } from "zod";
import type { LetterTemplate } from "../dialogue/downgrade/letter-template.ts";
import type { ContentFiles } from "./content.ts";
import { error, type Finding, startOf } from "./findings.ts";
import { placeholdersOf } from "./placeholders.ts";
import { LANGS } from "./sayings.ts";
import { type Checked, checkShape, localized, text } from "./shape.ts";
import type { Lang, Localized, Sources } from "./types.ts";
import { readYaml, type YamlFile } from "./yaml.ts";

const FILE = "data/downgrade/letter.yaml";
const RIGHTS_FILE = "data/downgrade/rights.yaml";

/** A right of `data/downgrade/rights.yaml`, as a letter cites it. */
const statuteShape = z.looseObject({
  id: text,
  title: localized,
  law: text,
  /** Empty where the text has no articles, or they aren't known. */
  article: z.string(),
  text,
  /** Checked with all facts of the guide. */
  checked_on: z.string().catch(""),
  /** The law itself first. */
  source: z.union([text.transform((id) => [id]), z.array(text)]).catch([]),
});

/** As a letter cites it; `lawInEnglish` is a translation of the law's title. */
export type Statute = z.infer<typeof statuteShape> & { readonly lawInEnglish: string };

/** The complaint letter: how it is asked for and reads, and the law it cites, by the right's id. */
export interface LetterKnowledge {
  readonly template: LetterTemplate;
  readonly statutes: ReadonlyMap<string, Statute>;
}

/** What lines may hold besides the slots. */
const COMPUTED = ["to", "date", "entries", "blank"];

/** Reads `data/downgrade/letter.yaml` and holds it against the rights and against itself. */
export function parseLetter(
  files: ContentFiles,
  shape: z.ZodType<LetterTemplate>,
  { rights, sources }: { readonly rights: unknown; readonly sources: Sources },
): Checked<LetterKnowledge> {
  const content = files.get(FILE);
  if (content === undefined)
    return { findings: [error(startOf(FILE), "missing-file", "needed: the complaint letter")] };
  const { yaml } = readYaml(FILE, content);
  // Its syntax is reported with the guide's other files.
  if (yaml === undefined) return { findings: [] };
  const { value: template, findings } = checkShape(yaml, shape, "letter-shape");
  if (template === undefined) return { findings };
  const statutes = statutesOf(rights, sources);
  return {
    value: { template, statutes },
    findings: [
      ...checkNames(yaml, template, statutes),
      ...checkLines(yaml, template),
      ...checkSlots(yaml, template),
    ],
  };
}

function statutesOf(rights: unknown, sources: Sources): ReadonlyMap<string, Statute> {
  const entries = Array.isArray(rights) ? rights : [];
  return new Map(
    entries.flatMap((entry) => {
      const read = statuteShape.safeParse(entry);
      if (!read.success) return [];
      const { id, law, source } = read.data;
      const lawInEnglish = sources.get(source[0] ?? "")?.title_en ?? law;
      return [[id, { ...read.data, lawInEnglish }] as const];
    }),
  );
}

/** Every right and recipient that a sector names is there. */
function checkNames(
  yaml: YamlFile,
  { sectors, recipients }: LetterTemplate,
  statutes: ReadonlyMap<string, Statute>,
): Finding[] {
  const known = new Set(recipients.map(({ id }) => id));
  return Object.entries(sectors).flatMap(([name, sector]) => [
    ...sector.statutes.flatMap((id, at) =>
      statutes.has(id)
        ? []
        : [
            error(
              yaml.at(["sectors", name, "statutes", at]),
              "unknown-right",
              `${id} is no right with a law, an article and a text in ${RIGHTS_FILE}: add it, or correct its name`,
            ),
          ],
    ),
    ...sector.recipients.flatMap((id, at) =>
      known.has(id)
        ? []
        : [
            error(
              yaml.at(["sectors", name, "recipients", at]),
              "letter-shape",
              `${id} is not in \`recipients\``,
            ),
          ],
    ),
  ]);
}

interface Line {
  readonly path: readonly PropertyKey[];
  readonly said: Localized;
}

function linesOf({ addressed, recipients, blocks, closing }: LetterTemplate): Line[] {
  return [
    { path: ["addressed"], said: addressed },
    ...recipients.map(({ to }, at) => ({ path: ["recipients", at, "to"], said: to })),
    ...blocks.flatMap((block, at) =>
      "lines" in block
        ? block.lines.map((said, line) => ({ path: ["blocks", at, "lines", line], said }))
        : [],
    ),
    ...closing.map((said, at) => ({ path: ["closing", at], said })),
  ];
}

/** Every placeholder is a slot or computed, and both languages have the same. */
function checkLines(yaml: YamlFile, template: LetterTemplate): Finding[] {
  const known = new Set<string>([...template.slots.map(({ slot }) => slot), ...COMPUTED]);
  return linesOf(template).flatMap(({ path, said }) =>
    LANGS.flatMap((lang): Finding[] => {
      const used = placeholdersOf(said[lang]);
      const left = placeholdersOf(said[otherThan(lang)]).filter((name) => !used.includes(name));
      return [
        ...used
          .filter((name) => !known.has(name))
          .map((name) =>
            error(
              yaml.at([...path, lang]),
              "unknown-placeholder",
              `{${name}} is no slot of the letter: it has ${[...known].map((slot) => `{${slot}}`).join(" ")}`,
            ),
          ),
        ...left.map((name) =>
          error(
            yaml.at([...path, lang]),
            "placeholder-mismatch",
            `the ${lang} text leaves {${name}} out: both languages say the same thing`,
          ),
        ),
      ];
    }),
  );
}

function otherThan(lang: Lang): Lang {
  return lang === "zh" ? "en" : "zh";
}

/** Nothing is asked twice, or for nothing. */
function checkSlots(yaml: YamlFile, template: LetterTemplate): Finding[] {
  const used = new Set(linesOf(template).flatMap(({ said }) => placeholdersOf(said.zh)));
  return template.slots.flatMap(({ slot }, at): Finding[] => {
    if (template.slots.findIndex((other) => other.slot === slot) !== at)
      return [error(yaml.at(["slots", at, "slot"]), "letter-shape", `${slot} is asked twice: keep one`)];
    if (used.has(slot)) return [];
    return [
      error(
        yaml.at(["slots", at, "slot"]),
        "letter-shape",
        `${slot} is asked for and stands in no line: use {${slot}}, or don't ask`,
      ),
    ];
  });
}
