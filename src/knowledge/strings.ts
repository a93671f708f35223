import { z } from "zod";
import type { ContentFiles } from "./content.ts";
import { error, type Finding, type Position, startOf } from "./findings.ts";
import { badBraces, placeholdersOf } from "./placeholders.ts";
import type { StringTable } from "./say.ts";
import { LANGS, type Saying, sayingAt } from "./sayings.ts";
import { checkShape, localized } from "./shape.ts";
import type { Lang, Localized } from "./types.ts";
import { readYaml, type YamlFile } from "./yaml.ts";

const FOLDER = "data/strings/";
const stringsShape = z.record(z.string(), localized);

export interface ParsedStrings {
  readonly strings: ReadonlyMap<string, Localized>;
  readonly sayings: readonly Saying[];
  readonly findings: readonly Finding[];
}

/**
 * Reads `data/strings/*.yaml` and holds it against what the code says.
 * @param table every key the code uses, with its parameters: none may be missing here, none left over
 * @param common placeholders that need no parameter, because the business facts fill them
 */
export function parseStrings(
  files: ContentFiles,
  table: StringTable,
  common: ReadonlySet<string>,
): ParsedStrings {
  const strings = new Map<string, Localized>();
  const keyAt = new Map<string, Position>();
  const sayings: Saying[] = [];
  const findings: Finding[] = [];

  for (const [file, content] of files) {
    if (!file.startsWith(FOLDER)) continue;
    if (!file.endsWith(".yaml")) {
      findings.push(error(startOf(file), "unknown-file", "strings are read from *.yaml only"));
      continue;
    }
    const { yaml, findings: syntax } = readYaml(file, content);
    findings.push(...syntax);
    if (yaml === undefined) continue;
    const shaped = checkShape(yaml, stringsShape, (issue) =>
      issue.path.length === 2 && issue.code === "invalid_type" ? "string-missing-language" : "strings-shape",
    );
    findings.push(...shaped.findings);
    for (const [key, said] of Object.entries(shaped.value ?? {})) {
      const at = yaml.keyAt([key]);
      const before = keyAt.get(key);
      if (before !== undefined) {
        const where = `${before.file}:${before.line}`;
        findings.push(error(at, "string-defined-twice", `${key} is defined in ${where} already: keep one`));
        continue;
      }
      keyAt.set(key, at);
      strings.set(key, said);
      // Any of them may be said to somebody who wants to go down.
      sayings.push(
        ...LANGS.map((lang) => sayingAt(yaml, [key, lang], { lang, text: said[lang], about: "downgrade" })),
      );
      findings.push(...checkKey(yaml, key, said, table, common));
    }
  }
  // A file that didn't parse has findings of its own; that its keys are missing says nothing more.
  const broken = findings.some((f) => f.rule !== "string-unused");
  if (!broken)
    for (const key of Object.keys(table))
      if (!strings.has(key))
        findings.push(
          error(startOf(FOLDER), "string-missing", `${key} is used by the code: write it in zh and en`),
        );
  return { strings, sayings, findings };
}

function checkKey(
  yaml: YamlFile,
  key: string,
  said: Localized,
  table: StringTable,
  common: ReadonlySet<string>,
): Finding[] {
  const params = Object.hasOwn(table, key) ? table[key] : undefined;
  if (params === undefined)
    return [
      error(
        yaml.keyAt([key]),
        "string-unused",
        `nothing in the code says ${key}: remove it, or correct its name`,
      ),
    ];
  return LANGS.flatMap((lang) => checkPlaceholders(yaml.at([key, lang]), lang, said[lang], params, common));
}

function checkPlaceholders(
  at: Position,
  lang: Lang,
  template: string,
  params: readonly string[],
  common: ReadonlySet<string>,
): Finding[] {
  if (badBraces(template).length > 0) return [];
  const used = placeholdersOf(template);
  const unknown = used.filter((name) => !params.includes(name) && !common.has(name));
  const unused = params.filter((name) => !used.includes(name));
  return [
    ...unknown.map((name) =>
      error(
        at,
        "unknown-placeholder",
        `{${name}} is never filled: this string gets ${listOf([...params, ...common])}`,
      ),
    ),
    ...unused.map((name) =>
      error(
        at,
        "placeholder-mismatch",
        `the ${lang} text leaves {${name}} out: both languages say the same thing`,
      ),
    ),
  ];
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? "no parameters" : names.map((name) => `{${name}}`).join(" ");
}
